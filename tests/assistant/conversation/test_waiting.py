"""Whose decision a request waits for: it is told to them, and to nobody who asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.insight.policy import policy
from assistant.steering.approvals import PATIENCE, Approvals
from tests.assistant.steering.workplaces import DAY, NORTH, small_company

QUESTION = "which approvals are waiting for me?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = small_company(tmp_path, None)
    yield made
    made.close()


def request(desk: Desk, asked_at: datetime) -> None:
    """Piet asks his manager, Mara, for a discount beyond the policy."""
    piet, approvals = desk.viewer("piet@varn.example"), Approvals(desk.office)
    file = desk.office.ledger.account_file(piet, NORTH, DAY)
    needed = approvals.needed(policy(file, desk.office.rules))
    allowed = next(one for one in needed if not one.forbidden)
    approvals.request(piet, allowed, why="Sander bids lower.", now=asked_at)


def told(desk: Desk, name: str) -> str:
    viewer = desk.viewer(f"{name}@varn.example")
    return desk.conversation.reply(viewer, QUESTION, day=DAY).text


def test_a_request_is_told_to_whom_it_waits_for(desk: Desk) -> None:
    request(desk, datetime.now(UTC))
    assert "Waits for you" in told(desk, "mara")
    assert "Piet" in told(desk, "mara")
    assert "Waits for you" not in told(desk, "piet")


def test_a_request_that_has_lapsed_waits_for_nobody(desk: Desk) -> None:
    request(desk, datetime.now(UTC) - PATIENCE - timedelta(days=1))
    assert "Waits for you" not in told(desk, "mara")
