"""A model door over a scripted server, with a journal of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records import Database
from tests.wire.laying import Laid


@pytest.fixture(scope="session")
def empty_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy, which is faster than to migrate one for every test."""
    path = tmp_path_factory.mktemp("journal") / "liaison.db"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def wired(tmp_path: Path, empty_journal: Path) -> Iterator[Laid]:
    path = tmp_path / "liaison.db"
    shutil.copy(empty_journal, path)
    database = Database.open(f"sqlite:///{path}")
    yield Laid(tmp_path, database)
    database.close()
