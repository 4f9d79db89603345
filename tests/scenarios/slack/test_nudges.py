"""The digest: once, at the right hour, new things only, and never against somebody's will."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.settings import NudgeSettings
from assistant.slack.views import ids
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.doubles.slack import Message
from tests.scenarios.slack.telling import at_home, promised

BERLIN = ZoneInfo("Europe/Berlin")
MERIDIAN = "0015g0000000004AAA"


def monday(hour: int, minute: int = 0, *, weeks: int = 0) -> datetime:
    """A coming Monday on the clock that everybody in this Slack has."""
    here = datetime.now(BERLIN).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return here + timedelta(days=7 - here.weekday(), weeks=weeks)


def round_at(house: House, moment: datetime, again: str = "") -> None:
    """The clock strikes a quarter of an hour."""
    due = moment.astimezone(UTC).isoformat()
    house.service.work.enqueue(f"digest_round:{due}{again}", "digest_round", {"due": due})
    house.settled()


def received(house: House, name: str) -> list[Message]:
    """What the app has said to somebody of its own accord."""
    return house.slack.messages(house.dm(name))


@pytest.fixture
def arrived(house: House) -> House:
    """Priya and Claire have come to Slack; others of the records have not yet."""
    house.person(PRIYA)
    house.person(CLAIRE)
    return house


def test_a_digest_comes_on_monday_at_eight_and_only_once(arrived: House) -> None:
    house = arrived
    round_at(house, monday(7, 45))
    assert received(house, PRIYA) == []
    round_at(house, monday(8))
    round_at(house, monday(8))
    round_at(house, monday(8), again="/twice")
    round_at(house, monday(8, 15))
    (digest,) = received(house, PRIYA)
    assert "Meridian Breweries" in digest.words
    assert "We promised" in digest.words
    assert "Your first digest" in digest.words
    assert "No more digests" in digest.words


def test_the_same_thing_is_not_told_twice_but_a_new_promise_is(arrived: House) -> None:
    house = arrived
    round_at(house, monday(8))
    round_at(house, monday(8, weeks=1))
    assert len(received(house, PRIYA)) == 1, "nothing is new, so nothing is sent"

    promised(house, "Send the spare parts list")
    round_at(house, monday(8, weeks=2))
    _, second = received(house, PRIYA)
    assert "Send the spare parts list" in second.words
    assert "energy" not in second.words.casefold(), "what was told stays told"
    assert "Your first digest" not in second.words


def test_who_leads_accounts_of_others_hears_only_what_is_their_own(arrived: House) -> None:
    house = arrived
    round_at(house, monday(8))
    said = " ".join(one.words for one in received(house, CLAIRE))
    assert "Meridian Breweries" not in said, "it is Priya's to do"


def test_somebody_the_records_do_not_know_is_left_alone(house: House) -> None:
    house.person("Ivo Fremd")
    round_at(house, monday(8))
    assert received(house, "Ivo Fremd") == []


def test_quiet_hours_are_kept_and_what_fell_into_them_comes_after(arrived: House) -> None:
    house = arrived
    rep = house.person(PRIYA)
    home = at_home(house, PRIYA)
    house.slack.click(rep, home, ids.DIGEST_SETTINGS)
    (form,) = house.slack.wait_for(lambda: house.slack.open_views(rep))
    house.slack.submit(
        rep,
        form,
        {ids.FREQUENCY: "daily", ids.QUIET_FROM: "17:00", ids.QUIET_TO: "10:30"},
    )
    house.settled()
    (confirmed,) = received(house, PRIYA)
    assert "every working day from 11:00" in confirmed.words
    round_at(house, monday(8))
    round_at(house, monday(10, 45))
    assert len(received(house, PRIYA)) == 1
    round_at(house, monday(11))
    assert len(received(house, PRIYA)) == 2
    round_at(house, monday(11) - timedelta(days=1))
    assert len(received(house, PRIYA)) == 2, "not on a Sunday"


def test_one_click_stops_it(arrived: House) -> None:
    house = arrived
    round_at(house, monday(8))
    (digest,) = received(house, PRIYA)
    house.slack.click(house.person(PRIYA), digest, ids.STOP_DIGEST)
    house.settled()
    assert "No more digests" in received(house, PRIYA)[-1].words
    promised(house, "Send the drawings")
    round_at(house, monday(8, weeks=1))
    assert len(received(house, PRIYA)) == 2


def test_a_snoozed_account_is_silent_until_its_day(arrived: House) -> None:
    house = arrived
    rep = house.person(PRIYA)
    home = at_home(house, PRIYA)
    house.slack.click(rep, home, ids.SECTION_MENU, ids.pack("snooze", MERIDIAN))
    (form,) = house.slack.wait_for(lambda: house.slack.open_views(rep))
    house.slack.submit(rep, form, {ids.SNOOZE_DAYS: "14"})
    house.settled()
    round_at(house, monday(8))
    _, digest = received(house, PRIYA)
    assert "Meridian Breweries" not in digest.words
    round_at(house, monday(8, weeks=2))
    *_, later = received(house, PRIYA)
    assert "Meridian Breweries" in later.words


def test_a_digest_that_slack_refused_comes_with_the_next_round(arrived: House) -> None:
    house = arrived
    house.slack.faults.fail("chat.postMessage", 2, status=200, body='{"ok": false, "error": "x"}')
    round_at(house, monday(8))
    assert received(house, PRIYA) == []
    round_at(house, monday(8, 15))
    (digest,) = received(house, PRIYA)
    assert "Your first digest" in digest.words


def test_a_company_that_wants_no_digests_sends_none(
    arrived: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = arrived
    slack = house.service.desk.settings.company.slack
    monkeypatch.setitem(slack.__dict__, "digest", NudgeSettings(often="off"))
    round_at(house, monday(8))
    assert received(house, PRIYA) == []


def test_nothing_is_studied_again_once_everybody_has_had_theirs(arrived: House) -> None:
    house = arrived
    round_at(house, monday(8))
    before = len(house.slack.calls_of("users.lookupByEmail"))
    round_at(house, monday(8, 15))
    assert len(house.slack.calls_of("users.lookupByEmail")) == before
    assert received(house, JONAS) == [], "nobody who is not in Slack is written to"
