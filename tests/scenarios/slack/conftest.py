"""Liaison as people meet it in Slack: the whole product over the sample, on the sample's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.demonstration import set_up_sample
from knowledge.records.importing.intake import Unwatched
from tests.assistant.slack.house import House, copied, known, serving

#: The sample ends on this day; so does Slack here.
MORNING = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of the sample, with a queue that is known already; nobody works in it."""
    home = tmp_path_factory.mktemp("sample")
    desk, _ = set_up_sample(home, Unwatched())
    desk.close()
    return known(home)


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A home folder of one's own."""
    return copied(sample_home, tmp_path / "home")


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    """Liaison serving a Slack of its own over Socket Mode, with its real conversation."""
    with serving(home, starts_at=MORNING) as opened:
        opened.slack.wait_connected()
        yield opened
