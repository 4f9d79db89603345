"""Both databases, new for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records.store import Database
from tests.databases import new_file
from tests.knowledge.index.library import BagOfWords, Library


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(new_file(tmp_path / "records"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same test on both databases."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    opened = Database.open(request.getfixturevalue("postgres_url"))
    yield opened
    opened.close()


@pytest.fixture
def library(database: Database) -> Library:
    return Library(database)


@pytest.fixture
def embedder() -> BagOfWords:
    return BagOfWords()
