"""The sample workspace as tests meet it: imported once for a whole run, copied to work in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from assistant.demonstration import set_up_sample
from assistant.desk import Desk
from assistant.settings import read_settings
from knowledge.records.importing.intake import Unwatched
from tests.assistant.slack.house import known


def imported(place: Path) -> Path:
    """The home of the sample in a folder that several processes may share; nobody works in it."""
    home, ready = place / "sample", place / "sample.ready"
    with FileLock(place / "sample.lock"):
        if not ready.exists():
            desk, _ = set_up_sample(home, Unwatched())
            desk.close()
            known(home)
            ready.touch()
    return home


def copied(home: Path, to: Path) -> Path:
    """A home of one's own, with what is in another."""
    shutil.copytree(home, to, dirs_exist_ok=True)
    return to


@contextmanager
def desk_over(home: Path) -> Iterator[Desk]:
    """A desk over a home folder."""
    desk = Desk.open(read_settings(home))
    yield desk
    desk.close()
