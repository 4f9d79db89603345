"""What a question costs among 1,000 to 100,000 passages, in time and in memory, against the peer.

Each side answers in a process of its own that opens what another one has built, so that its
memory is its own. Both get the vector of a question for nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from tests.benchmarks.measuring import Line, memory, percentile, seconds
from tests.benchmarks.shelves import MINE, REP, shelve_ours, shelve_stock
from tests.benchmarks.texts import question

SIZES = (1_000, 10_000, 100_000)
WARM = 5
PATIENCE = 240  # seconds to open an index and answer all questions

Answers = dict[str, Any]
SCOPES = {"everything": "no filter", "20 accounts": "$in of 20 accounts"}


def measure(home: Path, *, quick: bool) -> list[Line]:
    """Both sides at every size; ratios are our time to the peer's with the like filter."""
    lines: list[Line] = []
    for passages in SIZES[: 2 if quick else 3]:
        here = home / str(passages)
        here.mkdir(parents=True)
        shelve_ours(here / "ours", passages)
        questions = 30 if quick or passages == SIZES[-1] else 100
        ours = _answered("ours", here / "ours", questions)
        shelve_stock(here / "stock", passages)
        stock = _answered("stock", here / "stock", questions)
        lines += _compared(passages, ours, stock)
    return lines


def _compared(passages: int, ours: Answers | None, stock: Answers | None) -> list[Line]:
    among = f"{passages:,} passages"
    if ours is None or stock is None:
        late = "Liaison" if ours is None else "the peer"
        return [Line(f"a question, {among}", None, "", f"{late}: not in {PATIENCE} s")]
    lines = []
    for scope, filtered in SCOPES.items():
        mine, theirs = ours["taken"][scope], stock["taken"][scope]
        about = f"p95 {_p95(mine)}; the peer, {filtered}: {_p50(theirs)}, p95 {_p95(theirs)}"
        ratio = percentile(mine, 50) / percentile(theirs, 50)
        lines.append(Line(f"a question, {among}, {scope}", ratio, "", f"{_p50(mine)}, {about}"))
    about = f"{ours['memory']:,.0f} MiB, the peer {stock['memory']:,.0f} MiB"
    return [*lines, Line(f"memory, {among}", ours["memory"] / stock["memory"], "", about)]


def _answered(side: str, folder: Path, questions: int) -> Answers | None:
    """What a process of its own says; None if it is not done in time."""
    command = [sys.executable, "-m", __name__, side, str(folder), str(questions)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    answer: Answers = json.loads(done.stdout.splitlines()[-1])
    return answer


def _p50(taken: list[float]) -> str:
    return seconds(percentile(taken, 50))


def _p95(taken: list[float]) -> str:
    return seconds(percentile(taken, 95))


def _asker(side: str, folder: Path) -> Callable[[str, str], int]:
    """A function that asks a question in a scope and says how many passages were found."""
    from tests.benchmarks.vectors import Precomputed

    if side == "stock":
        from tests.benchmarks.stock import Stock

        store = Stock(folder, Precomputed())
        return lambda scope, asked: store.ask(asked, MINE if scope == "20 accounts" else None)
    from knowledge.records import Viewer
    from knowledge.workspace import Place, Workspace

    workspace = Workspace(Place(folder, f"sqlite:///{folder / 'liaison.db'}", Precomputed))
    viewers = {"everything": Viewer.operator(), "20 accounts": REP}
    return lambda scope, asked: len(workspace.search(viewers[scope], asked).hits)


def _answer(side: str, folder: Path, count: int) -> Answers:
    ask = _asker(side, folder)
    for number in range(WARM):
        for scope in SCOPES:
            ask(scope, question(-number))
    taken: dict[str, list[float]] = {scope: [] for scope in SCOPES}
    for number in range(1, count + 1):
        for scope in SCOPES:
            begun = perf_counter()
            found = ask(scope, question(number))
            taken[scope].append(perf_counter() - begun)
            assert found, "every question has an answer"
    return {"taken": taken, "memory": memory()}


if __name__ == "__main__":
    click.echo(json.dumps(_answer(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
