from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.plan_type import plan_type
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import account, deal, file, order, user
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
LATELY = date(2026, 5, 1)


def test_a_prospect_needs_an_acquisition_plan() -> None:
    found = plan_type(file(account(type="Prospect"), deal("package")), RULES)
    assert found.outcome == "acquisition"
    assert_sound(found)


def test_a_lapsed_customer_too_and_the_last_order_speaks_against_it() -> None:
    found = plan_type(file(account(), order("o", date(2024, 5, 1), 90)), RULES)
    assert found.outcome == "acquisition"
    assert found.against[0].ref == "order:o@1#ordered_on"


def test_room_asks_for_expansion_and_none_for_customer_success() -> None:
    bought = order("o", LATELY, 800)
    room = plan_type(file(account(potential=Decimal(1000)), bought), RULES)
    assert (room.outcome, room.values["room_percent"]) == ("expansion", Decimal("20.0"))
    full = plan_type(file(account(potential=Decimal(990)), bought), RULES)
    assert full.outcome == "customer_success"
    assert_sound(room)
    assert_sound(full)


def test_what_cannot_be_measured_is_asked() -> None:
    unmeasured = plan_type(
        file(account(owner_id="nadia"), user("nadia"), order("o", LATELY, 1)), RULES
    )
    assert unmeasured.outcome == "unknown"
    assert unmeasured.questions[0].whom == "Nadia"
    nothing = plan_type(file(account()), RULES)
    assert nothing.outcome == "unknown"
    assert_sound(nothing)


def test_a_customer_whose_orders_nobody_exported_is_no_prospect() -> None:
    known = account(customer_since=date(2009, 1, 1))
    found = plan_type(file(known, deal("retrofit")), RULES)
    assert found.outcome == "unknown"


@given(revenue=st.integers(1, 10**6), potential=st.integers(1, 10**6))
def test_the_type_follows_the_room(revenue: int, potential: int) -> None:
    whole = file(account(potential=Decimal(potential)), order("o", LATELY, revenue))
    found = plan_type(whole, RULES)
    room = found.values["room_percent"] >= RULES.expansion_room
    assert (found.outcome == "expansion") is room
    assert_sound(found)
