"""Home folders to work in, with a cheap embedder and a database that is migrated already."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from knowledge.records.store import Database
from knowledge.workspace import Place, Workspace
from tests.properties.states import linguist


def place(home: Path, database_url: str | None = None) -> Place:
    """A home folder whose vectors cost nothing."""
    return Place(home, database_url or f"sqlite:///{home / 'liaison.db'}", linguist)


def opened(home: Path) -> Workspace:
    """A new workspace in a new folder."""
    furnish(home)
    return Workspace(place(home))


def furnish(home: Path) -> None:
    """An empty, migrated database, copied: migrating takes longer than most tests."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "liaison.db").exists():
        shutil.copyfile(_blank(), home / "liaison.db")


@cache
def _blank() -> Path:
    folder = tempfile.mkdtemp(prefix="blank-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "liaison.db"
    Database.open(f"sqlite:///{path}").close()
    return path
