"""The sample workspace, imported once, and everything that is drafted from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.demonstration import set_up_sample
from assistant.desk import Desk
from knowledge.records.importing.intake import Unwatched
from tests.assistant.written import Written, write_everything


@pytest.fixture(scope="session")
def sample_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample workspace; nobody may change what is in it."""
    desk, _ = set_up_sample(tmp_path_factory.mktemp("sample"), Unwatched())
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def written(sample_desk: Desk) -> list[Written]:
    """Every draft of every account of the sample, unchecked and checked."""
    return list(write_everything(sample_desk))
