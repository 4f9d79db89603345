"""Revenue of twelve months against the twelve before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.insight.revenue import revenue
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import file, order
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import asked

RULES = Thresholds()


def test_a_fall_of_a_fifth_is_falling() -> None:
    found = revenue(
        file(order("1", date(2026, 5, 1), 80), order("2", date(2025, 5, 1), 100)), RULES
    )
    assert found.outcome == "falling"
    assert found.values["change"] == Decimal("-20.0")
    assert_sound(found)


def test_the_first_day_of_the_window_counts_and_the_day_before_does_not() -> None:
    found = revenue(file(order("1", date(2025, 10, 1), 5), order("2", date(2025, 9, 30), 7)), RULES)
    assert (found.values["latest"], found.values["before"]) == (5, 7)


def test_a_customer_without_orders_has_none() -> None:
    assert revenue(file(), RULES).outcome == "none"


def test_a_new_customer_has_no_change() -> None:
    found = revenue(file(order("1", date(2026, 5, 1), 80)), RULES)
    assert (found.outcome, found.values["change"]) == ("new", None)


def test_dollars_are_told_in_our_currency_at_the_rate_of_the_settings() -> None:
    found = revenue(
        file(order("1", date(2026, 5, 1), 100, currency="USD"), rates={"USD": Decimal("0.92")}),
        RULES,
    )
    assert found.values["latest"] == Decimal("92.00")


def test_a_currency_without_a_rate_is_left_out_and_asked_for() -> None:
    found = revenue(file(order("1", date(2026, 5, 1), 100, currency="CHF")), RULES)
    assert found.outcome == "none"
    assert asked(found)[0] == "What is one CHF worth in EUR?"
