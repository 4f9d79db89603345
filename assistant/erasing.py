"""Erasing a person from a whole workspace: records, indexes, durable jobs, and files.

Only an administrator may; to everybody else nobody of that address exists. No service may run on
an embedded home meanwhile: it would go on writing what it had read before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.desk import Desk
from assistant.work import LOCK, STORE, forget_jobs, hold
from knowledge.errors import NotFound, Unreadable
from knowledge.intake.erasing import Erased
from knowledge.passages import read
from knowledge.records import Viewer
from knowledge.records.erasing.redacting import Redactor
from knowledge.workspace import INDEX

_DATABASE = "liaison.db"
#: Files beside a SQLite database: its log, and the index of that.
_BESIDE = ("", "-wal", "-shm", "-journal")
_OWN = frozenset({LOCK, *(f"{name}{end}" for name in (_DATABASE, STORE) for end in _BESIDE)})


@dataclass(frozen=True)
class Farewell:
    """What an erasure did.

    Attributes:
        erased: what was taken out of the records and the journal.
        jobs: how many durable jobs lost their words.
        left: files of the home folder that people put there and that still name the person.
    """

    erased: Erased
    jobs: int
    left: tuple[Path, ...]

    def to_json(self) -> dict[str, Any]:
        """What was erased, by kind, as the command line prints it."""
        counts = Counter(self.erased.counts) + Counter({"jobs": self.jobs})
        return {
            "erased": dict(sorted(counts.items())),
            "before": self.erased.before,
            "left": [str(path) for path in self.left],
        }


def erase(desk: Desk, viewer: Viewer, address: str) -> Farewell:
    """Erase the person of an address; it cannot be undone, and can be repeated.

    Raises:
        NotFound: nothing here knows the address, or the viewer does not administer.
        WorkHeld: the service runs on this home.
        Unavailable: another process holds the index or the database.
    """
    admit(viewer, address)
    settings = desk.settings
    with _nobody_serving(desk):
        erased = desk.workspace.erase(viewer, address)
        redactor = desk.workspace.redactor()
        url = settings.database_url.get_secret_value()
        jobs = forget_jobs(settings.home, url, lambda given: _names_them(redactor, given))
        return Farewell(erased, jobs, tuple(_files_naming(redactor, settings.home)))


def admit(viewer: Viewer, address: str) -> None:
    """Raise `NotFound` unless the viewer administers."""
    if not viewer.sees_all:
        raise NotFound("person", address)


@contextmanager
def _nobody_serving(desk: Desk) -> Iterator[None]:
    if not desk.settings.embedded:
        yield
        return
    lock = hold(desk.settings.home)
    try:
        yield
    finally:
        lock.release()


def _names_them(redactor: Redactor, given: Any) -> bool:
    return bool(redactor.value(given) != given)


def _files_naming(redactor: Redactor, home: Path) -> Iterator[Path]:
    """Files that are not the product's own and name somebody who was erased."""
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if not path.is_file() or inside.parts[0] == INDEX or path.name in _OWN:
            continue
        if redactor.named(str(inside)) or redactor.named(_text_of(path, home)):
            yield path


def _text_of(path: Path, home: Path) -> str:
    try:
        return "\n".join(one.text for one in read(path, root=home))
    except Unreadable:
        return path.read_bytes().decode("utf-8", "replace")
