"""Home folders to work in, with a cheap embedder."""

from __future__ import annotations

from pathlib import Path

from knowledge.workspace import Place, Workspace
from tests.databases import new_file
from tests.properties.states import linguist


def place(home: Path, database_url: str | None = None) -> Place:
    """A home folder whose vectors cost nothing."""
    return Place(home, database_url or f"sqlite:///{home / 'liaison.db'}", linguist)


def opened(home: Path) -> Workspace:
    """A new workspace in a new folder."""
    new_file(home)
    return Workspace(place(home))
