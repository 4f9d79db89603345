"""A model door over a scripted server, with a journal of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records import Database
from tests.databases import new_file
from tests.wire.laying import Laid


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[Laid]:
    database = Database.open(new_file(tmp_path))
    yield Laid(tmp_path, database)
    database.close()
