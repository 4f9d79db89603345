"""Where a team's time goes: against the tier, past the potential, and what plans still stand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from assistant.insight.neglected import neglected
from assistant.insight.staleness import Foundation, next_review, plan_state
from assistant.insight.team_time import account_time, shifted, tier_times
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from tests.assistant.insight.builders import TODAY, account, file, holding, portfolio, touch
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()


def visited(key: str, times: int, tier: str | None = "Major") -> AccountFile:
    """An account with so many half-hour meetings, three weeks apart."""
    meetings = (
        touch(f"{key}{at}", TODAY - timedelta(days=21 * at), account_id=key, duration_minutes=30)
        for at in range(times)
    )
    return file(account(key, name=key.title(), tier=tier), *meetings)


def test_touches_are_held_against_what_the_tier_asks_for() -> None:
    (tier,) = tier_times([account_time(visited("acme", 9), RULES)], TODAY)
    assert (tier.touches.value, tier.asked.value) == (9, 12)
    assert tier.hours.value == Decimal(4)
    assert tier.share is not None
    assert tier.share.value == Decimal("100.0")


def test_what_happened_over_a_year_ago_does_not_count() -> None:
    time = account_time(visited("acme", 30), RULES)
    assert len(time.touches) == 18


def test_two_days_a_week_are_two_fifths_of_the_others_time() -> None:
    times = [account_time(visited(key, count), RULES) for key, count in (("a", 15), ("b", 0))]
    first, second = shifted(times, {"b"}, Decimal(2))
    assert (first.touches, second.touches) == (Decimal(9), Decimal(6))
    assert first.falls_short
    assert not second.is_enough


def test_room_without_attention_is_neglect_and_attention_is_not() -> None:
    book = portfolio(
        holding("ash", 100, potential=Decimal(900)), holding("birch", 100, potential=Decimal(900))
    )
    times = {key: account_time(visited(key, n), RULES) for key, n in (("ash", 1), ("birch", 9))}
    found = neglected(book, times, RULES)
    assert [one.name for one in found.values["listed"]] == ["Ash"]
    assert_sound(found)


def test_a_plan_is_current_old_or_rests_on_changed_facts() -> None:
    here = file(account(tier="Strategic"))
    assert plan_state(here, None, RULES).outcome == "none"
    fresh, aged = TODAY - timedelta(days=90), TODAY - timedelta(days=91)
    assert plan_state(here, Foundation(fresh), RULES).outcome == "current"
    assert plan_state(here, Foundation(aged), RULES).outcome == "old"
    moved = plan_state(here, Foundation(fresh, [("Deal", "opportunity:1@2")]), RULES)
    assert (moved.outcome, moved.values["changed"]) == ("changed", ("Deal",))
    assert_sound(moved)


def test_the_next_review_falls_on_a_working_day() -> None:
    here = file(account(tier="Strategic"))
    assert next_review(here, date(2026, 9, 30), RULES) == date(2026, 12, 29)
    assert next_review(here, date(2026, 10, 4), RULES).weekday() == 0  # from Saturday 2 January
