"""The sample workspace, imported once, and everything that is drafted from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk
from tests.assistant.written import Written, write_everything
from tests.sample import copied, desk_over


@pytest.fixture(scope="session")
def sample_desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample workspace; nobody may change what is in it."""
    with desk_over(copied(sample_home, tmp_path_factory.mktemp("desk"))) as desk:
        yield desk


@pytest.fixture(scope="session")
def written(sample_desk: Desk) -> list[Written]:
    """Every draft of every account of the sample, unchecked and checked."""
    return list(write_everything(sample_desk))
