"""Whose an e-mail address is: asked of Slack seldom, and never believed longer than it is true."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.slack.canvas.readers import readers_of
from knowledge.records import Viewer
from tests.assistant.slack.house import CLAIRE, PRIYA, House

INGRID = "Ingrid Solheim"
HOUR = 3_600.0


@dataclass
class Hours:
    """A clock that a test moves on."""

    seconds: float = 1_000_000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Hours:
    hours = Hours()
    monkeypatch.setattr("assistant.slack.people.time", hours)
    return hours


def readers(house: House) -> set[str]:
    """Who may read the canvases of Meridian, as it is worked out for each canvas every hour."""
    ledger = house.service.desk.workspace.ledger
    account = ledger.find_account(Viewer.operator(), "Meridian").id
    return {one.id for one in readers_of(house.reception, account)}


def looked_up(house: House, name: str) -> int:
    """How often Slack was asked who has somebody's address."""
    calls = house.slack.calls_of("users.lookupByEmail")
    return sum(call.arguments["email"] == house.person(name).email for call in calls)


def test_a_whole_working_day_of_canvases_asks_for_an_address_once(
    house: House, clock: Hours
) -> None:
    known = {house.person(one).id for one in (PRIYA, CLAIRE, INGRID)}
    for _ in range(8):
        assert readers(house) == known
        assert readers(house) == known
        clock.seconds += HOUR
    assert [looked_up(house, one) for one in (PRIYA, CLAIRE, INGRID)] == [1, 1, 1]


def test_the_next_day_it_is_asked_for_again(house: House, clock: Hours) -> None:
    house.person(INGRID)
    readers(house)
    clock.seconds += 24 * HOUR + 1
    readers(house)
    assert looked_up(house, INGRID) == 2


def test_who_leaves_reads_no_canvas_an_hour_later(house: House, clock: Hours) -> None:
    ingrid = house.person(INGRID)
    assert ingrid.id in readers(house)
    ingrid.deleted = True
    clock.seconds += HOUR
    assert ingrid.id not in readers(house)


def test_an_address_that_somebody_else_has_now_lets_them_in_and_the_other_out(
    house: House, clock: Hours
) -> None:
    before = house.person(INGRID)
    address = before.email
    assert before.id in readers(house)
    before.email = "ingrid.elsewhere@varnholt.example"
    after = house.slack.workspace.person("Ingrid S. Solheim", address)
    clock.seconds += HOUR
    assert before.id not in readers(house)
    assert after.id in readers(house)


def test_who_comes_back_under_a_new_account_is_found_again(house: House, clock: Hours) -> None:
    before = house.person(INGRID)
    readers(house)
    before.deleted = True
    after = house.slack.workspace.person(INGRID, before.email)
    clock.seconds += HOUR
    assert after.id in readers(house)


def test_who_joins_is_let_in_with_the_next_hour(house: House, clock: Hours) -> None:
    readers(house)
    ingrid = house.person(INGRID)
    clock.seconds += HOUR + 1
    assert ingrid.id in readers(house)
