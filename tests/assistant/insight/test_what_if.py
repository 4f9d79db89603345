"""What-ifs about a portfolio: the same rules, other inputs, and nothing that has happened."""

from __future__ import annotations

from decimal import Decimal

from assistant.insight.what_if import Grows, Leaves, what_if
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import holding, portfolio
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
BOOK = portfolio(
    holding("giant", 400),
    holding("child", 100, parent_id="giant"),
    holding("birch", 200),
    holding("cedar", 200),
    holding("elm", 100),
)


def test_a_manager_asks_what_is_left_when_the_largest_customer_goes() -> None:
    found = what_if(BOOK, [Leaves("giant", "Giant")], RULES)
    before, after = found.values["before"], found.values["after"]
    assert (before.total, after.total) == (1000, 500)
    assert (before.k, before.n, after.k, after.n) == (3, 4, 2, 3)
    assert (before.top1, after.top1) == (Decimal("50.0"), Decimal("40.0"))
    assert after.largest == "Birch"
    assert_sound(found)


def test_the_changed_input_stands_first_with_both_values() -> None:
    given = what_if(BOOK, [Grows("elm", "Elm", Decimal(20))], RULES).evidence[0]
    assert given.value == Decimal("120.00")
    assert [one.value for one in given.inputs] == [Decimal(100), Decimal(20)]


def test_a_subsidiary_may_leave_alone() -> None:
    after = what_if(BOOK, [Leaves("child", "Child")], RULES).values["after"]
    assert (after.total, after.n) == (900, 4)


def test_nobody_shrinks_below_nothing() -> None:
    after = what_if(BOOK, [Grows("elm", "Elm", Decimal(-300))], RULES).values["after"]
    assert after.total == 900


def test_without_any_revenue_left_nothing_is_said() -> None:
    alone = portfolio(holding("only", 10), holding("none", 0))
    assert not what_if(alone, [Leaves("only", "Only")], RULES).known
