"""Liaison as people meet it in Slack: the whole product over the sample, on the sample's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.demonstration import set_up_sample
from assistant.service import Service
from assistant.settings import read_settings
from assistant.work import Work
from knowledge.records.importing.intake import Unwatched
from tests.assistant.slack.house import House, copied, manifest
from tests.assistant.slack.teller import Teller
from tests.doubles.slack import SlackDouble

#: The sample ends on this day; so does Slack here.
MORNING = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of the sample, with a queue that is known already; nobody works in it."""
    home = tmp_path_factory.mktemp("sample")
    desk, _ = set_up_sample(home, Unwatched())
    desk.close()
    with Work(home, f"sqlite:///{home / 'liaison.db'}", poll=0.01) as work:
        work.start()
    return home


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A home folder of one's own."""
    return copied(sample_home, tmp_path / "home")


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    """Liaison serving a Slack of its own over Socket Mode, with its real conversation."""
    with SlackDouble(manifest(), starts_at=MORNING) as slack:
        told = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        service = Service.open(read_settings(home, told), poll=0.01)
        try:
            desk = service.desk
            slack.wait_connected()
            unheard = Teller(desk.workspace.ledger, service.reception.conversations)
            yield House(slack, service, unheard)
        finally:
            slack.faults.clear()
            service.close(0.0)
