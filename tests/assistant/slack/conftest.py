"""A house for each test, over a copy of the sample workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk
from tests.assistant.slack.house import House, copied, known
from tests.assistant.slack.house import house as built


@pytest.fixture(scope="session")
def sample_home(sample_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of the sample, with a queue that is known already."""
    return known(copied(sample_desk.settings.home, tmp_path_factory.mktemp("slack") / "sample"))


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A home folder of one's own."""
    return copied(sample_home, tmp_path / "home")


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    """Liaison serving a Slack of its own over Socket Mode: `house.ask(PRIYA, "…")`."""
    with built(home) as opened:
        opened.slack.wait_connected()
        yield opened
