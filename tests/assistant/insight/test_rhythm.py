"""Constant communication: silence, calls only when selling, and overdue requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.rhythm import rhythm, tier_days
from assistant.thresholds import Thresholds
from knowledge.records.tables import Activity
from tests.assistant.insight.builders import (
    TODAY,
    account,
    commitment,
    contact,
    deal,
    file,
    touch,
)
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()


def every(days: int, count: int, *, until: date = TODAY) -> list[Activity]:
    return [touch(f"t{i}", until - timedelta(days=days * i)) for i in range(count)]


def test_a_mine_we_speak_to_weekly_is_quiet_long_before_a_yard() -> None:
    mine = [touch(f"t{i}", TODAY - timedelta(days=40 + 7 * i)) for i in range(9)]
    yard = [touch(f"t{i}", TODAY - timedelta(days=40 + 60 * i)) for i in range(9)]
    strategic = account(tier="Strategic")
    found = rhythm(file(strategic, *mine), RULES)
    assert found.outcome == "stale"
    assert (found.values["days"], found.values["limit"]) == (40, 14)
    calm = rhythm(file(strategic, *yard), RULES)
    assert calm.outcome == "steady"
    assert (calm.values["median_gap"], calm.values["limit"]) == (60, 90)
    assert_sound(found)
    assert_sound(calm)


def test_a_tier_is_found_whatever_its_case_and_an_unknown_one_has_the_default() -> None:
    assert tier_days(file(account(tier="Strategic")), RULES) == 14
    assert tier_days(file(account(tier="b")), RULES) == 30
    assert tier_days(file(account(tier="Platinum")), RULES) == 45


def test_touches_only_inside_deals_are_calls_only_when_selling() -> None:
    won = deal("leeds", "won", created_on=date(2025, 1, 20), closes_on=date(2025, 4, 11))
    lost = deal("sheffield", "lost", created_on=date(2025, 8, 25), closes_on=date(2025, 10, 17))
    still = deal("norwich", created_on=date(2026, 8, 31), closes_on=date(2026, 11, 30))
    days = [
        date(2025, 2, 3),
        date(2025, 3, 3),
        date(2025, 9, 1),
        date(2026, 9, 8),
        date(2026, 9, 15),
    ]
    talks = [touch(f"t{i}", day) for i, day in enumerate(days)]
    found = rhythm(file(won, lost, still, *talks), RULES)
    assert found.outcome == "only_when_selling"
    assert found.values["selling_share"] == 100
    assert found.values["days_share"] < 30
    assert_sound(found)


def test_where_a_deal_was_always_open_the_share_proves_nothing() -> None:
    always = deal("frame", created_on=date(2023, 1, 1))
    found = rhythm(file(always, *every(20, 12)), RULES)
    assert found.values["selling_share"] == 100
    assert found.values["only_when_selling"] is False
    assert found.outcome == "steady"


def test_one_overdue_request_is_red_and_fast_answers_do_not_help() -> None:
    late = commitment("r1", "request", made_on=date(2026, 8, 25), due_on=date(2026, 9, 11))
    fast = [
        commitment(
            f"f{i}", "request", made_on=date(2026, 9, 1), due_on=TODAY, done_on=date(2026, 9, 1)
        )
        for i in range(5)
    ]
    found = rhythm(file(late, *fast, *every(5, 12)), RULES)
    assert found.outcome == "red"
    assert [request.days for request in found.values["overdue_requests"]] == [19]
    assert found.values["response_days"] == 0
    assert_sound(found)


def test_what_they_owe_us_is_no_overdue_request_of_theirs() -> None:
    theirs = commitment("r1", "request", "theirs", due_on=date(2026, 9, 11))
    assert rhythm(file(theirs, *every(5, 12)), RULES).outcome == "steady"


def test_no_touch_is_unknown_and_two_have_no_rhythm() -> None:
    silent = rhythm(file(contact("eva")), RULES)
    assert silent.outcome == "unknown"
    assert_sound(silent)
    twice = rhythm(file(*every(10, 2)), RULES)
    assert twice.values["median_gap"] is None
    assert twice.values["selling_share"] is None
    assert twice.confidence < 0.5


def test_notes_and_open_tasks_are_no_touches() -> None:
    note = touch("n", TODAY, type="note")
    assert rhythm(file(note, touch("t", TODAY - timedelta(days=99))), RULES).values["days"] == 99


@given(st.lists(st.integers(0, 900), min_size=1, max_size=12), st.randoms())
def test_the_order_of_rows_does_not_matter(ages: list[int], random: Random) -> None:
    talks = [touch(f"t{i}", TODAY - timedelta(days=age)) for i, age in enumerate(ages)]
    deals = [deal("d", created_on=date(2026, 1, 1)), deal("e", "won", created_on=date(2025, 1, 1))]
    some = file(*talks, *deals)
    random.shuffle(talks)
    random.shuffle(deals)
    mixed = replace(some, activities=tuple(talks), opportunities=tuple(deals))
    assert rhythm(mixed, RULES) == rhythm(some, RULES)
    assert_sound(rhythm(some, RULES))


@given(st.lists(st.integers(0, 700), min_size=3, max_size=12))
def test_the_limit_is_never_under_the_days_of_the_tier(ages: list[int]) -> None:
    talks = [touch(f"t{i}", TODAY - timedelta(days=age)) for i, age in enumerate(ages)]
    assert rhythm(file(*talks), RULES).values["limit"] >= Decimal(45)
