from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.claims import Finding
from assistant.insight.policy import Ruling, policy
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import (
    TODAY,
    account,
    approval,
    deal,
    file,
    limit,
    line,
    product,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import turned_by

RULES = Thresholds()
PEOPLE = (
    user("sofia", role="rep", manager_id="claire"),
    user("claire", role="manager", manager_id="ingrid"),
    user("ingrid", role="admin"),
)
LIMITS = (
    limit("all", 8, 12),
    limit("strategic", 10, 15, tier="Strategic", approver_role="admin"),
    limit("monitoring", 5, 10, product_family="Monitoring"),
)
SIGNED = {
    "opportunity_id": "tender",
    "requested_by_id": "sofia",
    "approver_id": "claire",
    "decided_on": date(2026, 8, 20),
    "expires_on": date(2026, 10, 31),
}


def judged(discount: float | None, *extra: Any, tier: str = "Major") -> Finding:
    """The finding about one open deal with this discount."""
    percent = None if discount is None else Decimal(str(discount))
    tender = deal("tender", owner_id="sofia", discount_percent=percent)
    known = account(tier=tier, owner_id="sofia")
    return policy(file(known, *PEOPLE, *LIMITS, tender, *extra), RULES)


def worst(found: Finding) -> Ruling:
    ruling: Ruling = found.values["rulings"][0]
    return ruling


def test_up_to_its_limit_a_discount_is_inside() -> None:
    assert judged(8).outcome == "inside"
    assert_sound(judged(8))


def test_above_it_somebody_above_the_owner_is_asked() -> None:
    found = judged(9)
    assert found.outcome == "needs_approval"
    assert found.questions[0].whom == "Claire"
    assert_sound(found)


def test_an_approval_that_covers_the_value_holds_until_it_lapses() -> None:
    found = judged(12, approval("a", 12, **SIGNED))
    assert found.outcome == "approved"
    assert worst(found).until == date(2026, 10, 31)
    assert_sound(found)


def test_an_approval_for_less_does_not_cover() -> None:
    found = judged(12, approval("a", 10, **SIGNED))
    assert found.outcome == "needs_approval"
    assert worst(found).flaws == ("value_not_covered",)
    assert any(e.ref.startswith("approval:a") for e in found.against)


def test_an_approval_lapses_on_its_day_or_after_the_days_of_the_settings() -> None:
    past = {**SIGNED, "decided_on": date(2026, 5, 20), "expires_on": date(2026, 7, 31)}
    assert judged(12, approval("a", 12, **past)).outcome == "expired"
    undated = {**SIGNED, "decided_on": date(2026, 5, 20), "expires_on": None}
    assert judged(12, approval("a", 12, **undated)).outcome == "expired"
    recent = {**SIGNED, "expires_on": None}
    assert worst(judged(12, approval("a", 12, **recent))).until == date(2026, 11, 18)


def test_nobody_approves_their_own_request() -> None:
    own = {**SIGNED, "requested_by_id": "claire"}
    found = judged(12, approval("a", 12, **own))
    assert found.outcome == "needs_approval"
    assert worst(found).flaws == ("self_approved",)
    nameless = {**SIGNED, "requested_by_id": None, "approver_id": "sofia"}
    assert "self_approved" in worst(judged(12, approval("a", 12, **nameless))).flaws


def test_the_approver_must_stand_high_enough() -> None:
    found = judged(12, approval("a", 12, **SIGNED), tier="strategic")
    assert worst(found).flaws == ("wrong_approver",)
    above = {**SIGNED, "approver_id": "ingrid"}
    assert judged(12, approval("a", 12, **above), tier="strategic").outcome == "approved"


def test_an_approval_after_the_offer_comes_too_late() -> None:
    offer = touch(
        "bid",
        date(2026, 8, 10),
        type="email",
        direction="out",
        opportunity_id="tender",
        subject="Tender 114: bid submitted",
    )
    found = judged(12, approval("a", 12, **SIGNED), offer)
    assert worst(found).flaws == ("after_the_offer",)
    assert any(e.ref == "activity:bid@1#occurred_at" for e in found.evidence)
    assert_sound(found)


def test_beyond_the_last_limit_no_signature_helps() -> None:
    above = {**SIGNED, "approver_id": "ingrid"}
    found = judged(17, approval("a", 17, **above))
    assert found.outcome == "forbidden"
    assert "above 12" in turned_by(found)
    assert_sound(found)


def test_a_pending_request_approves_nothing() -> None:
    asked = {"opportunity_id": "tender", "decision": "pending", "requested_by_id": "sofia"}
    assert judged(11, approval("a", 11, **asked)).outcome == "needs_approval"


def test_the_tier_and_the_family_have_limits_of_their_own() -> None:
    assert judged(10, tier="strategic").outcome == "inside"
    sensor = product("pw", "Monitoring")
    hub = line("l1", "tender", "pw", discount_percent=Decimal(9))
    found = judged(None, sensor, hub, tier="strategic")
    assert found.outcome == "needs_approval"
    assert worst(found).request.product == "PW"


def test_a_line_without_a_discount_field_is_computed_from_its_prices() -> None:
    cut = line("l1", "tender", "vx", list_price=Decimal(200), unit_price=Decimal(166))
    found = judged(None, product("vx", "Pumps"), cut)
    assert (found.outcome, worst(found).request.value) == ("forbidden", Decimal("17.0"))
    assert_sound(found)


def test_a_standing_term_is_judged_without_a_deal() -> None:
    days = limit("days", 30, 60, subject="payment_days")
    own = {"subject": "payment_days", "opportunity_id": None, "requested_by_id": "claire"}
    signed = {**SIGNED, **own}
    found = judged(None, days, approval("a", 90, **signed))
    assert found.outcome == "forbidden"
    assert worst(found).flaws == ("self_approved",)
    assert judged(None, days, approval("a", 45, **signed)).outcome == "needs_approval"


def test_what_was_settled_for_closed_deals_is_history() -> None:
    old = {**SIGNED, "opportunity_id": "gone", "expires_on": date(2025, 1, 1)}
    assert judged(None, approval("a", 12, **old)).outcome == "none"


def test_a_subject_without_a_limit_is_unknown() -> None:
    found = judged(None, approval("a", 3, subject="warranty", opportunity_id="tender"))
    assert found.outcome == "unknown"
    assert_sound(found)


@given(
    value=st.decimals(0, 40, places=1),
    covered=st.integers(0, 40),
    decided=st.integers(-200, 200),
    approver=st.sampled_from(["sofia", "claire", "ingrid", None]),
    tier=st.sampled_from(["Major", "strategic"]),
)
def test_nothing_above_the_limit_is_ever_inside(
    value: Decimal, covered: int, decided: int, approver: str | None, tier: str
) -> None:
    signed = {
        **SIGNED,
        "approver_id": approver,
        "decided_on": TODAY + timedelta(days=decided),
        "expires_on": None,
    }
    found = judged(float(value), approval("a", covered, **signed), tier=tier)
    inside, last = (10, 15) if tier == "strategic" else (8, 12)
    if value > inside:
        assert found.outcome not in {"inside", "none"}
    if value > last:
        assert found.outcome == "forbidden"
    if found.outcome == "approved":
        assert covered >= value
        assert approver != "sofia"
        assert -RULES.approval_days <= decided <= 0
    assert_sound(found)


@given(data=st.data())
def test_the_order_of_rows_does_not_matter(data: st.DataObject) -> None:
    past = {**SIGNED, "expires_on": date(2026, 7, 31)}
    rows = (approval("a", 12, **past), approval("b", 12, **SIGNED), approval("c", 10, **SIGNED))
    tender = deal("tender", discount_percent=Decimal(12))
    whole = file(account(), *PEOPLE, *LIMITS, tender, *rows)
    shuffled = replace(whole, approvals=tuple(data.draw(st.permutations(rows))))
    assert policy(shuffled, RULES) == policy(whole, RULES)
    assert policy(whole, RULES).outcome == "approved"
