"""A house for each test, over a copy of the sample workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.slack.house import House
from tests.assistant.slack.house import house as built
from tests.sample import copied


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
