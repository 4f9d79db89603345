"""A process that imports and indexes, and is killed: `python -m tests.properties.doomed FOLDER`.

Everything heavy is loaded once; then every life is a fork, so that a hundred deaths are affordable.
A life ends by SIGKILL at its n-th *moment*: before or after a statement, at a commit, or whenever
a file of its home is opened, renamed or removed. Where no moment can be seen from Python (inside
Chroma), it is killed from outside after a part of the time that an undisturbed life takes.

Each home is killed several times in a row, each life going on from what the last one left, and
then lives undisturbed once. Its state is written beside it for the test to compare.
"""

from __future__ import annotations

import gc
import os
import pickle
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401 - loaded before the forks
from sqlalchemy import Engine, event

from knowledge.index import vectors
from knowledge.workspace import Workspace
from tests.databases import new_file
from tests.properties.homes import place
from tests.properties.states import (
    check_findable,
    check_whole,
    linguist,
    state_of,
    vectors_of,
)

KILLS = 100
WORKERS = 2
MOST_LIVES = 8
_FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}


@dataclass
class Moments:
    """Counts the moments of a life, and ends it at one of them."""

    home: str
    fatal: int | None
    passed: int = 0

    def watch(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._tick)
        event.listen(Engine, "after_cursor_execute", self._tick)
        event.listen(Engine, "commit", self._tick)
        sys.addaudithook(self._audit)

    def _audit(self, name: str, given: tuple[Any, ...]) -> None:
        if name in _FILE_EVENTS and given and str(given[0]).startswith(self.home):
            self._tick()

    def _tick(self, *_: Any) -> None:
        self.passed += 1
        if self.passed == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def life(home: Path, export: Path) -> Workspace:
    """What a company does on a day: papers, then tables with the same papers, then the index."""
    workspace = imported(home, export)
    workspace.reindex()
    return workspace


def imported(home: Path, export: Path) -> Workspace:
    workspace = Workspace(place(home))
    workspace.take_in([export / "papers"])
    workspace.take_in([export / "papers", export / "tables"])
    workspace.embed()
    return workspace


def forked(work: Callable[[], None], seconds: float | None = None) -> int:
    """Run some work in a fork, killed after some seconds; its wait status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - a fork must not return into its parent's frames
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if seconds is not None and signal.sigtimedwait({signal.SIGCHLD}, seconds) is None:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    signal.sigtimedwait({signal.SIGCHLD}, 0)  # leave no old news for the next wait
    return status


def probed(folder: Path) -> bool:
    """The probe in a fork instead of a new interpreter: the same work, at once."""
    return forked(lambda: os._exit(vectors.probe(str(folder)))) == 0


def doomed(home: Path, export: Path, fatal: int | None) -> Callable[[], None]:
    def work() -> None:
        Moments(str(home), fatal).watch()
        life(home, export)

    return work


def undisturbed(home: Path, export: Path) -> Callable[[], None]:
    """The last life: it must end, and everything must be there and findable."""

    def work() -> None:
        moments, began = Moments(str(home), None), time.monotonic()
        moments.watch()
        workspace = life(home, export)
        lasted, passed = time.monotonic() - began, moments.passed
        check_whole(workspace.database)
        assert workspace._vectors is not None
        found = check_findable(workspace.database, workspace._vectors, linguist())
        outcome = {
            "state": state_of(workspace.database),
            "vectors": vectors_of(workspace.database),
            "folders": sum(path.is_dir() for path in (home / "index").iterdir()),
            "found": found,
            "moments": passed,
            "seconds": lasted,
        }
        home.with_suffix(".outcome").write_bytes(pickle.dumps(outcome))
        workspace.close()

    return work


def outcome_of(home: Path) -> dict[str, Any]:
    outcome: dict[str, Any] = pickle.loads(home.with_suffix(".outcome").read_bytes())
    return outcome


def lives(home: Path, export: Path, luck: random.Random, at: float, usual: dict[str, Any]) -> int:
    """Kill a home's process again and again; how many died of it before one survived."""
    for died in range(MOST_LIVES):
        if died == 0 or luck.random() < 0.5:
            # Later lives have less to do, so their moments come from the beginning of the range.
            part = at if died == 0 else luck.random() ** 2
            status = forked(doomed(home, export, 1 + int(part * usual["moments"])))
        else:
            status = forked(doomed(home, export, None), luck.random() * usual["seconds"])
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0, f"{home.name} ended with an error"
            return died
    return MOST_LIVES


def share(folder: Path, worker: int, usual: dict[str, Any]) -> None:
    """One worker's share of the kills, on homes of its own."""
    luck, kills, home_number = random.Random(worker), 0, worker
    while kills < KILLS // WORKERS:
        home, export = folder / f"home-{home_number}", folder / "export"
        if home_number % 8:  # every eighth is killed while its tables are made, too
            new_file(home)
        # The golden ratio spreads the first deaths evenly over the whole of a life.
        kills += lives(home, export, luck, home_number * 0.618034 % 1, usual)
        assert forked(undisturbed(home, export)) == 0, f"{home.name} did not recover"
        home_number += WORKERS
    (folder / f"kills-{worker}").write_text(str(kills))


def main(folder: Path) -> None:
    """Kill at least `KILLS` times; FOLDER holds the export and gets the homes."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    vectors._lives = probed
    export = folder / "export"
    imported(folder / "warm", export).close()  # loads what is loaded late: no fork need do it
    new_file(folder / "warm")
    reference = folder / "home-reference"
    assert forked(undisturbed(reference, export)) == 0, "an undisturbed life failed"
    usual = outcome_of(reference)
    gc.freeze()  # so that forks share what is loaded instead of copying it
    workers = []
    for number in range(WORKERS):
        worker = os.fork()
        if worker == 0:
            try:
                share(folder, number, usual)
            except BaseException:  # noqa: BLE001 - as in `forked`
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        workers.append(worker)
    failed = [os.waitpid(worker, 0)[1] for worker in workers]
    sys.exit(1 if any(failed) else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
