"""Liaison as people meet it in Slack: the whole product over the sample, on the sample's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.assistant.slack.house import House, serving
from tests.sample import copied

#: The sample ends on this day; so does Slack here.
MORNING = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)


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
