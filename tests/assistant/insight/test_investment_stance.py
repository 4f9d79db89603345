from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.criteria import ATTRACTIVENESS, STRENGTH
from assistant.insight.investment_stance import investment_stance
from assistant.thresholds import STANCE_WEIGHTS, Thresholds
from knowledge.records import AccountFile
from tests.assistant.insight.builders import (
    account,
    adaptation,
    contact,
    contract,
    deal,
    estimate,
    file,
    order,
    product,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
LATELY, BEFORE = date(2026, 5, 1), date(2025, 5, 1)


def known(latest: int, before: int, *extra: Any, **figures: int) -> AccountFile:
    """An account with this revenue of two years, and these yearly figures of its own."""
    money: dict[str, Any] = {name: Decimal(figure) for name, figure in figures.items()}
    return file(
        account(customer_since=date(2009, 1, 1), owner_id="tom", **money),
        user("tom"),
        product("vx", "Pumps"),
        contact("noemi", "decider"),
        order("o1", LATELY, latest, product_id="vx"),
        order("o2", BEFORE, before, product_id="vx"),
        *extra,
    )


STRONG = (
    touch("t1", date(2026, 6, 1), "noemi", "tom"),
    contract("frame", date(2020, 1, 1), date(2028, 12, 31), renewals=2),
    adaptation("seal", date(2026, 1, 1)),
)
WEAK = (
    contract("frame", date(2020, 1, 1), date(2021, 12, 31)),
    *(deal(f"d{i}", "lost", closes_on=date(2025, i, 1)) for i in range(1, 6)),
)
GOOD = {"potential": 1000, "gross_margin": 100, "cost_to_serve": 10}
POOR = {"potential": 200, "gross_margin": 20, "cost_to_serve": 19}


def test_attractive_and_strong_is_invested_in() -> None:
    found = investment_stance(known(200, 100, *STRONG, **GOOD), RULES)
    assert found.outcome == "invest"
    assert found.values["weights_version"] == STANCE_WEIGHTS.version
    assert_sound(found)


def test_attractive_but_weak_is_selective() -> None:
    found = investment_stance(known(200, 100, *WEAK, **GOOD), RULES)
    assert found.outcome == "selective"
    assert_sound(found)


def test_neither_is_left_politely_and_a_strong_place_without_future_runs_for_cash() -> None:
    assert investment_stance(known(200, 300, *WEAK, **POOR), RULES).outcome == "withdraw"
    found = investment_stance(known(200, 300, *STRONG, **POOR), RULES)
    assert found.outcome == "manage_for_cash"
    assert_sound(found)


def test_what_pulls_the_other_way_is_shown() -> None:
    costly = {**GOOD, "cost_to_serve": 90}
    found = investment_stance(known(200, 100, *STRONG, **costly), RULES)
    assert "cost to serve in gross margin" in found.against[0].title


def test_a_missing_criterion_lowers_confidence_and_scores_nothing() -> None:
    whole = investment_stance(known(200, 100, *STRONG, **GOOD), RULES)
    poorer = investment_stance(known(200, 100, *STRONG, potential=1000, gross_margin=100), RULES)
    assert poorer.confidence < whole.confidence
    assert "cost_to_serve" in poorer.values["missing"]
    assert poorer.values["attractiveness"] >= 99
    assert poorer.questions[0].whom == "Tom"
    assert_sound(poorer)


def test_under_the_share_of_weight_there_is_no_stance() -> None:
    found = investment_stance(known(200, 100, **GOOD), RULES)
    assert found.values["attractiveness"] is not None
    assert found.outcome == "unknown", "one met or unmet decider does not tell our strength"
    assert_sound(found)


def test_a_share_of_wallet_counts_at_its_cautious_end() -> None:
    spend = estimate("e", None, "Pumps", 250, 400)
    found = investment_stance(known(200, 100, spend, *STRONG, **GOOD), RULES)
    wallet = next(c for c in found.values["criteria"] if c.name == "share_of_wallet")
    assert (wallet.figure.value, wallet.score.value) == (Decimal("50.0"), Decimal("100.0"))


def test_the_weights_of_each_axis_make_a_hundred() -> None:
    for axis in (ATTRACTIVENESS, STRENGTH):
        assert sum(getattr(STANCE_WEIGHTS, name).weight for name in axis) == 100


@given(
    latest=st.integers(1, 10**6),
    before=st.integers(0, 10**6),
    figures=st.fixed_dictionaries(
        {},
        optional={
            name: st.integers(1, 10**6) for name in ("potential", "gross_margin", "cost_to_serve")
        },
    ),
    data=st.data(),
)
def test_scores_stay_on_the_scale_in_any_order(
    latest: int, before: int, figures: dict[str, int], data: st.DataObject
) -> None:
    whole = known(latest, before, *STRONG, **figures)
    found = investment_stance(whole, RULES)
    for name in ("attractiveness", "strength"):
        assert found.values[name] is None or 0 <= found.values[name] <= 100
    shuffled = replace(whole, revenue=tuple(data.draw(st.permutations(whole.revenue))))
    assert investment_stance(shuffled, RULES).outcome == found.outcome
    assert_sound(found)
