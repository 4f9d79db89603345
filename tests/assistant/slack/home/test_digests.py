"""A digest that is cut short: neither lost nor told twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.slack.nudging import Recipient, due, news, recipient
from tests.assistant.slack.house import PRIYA, House

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
OF = date(2026, 11, 23)


@pytest.fixture
def priya(house: House) -> Recipient:
    found = recipient(house.reception, house.reception.people.person(house.person(PRIYA).id))
    assert found is not None
    return found


def send(house: House, priya: Recipient) -> None:
    payload = {"user": priya.person.id, "due": MONDAY.isoformat(), "of": OF.isoformat()}
    house.service.work.enqueue("round/priya", "digest", payload)
    house.settled()


def test_a_digest_cut_short_after_its_claim_is_sent_when_its_job_begins_again(
    house: House, priya: Recipient
) -> None:
    claimed = news(house.reception, priya, OF, MONDAY)
    assert claimed is not None
    assert claimed.first
    assert due(house.reception, priya, MONDAY) is None, "another round leaves it alone"
    send(house, priya)
    (digest,) = house.slack.messages(house.dm(PRIYA))
    names = [one.account.replace("&", "&amp;") for one in claimed.accounts]
    assert [name for name in names if name not in digest.words] == []
    assert "Your first digest" in digest.words


@pytest.mark.parametrize("fault", ["lose_reply", "drop"])
def test_a_reply_or_a_message_that_is_lost_on_the_way_changes_nothing(
    house: House, priya: Recipient, fault: str
) -> None:
    getattr(house.slack.faults, fault)("chat.postMessage", 1)
    send(house, priya)
    (digest,) = house.slack.messages(house.dm(PRIYA))
    assert "Meridian Breweries" in digest.words


def test_somebody_who_stopped_it_meanwhile_gets_nothing(house: House, priya: Recipient) -> None:
    house.service.work.enqueue(
        "stop", "digest_stop", {"user": priya.person.id, "team": house.slack.team_id}
    )
    house.settled()
    send(house, priya)
    (only,) = house.slack.messages(house.dm(PRIYA))
    assert "No more digests" in only.words
