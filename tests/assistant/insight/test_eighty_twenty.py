"""The 80/20 list: the true k of N, and when a portfolio depends on too few."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.eighty_twenty import eighty_twenty, standing
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import holding, portfolio
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
AMOUNTS = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=12)


def test_the_list_says_how_many_it_really_takes() -> None:
    found = eighty_twenty(
        portfolio(
            holding("ash", 400),
            holding("birch", 250),
            holding("cedar", 200),
            holding("dogwood", 100),
            holding("elm", 50),
        ),
        RULES,
    )
    assert (found.values["k"], found.values["n"]) == (3, 5)
    assert found.values["core"] == ("Ash", "Birch", "Cedar")
    assert_sound(found)


def test_one_customer_above_a_quarter_is_dependence() -> None:
    found = eighty_twenty(portfolio(*(holding(k, v) for k, v in (("a", 30), ("b", 70)))), RULES)
    assert found.outcome == "dependent"
    assert found.values["top1"] == Decimal("70.0")


def test_many_equal_customers_are_balanced() -> None:
    found = eighty_twenty(portfolio(*(holding(f"c{n:02}", 10) for n in range(20))), RULES)
    assert found.outcome == "balanced"
    assert found.values["hhi"] == Decimal("0.050")


def test_a_portfolio_without_revenue_is_unknown() -> None:
    assert eighty_twenty(portfolio(holding("a", 0)), RULES).outcome == "unknown"


def test_a_subsidiary_counts_with_its_group() -> None:
    order = standing(
        portfolio(
            holding("group", 100), holding("child", 60, parent_id="group"), holding("x", 150)
        ),
        RULES,
    )
    assert [place.account_id for place in order.places] == ["group", "x"]
    place = order.place_of("child")
    assert place is not None
    assert place.revenue == 160


def test_parents_in_a_circle_do_not_hang() -> None:
    order = standing(
        portfolio(holding("a", 10, parent_id="b"), holding("b", 20, parent_id="a")), RULES
    )
    assert order.total == 30


@given(AMOUNTS)
def test_the_core_is_the_smallest_set_that_reaches_the_share(amounts: list[int]) -> None:
    order = standing(
        portfolio(*(holding(f"c{n:02}", amount) for n, amount in enumerate(amounts))), RULES
    )
    core = sum(place.revenue for place in order.core)
    assert core * 100 >= order.total * RULES.core_share
    if order.core:
        smaller = core - order.core[-1].revenue
        assert smaller * 100 < order.total * RULES.core_share


@given(AMOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_accounts_does_not_matter(amounts: list[int], chance: object) -> None:
    holdings = [holding(f"c{n:02}", amount) for n, amount in enumerate(amounts)]
    shuffled = holdings[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(portfolio(*holdings), RULES) == standing(portfolio(*shuffled), RULES)
