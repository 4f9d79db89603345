from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.grid import Cell, grid
from assistant.insight.whitespace import whitespace
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from tests.assistant.insight.builders import (
    account,
    competitor,
    deal,
    estimate,
    file,
    order,
    product,
    user,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import asked

RULES = Thresholds()
LATELY, BEFORE = date(2026, 5, 1), date(2025, 5, 1)
PRODUCTS = (product("vx", "Pumps"), product("fc", "Filtration"), product("sl", "Seals"))


def yard(*extra: Any) -> AccountFile:
    """Two units: newbuild buys pumps from us, and filtration from somebody else."""
    return file(
        account(owner_id="nadia"),
        user("nadia"),
        *PRODUCTS,
        competitor("filtracore"),
        order("o1", LATELY, 420, product_id="vx", business_unit="Newbuild"),
        order("o2", BEFORE, 90, product_id="sl", business_unit="Repair"),
        estimate("e1", "Newbuild", "Pumps", 480, 520, source_note="Their budget"),
        estimate("e2", "Newbuild", "Filtration", 160, 200, competitor_id="filtracore"),
        estimate("e3", "Newbuild", "Seals", 0, 0),
        *extra,
    )


def cell(whole: AccountFile, unit: str | None, family: str) -> Cell:
    return next(c for c in grid(whole) if (c.unit, c.family) == (unit, family))


def test_each_cell_says_one_of_five_things() -> None:
    whole = yard(deal("Repair seals", product_id="sl"))
    assert cell(whole, "Newbuild", "Pumps").state == "owned"
    assert cell(whole, "Newbuild", "Filtration").state == "competitor"
    assert cell(whole, "Newbuild", "Filtration").competitor == "Filtracore"
    assert cell(whole, "Newbuild", "Seals").state == "empty"
    assert cell(whole, "Repair", "Seals").state == "open", "sold too long ago, but a deal is live"
    assert cell(whole, "Repair", "Pumps").state == "unknown"


def test_cells_are_ranked_by_what_is_left() -> None:
    found = whitespace(yard(), RULES)
    assert [(c.unit, c.family) for c in found.values["ranked"]] == [
        ("Newbuild", "Filtration"),
        ("Newbuild", "Pumps"),
    ]
    assert found.values["left"] == Decimal("260.00")
    assert found.values["room_percent"] == Decimal("38.2")
    assert found.outcome == "room"
    assert_sound(found)


def test_the_share_of_wallet_is_a_range_over_estimated_cells() -> None:
    found = whitespace(yard(order("o9", LATELY, 999, product_id="vx")), RULES)
    assert found.values["share_low"] == Decimal("58.3")
    assert found.values["share_high"] == Decimal("65.6")
    assert found.values["sources"] == ("Their budget",)
    assert_sound(found)


def test_an_unknown_cell_is_a_question_and_has_no_rank() -> None:
    found = whitespace(yard(), RULES)
    assert "What does Repair spend a year on Pumps, and with whom?" in asked(found)
    assert {question.whom for question in found.questions} == {"Nadia"}
    assert all(c.low is not None for c in found.values["ranked"])


def test_a_deal_whose_unit_is_not_named_gets_a_row_of_its_own() -> None:
    assert cell(yard(deal("Retrofit", product_id="vx")), None, "Pumps").state == "open"


def test_without_estimates_the_potential_of_the_account_tells_the_room() -> None:
    rows = (*PRODUCTS, order("o1", LATELY, 90, product_id="vx"))
    found = whitespace(file(account(potential=Decimal(100)), *rows), RULES)
    assert (found.outcome, found.values["room_percent"]) == ("full", Decimal("10.0"))
    assert_sound(found)
    unmeasured = whitespace(file(account(), *rows), RULES)
    assert unmeasured.outcome == "unknown"
    assert_sound(unmeasured)


def test_foreign_estimates_are_turned_into_our_currency() -> None:
    dollars = estimate("e", None, "Pumps", 200, 200, currency="USD")
    rows = (*PRODUCTS, order("o1", LATELY, 50, product_id="vx"), dollars)
    found = whitespace(file(account(), *rows, rates={"USD": Decimal("0.5")}), RULES)
    assert found.values["share_low"] == Decimal("50.0")
    assert_sound(found)


AMOUNTS = st.integers(0, 10**6)


@given(
    bought=st.lists(AMOUNTS, min_size=3, max_size=3),
    spent=st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=3, max_size=3),
    data=st.data(),
)
def test_what_is_left_adds_up_in_any_order(
    bought: list[int], spent: list[tuple[int, int]], data: st.DataObject
) -> None:
    keys = [("vx", "Pumps"), ("fc", "Filtration"), ("sl", "Seals")]
    orders = [
        order(f"o{key}", LATELY, amount, product_id=key)
        for (key, _), amount in zip(keys, bought, strict=True)
    ]
    estimates = [
        estimate(f"e{key}", None, family, min(ends), max(ends))
        for (key, family), ends in zip(keys, spent, strict=True)
    ]
    whole = file(account(), *PRODUCTS, *orders, *estimates)
    found = whitespace(whole, RULES)
    lefts = [c.left.value for c in found.values["cells"]]
    assert found.values["left"] == sum(lefts)
    low, high = found.values["share_low"], found.values["share_high"]
    assert low is None or high is None or low <= high
    shuffled = replace(
        whole,
        revenue=tuple(data.draw(st.permutations(whole.revenue))),
        spend=tuple(data.draw(st.permutations(whole.spend))),
    )
    assert whitespace(shuffled, RULES) == found
    assert_sound(found)
