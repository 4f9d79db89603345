from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.strategic_portfolio import portfolio_move, strategic_portfolio
from assistant.thresholds import RELATIONSHIP_POINTS, Thresholds
from knowledge.records import AccountFile, Position
from knowledge.records.ranking import position_in
from tests.assistant.insight.builders import (
    ACCOUNT,
    TODAY,
    account,
    adaptation,
    contact,
    contract,
    file,
    holding,
    order,
    portfolio,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import turned_by

RULES = Thresholds()
OTHERS = tuple(
    holding(f"other{i}", amount, potential=Decimal(amount * 2))
    for i, amount in enumerate((100, 200, 300, 400, 500, 600, 700, 800, 900))
)
BONDS = (
    account(customer_since=date(2008, 3, 3)),
    user("nadia"),
    contact("marek", "decider", function="Engineering", stance="supporter"),
    contact("lis", function="Procurement", stance="supporter"),
    touch("t1", date(2026, 5, 1), "marek", "nadia"),
    touch("t2", date(2026, 6, 1), "lis", "nadia"),
    contract("frame", date(2020, 1, 1), date(2028, 12, 31), renewals=3),
    adaptation("seal", date(2019, 5, 6)),
)


def book(revenue: int, **fields: Any) -> Position | None:
    """Ours among ten customers, with this revenue and these figures."""
    day = fields.pop("as_of", TODAY)
    whole = portfolio(*OTHERS, holding(ACCOUNT, revenue, **fields), as_of=day)
    return position_in(whole, ACCOUNT)


def bonded() -> AccountFile:
    return file(*BONDS, order("o1", date(2026, 1, 1), 1))


def stranger() -> AccountFile:
    return file(account(owner_id="nadia"), user("nadia"), order("o1", date(2026, 1, 1), 1))


def money(**figures: int) -> dict[str, Decimal]:
    return {name: Decimal(figure) for name, figure in figures.items()}


def test_high_revenue_is_strategic_only_with_a_relationship() -> None:
    found = strategic_portfolio(bonded(), book(1000), RULES)
    assert found.outcome == "strategic"
    assert found.values["high_line"] == 800
    assert found.values["score"] >= RULES.relationship_strategic
    assert_sound(found)
    major = strategic_portfolio(stranger(), book(1000), RULES)
    assert major.outcome == "major"
    assert "silent about tenure" in turned_by(major)
    assert major.questions[0].whom == "Nadia"
    assert_sound(major)


def test_low_and_low_is_direct() -> None:
    found = strategic_portfolio(stranger(), book(50, **money(potential=60)), RULES)
    assert found.outcome == "direct"
    assert_sound(found)


def test_the_middle_is_divided_by_cost_and_by_what_is_left() -> None:
    costly = money(potential=600, cost_to_serve=93, gross_margin=100)
    found = strategic_portfolio(stranger(), book(550, **costly), RULES)
    assert (found.outcome, found.values["cost_share"]) == ("over_demander", Decimal("93.0"))
    assert_sound(found)
    roomy = money(potential=2000, cost_to_serve=20, gross_margin=100)
    found = strategic_portfolio(stranger(), book(550, **roomy), RULES)
    assert (found.outcome, found.values["gap_percent"]) == ("developer", Decimal("72.5"))
    plain = money(potential=600, cost_to_serve=20, gross_margin=100)
    assert strategic_portfolio(stranger(), book(550, **plain), RULES).outcome == "middle_market"


def test_an_over_demander_with_room_shows_the_room_against_it() -> None:
    both = money(potential=2000, cost_to_serve=93, gross_margin=100)
    found = strategic_portfolio(stranger(), book(550, **both), RULES)
    assert [e.value for e in found.against] == [Decimal("72.5")]


def test_missing_figures_are_asked_and_never_taken_for_nothing() -> None:
    found = strategic_portfolio(stranger(), book(550), RULES)
    assert found.outcome == "unknown"
    assert {question.about for question in found.questions} == {"potential", "cost_to_serve"}
    assert_sound(found)
    absent = strategic_portfolio(stranger(), position_in(portfolio(), ACCOUNT), RULES)
    assert absent.outcome == "unknown"
    assert_sound(absent)


def test_revenue_counts_with_the_subsidiaries() -> None:
    child = holding("child", 700, parent_id=ACCOUNT)
    whole = portfolio(*OTHERS, holding(ACCOUNT, 300), child)
    found = strategic_portfolio(bonded(), position_in(whole, ACCOUNT), RULES)
    assert found.values["revenue"] == 1000
    assert_sound(found)


def test_a_move_is_found_by_placing_the_account_on_both_days() -> None:
    then = strategic_portfolio(
        bonded(), book(550, as_of=date(2025, 9, 30), **money(potential=600)), RULES
    )
    roomy = book(550, **money(potential=2000))
    move = portfolio_move(
        strategic_portfolio(bonded(), roomy, RULES),
        strategic_portfolio(bonded(), book(1000), RULES),
    )
    assert (move.outcome, move.values["from"], move.values["to"]) == (
        "moved",
        "developer",
        "strategic",
    )
    unplaced = portfolio_move(then, strategic_portfolio(bonded(), book(1000), RULES))
    assert unplaced.outcome == "unknown"
    assert unplaced.values["since"] == date(2025, 9, 30)
    assert unplaced.values["until"] == TODAY
    assert_sound(unplaced)


def test_the_parts_of_the_score_make_a_hundred() -> None:
    points = {name: most for name, most in vars(RELATIONSHIP_POINTS).items() if name != "version"}
    assert sum(points.values()) == 100


@given(
    revenue=st.integers(0, 2000),
    figures=st.fixed_dictionaries(
        {},
        optional={
            name: st.integers(1, 3000) for name in ("potential", "cost_to_serve", "gross_margin")
        },
    ),
)
def test_every_cell_follows_from_its_figures(revenue: int, figures: dict[str, int]) -> None:
    found = strategic_portfolio(bonded(), book(revenue, **money(**figures)), RULES)
    assert (found.outcome in {"strategic", "major"}) is (revenue >= found.values["high_line"])
    if found.outcome == "direct":
        assert revenue < found.values["low_line"]
    if found.outcome == "over_demander":
        assert found.values["cost_share"] > RULES.cost_to_serve_limit
    assert found.values["score"] == sum(
        bond.earned.value for bond in found.values["bonds"] if bond.earned
    )
    assert_sound(found)
