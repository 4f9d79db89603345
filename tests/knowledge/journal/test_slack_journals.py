"""What is remembered for Slack: canvases, nudges, preferences, deliveries."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import BadInput
from knowledge.journal import canvases, deliveries, nudges, preferences
from knowledge.journal.canvases import Canvas, CanvasSection
from knowledge.journal.preferences import Preference
from knowledge.records import Database
from tests.databases import new_file

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)  # a Wednesday


def test_a_canvas_knows_what_we_wrote_where_and_from_what(database: Database) -> None:
    with database.writing() as session:
        for canvas_id, channel, days in (("F1", "C1", 2), ("F2", "C2", 1), ("F3", "C1", 0)):
            session.add(
                Canvas(
                    canvas_id=canvas_id,
                    account_id="a1",
                    channel=channel,
                    language="en",
                    created_by="U1",
                    created_at=NOW - timedelta(days=days),
                    status="gone" if canvas_id == "F3" else "live",
                )
            )
            session.flush()
            canvases.keep_section(
                session,
                CanvasSection(
                    canvas_id=canvas_id,
                    section="risks",
                    heading="Risks",
                    digest="abc",
                    refs=["case:7@1#subject", "contract:2@3"],
                    written_at=NOW,
                    status="current",
                ),
            )
    with database.writing() as session:
        newest = canvases.canvas_of(session, "a1")
        there = canvases.canvas_of(session, "a1", "C1")
        assert newest is not None
        assert there is not None
        assert (newest.canvas_id, there.canvas_id) == ("F2", "F1")
        assert canvases.canvas_of(session, "a2") is None
        citing = canvases.sections_citing(session, ["contract:2"])
        assert [one.canvas_id for one in citing] == ["F1", "F2"]
        assert canvases.sections_citing(session, ["contract:20"]) == []
        canvases.forget_section(session, "F1", "risks")
        assert canvases.sections_of(session, "F1") == {}
        assert canvases.sections_of(session, "F2")["risks"].refs[1] == "contract:2@3"


def test_of_many_who_send_the_same_nudge_one_does(database: Database) -> None:
    claimed: list[bool] = []
    start = threading.Barrier(4)

    def send() -> None:
        start.wait(timeout=30)
        with database.writing() as session:
            claimed.append(nudges.claim(session, "U1", "overdue:commitment:12", NOW))

    senders = [threading.Thread(target=send) for _ in range(4)]
    for one in senders:
        one.start()
    for one in senders:
        one.join(timeout=60)
    assert sorted(claimed) == [False, False, False, True]
    with database.writing() as session:
        assert nudges.claim(session, "U2", "overdue:commitment:12", NOW)
        nudges.give_back(session, "U1", "overdue:commitment:12")
        assert nudges.claim(session, "U1", "overdue:commitment:12", NOW)


def test_a_posted_message_is_found_again(database: Database) -> None:
    with database.writing() as session:
        assert deliveries.delivered(session, "Ev1") is None
        deliveries.keep_delivery(session, "Ev1", channel="C1", ts="1.2", posted_at=NOW)
    with database.reading() as session:
        found = deliveries.delivered(session, "Ev1")
        assert found is not None
        assert (found.channel, found.ts, found.posted_at) == ("C1", "1.2", NOW)


def test_what_a_message_was_posted_for_is_found_by_where_it_stands(database: Database) -> None:
    with database.writing() as session:
        for job, channel, ts in (
            ("scene/1", "C1", "1.2"),
            ("Ev2", "C1", "1.2"),
            ("Ev3", "C2", "1.2"),
        ):
            deliveries.keep_delivery(session, job, channel=channel, ts=ts, posted_at=NOW)
    with database.reading() as session:
        assert deliveries.delivered_at(session, "C1", "1.2", "scene/") == "scene/1"
        assert deliveries.delivered_at(session, "C2", "1.2", "scene/") is None


def chosen(**given: object) -> Preference:
    usual = {
        "user": "U1",
        "digest": "daily",
        "hour": 8,
        "time_zone": "Europe/Berlin",
        "quiet_from": 18,
        "quiet_until": 8,
        "snoozed_until": None,
    }
    return Preference(**(usual | given))


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("kept")
    database = Database.open(new_file(folder))
    yield database
    database.close()
    shutil.rmtree(folder)


def test_somebody_chooses_once_and_is_left_alone_when_they_say_so(kept: Database) -> None:
    with kept.writing() as session:
        assert preferences.preference(session, "U1").digest == "weekly"
        preferences.choose(session, chosen(digest="daily"))
        preferences.snooze(session, "U1", NOW + timedelta(days=2))
    with kept.reading() as session:
        mine = preferences.preference(session, "U1")
    assert mine.digest == "daily"
    assert preferences.is_quiet(mine, NOW)
    assert not preferences.is_quiet(mine, NOW + timedelta(days=2))


@pytest.mark.parametrize(
    "wrong", [{"digest": "hourly"}, {"hour": 24}, {"time_zone": "Mars/Olympus"}, {"quiet_from": -1}]
)
def test_a_choice_that_means_nothing_is_refused(kept: Database, wrong: dict[str, object]) -> None:
    with kept.writing() as session, pytest.raises(BadInput):
        preferences.choose(session, chosen(**wrong))


@pytest.mark.parametrize(
    ("hour", "quiet"),  # UTC; Berlin is two hours ahead in September
    [(5, True), (6, False), (15, False), (16, True), (23, True)],
)
def test_quiet_hours_pass_midnight_on_ones_own_clock(hour: int, quiet: bool) -> None:  # noqa: FBT001
    assert preferences.is_quiet(chosen(), NOW.replace(hour=hour)) is quiet
    assert preferences.is_quiet(chosen(digest="off"), NOW.replace(hour=hour))


def test_a_digest_comes_once_a_day_or_once_a_week() -> None:
    morning = NOW.replace(hour=6, minute=30)
    assert preferences.digest_due(chosen(), None, morning)
    assert not preferences.digest_due(chosen(), morning, NOW)
    assert preferences.digest_due(chosen(), morning - timedelta(days=1), NOW)
    weekly, monday = chosen(digest="weekly"), morning - timedelta(days=2)
    assert preferences.digest_due(weekly, monday - timedelta(days=7), monday)
    assert not preferences.digest_due(weekly, monday, NOW)
    assert preferences.digest_due(weekly, monday - timedelta(days=7), NOW)


@given(
    hours=st.lists(st.integers(0, 24 * 60), min_size=1, max_size=40),
    digest=st.sampled_from(["daily", "weekly"]),
    hour=st.integers(8, 17),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Almaty", "America/New_York"]),
)
def test_whenever_the_clock_ticks_nobody_gets_two_digests_of_one_day(
    hours: list[int], digest: str, hour: int, zone: str
) -> None:
    mine = chosen(digest=digest, hour=hour, time_zone=zone)
    sent: list[datetime] = []
    for one in sorted(hours):
        now = NOW + timedelta(hours=one)
        if preferences.digest_due(mine, sent[-1] if sent else None, now):
            sent.append(now)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in sent]
    keys = [day.isocalendar()[:2] if digest == "weekly" else day for day in days]
    assert len(keys) == len(set(keys))
    assert not any(preferences.is_quiet(mine, moment) for moment in sent)


def test_a_round_that_begins_again_finds_what_it_claimed_and_no_other_round_does(
    database: Database,
) -> None:
    later = NOW + timedelta(minutes=15)
    with database.writing() as session:
        assert nudges.hold(session, "u", ["a", "b"], NOW) == {"a", "b"}
    with database.writing() as session:
        assert nudges.hold(session, "u", ["a", "b"], NOW) == {"a", "b"}
        assert nudges.hold(session, "u", ["a", "b", "c"], later) == {"c"}
        assert nudges.unsent(session, "u", ["a", "b", "c", "d"], NOW) == {"a", "b", "d"}
        assert nudges.sent(session, "u", "a")
        assert not nudges.sent(session, "v", "a")
    with database.writing() as session:
        nudges.release(session, "u", NOW)
        assert nudges.hold(session, "u", ["a", "b", "c"], later) == {"a", "b", "c"}


def test_an_account_is_snoozed_for_one_person_until_a_day(database: Database) -> None:
    with database.writing() as session:
        preferences.snooze_account(session, "u", "a1", NOW + timedelta(days=3))
        preferences.snooze_account(session, "u", "a1", NOW + timedelta(days=7))
    with database.reading() as session:
        assert preferences.snoozed_accounts(session, "u", NOW + timedelta(days=6)) == {"a1"}
        assert preferences.snoozed_accounts(session, "u", NOW + timedelta(days=7)) == set()
        assert preferences.snoozed_accounts(session, "v", NOW) == set()


@pytest.mark.parametrize(
    ("digest", "weekday", "days", "day"),
    [
        ("daily", 0, 0, "2026-09-30"),
        ("daily", 0, 3, None),  # a Saturday
        ("weekly", 0, 0, "2026-09-28"),
        ("weekly", 2, 0, "2026-09-30"),
        ("weekly", 3, 0, "2026-09-24"),
        ("off", 0, 0, None),
    ],
)
def test_a_digest_belongs_to_a_day_of_ones_own_calendar(
    digest: str, weekday: int, days: int, day: str | None
) -> None:
    mine = chosen(digest=digest, weekday=weekday)
    found = preferences.occasion(mine, NOW + timedelta(days=days))
    assert (found.isoformat() if found else None) == day


def test_what_the_company_chose_holds_for_whoever_chose_nothing(database: Database) -> None:
    with database.writing() as session:
        assert preferences.preference(session, "u", {"digest": "daily", "hour": 7}).hour == 7
        preferences.choose(session, chosen(user="u", digest="off"))
    with database.reading() as session:
        assert preferences.preference(session, "u", {"digest": "daily"}).digest == "off"
