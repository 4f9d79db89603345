from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.life_cycle import life_cycle
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from tests.assistant.insight.builders import (
    TODAY,
    account,
    adaptation,
    commitment,
    contact,
    contract,
    deal,
    file,
    order,
    product,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import turned_by

RULES = Thresholds()
LONG_AGO = date(2008, 3, 3)


def months_ago(months: int) -> date:
    return TODAY - timedelta(days=round(months * 30.5))


def institution(*extra: Any) -> AccountFile:
    """Level orders for years, a renewed contract, old adaptations, the same two people."""
    orders = [order(f"o{age}", months_ago(age), 1000, product_id="pump") for age in range(1, 36, 2)]
    return file(
        account(customer_since=LONG_AGO, type="Customer", owner_id="nadia"),
        user("nadia"),
        product("pump", "Pumps"),
        contact("marek", "decider"),
        contract("frame", date(2026, 1, 1), date(2028, 12, 31), renewals=3),
        adaptation("seal", date(2019, 5, 6)),
        touch("t1", months_ago(30), "marek", "nadia"),
        touch("t2", months_ago(1), "marek", "nadia"),
        *orders,
        *extra,
    )


def growing(*extra: Any) -> AccountFile:
    amounts = {30: 100, 27: 100, 18: 200, 15: 200, 6: 400, 3: 400}
    return file(
        account(customer_since=months_ago(31), type="Customer", owner_id="aigerim"),
        user("aigerim"),
        contact("olga", "user"),
        adaptation("impeller", months_ago(18)),
        touch("t1", months_ago(32), "olga", "aigerim"),
        *(order(f"o{age}", months_ago(age), amount) for age, amount in amounts.items()),
        *extra,
    )


def test_nothing_won_is_before_the_relationship() -> None:
    found = life_cycle(
        file(
            account(type="Prospect"),
            user("marcus"),
            contact("amira", "decider"),
            deal("package"),
            touch("t1", months_ago(2), "amira", "marcus"),
        ),
        RULES,
    )
    assert found.outcome == "pre_relationship"
    assert found.values["settled"]
    assert_sound(found)


def test_two_orders_are_early_and_the_lines_of_one_day_are_one_order() -> None:
    found = life_cycle(
        file(
            account(customer_since=months_ago(6)),
            user("priya"),
            contact("isla", "decider"),
            touch("t1", months_ago(7), "isla", "priya"),
            order("o1", months_ago(6), 14800),
            order("o2", months_ago(2), 29600),
            order("o3", months_ago(2), 1900),
        ),
        RULES,
    )
    assert found.outcome == "early"
    assert any(e.value == 2 and e.unit == "orders" for e in found.evidence)
    assert {question.about for question in found.questions} == {"contracts", "adaptations"}
    assert_sound(found)


def test_repeated_growth_with_an_adaptation_is_development() -> None:
    found = life_cycle(growing(), RULES)
    assert found.outcome == "development"
    assert found.values["next"] == "long_term"
    assert turned_by(found) == "Acme Dairy would be long-term with a contract or a renewal."
    assert not found.values["settled"], "an unknown contract leaves the long term possible"
    assert_sound(found)


def test_growth_without_an_adaptation_is_no_stage() -> None:
    found = life_cycle(replace(growing(), adaptations=()), RULES)
    assert found.outcome == "unknown"
    assert_sound(found)


def test_something_new_keeps_a_long_relationship_out_of_the_final_stage() -> None:
    newcomer = (contact("kacper"), touch("t9", months_ago(3), "kacper", "nadia"))
    found = life_cycle(institution(*newcomer), RULES)
    assert found.outcome == "long_term"
    assert turned_by(found) == "Acme Dairy would be final with no new stakeholder for 18 months."
    assert_sound(found)


def test_nothing_new_for_long_is_final_and_a_renewal_is_nothing_new() -> None:
    found = life_cycle(institution(), RULES)
    assert found.outcome == "final"
    assert found.confidence == 1.0
    assert_sound(found)


def test_broken_promises_and_lost_deals_speak_against_the_stage() -> None:
    found = life_cycle(
        institution(
            commitment("report", due_on=date(2026, 7, 10)),
            deal("pumps", "lost", closes_on=date(2026, 3, 20)),
        ),
        RULES,
    )
    assert {e.title for e in found.against} >= {
        "Commitment: promise report",
        "Opportunity: Pumps",
    }


def test_a_contract_speaks_for_a_later_stage_than_early() -> None:
    found = life_cycle(
        file(
            account(customer_since=months_ago(6)),
            user("priya"),
            contact("isla"),
            touch("t1", months_ago(7), "isla", "priya"),
            order("o1", months_ago(6), 14800),
            contract("frame", months_ago(5), None),
        ),
        RULES,
    )
    assert found.outcome == "early"
    assert any(e.ref.startswith("contract:") for e in found.against)


def test_too_little_known_gives_no_stage_and_asks_the_owner() -> None:
    found = life_cycle(file(account(owner_id="nadia"), user("nadia"), contact("kallas")), RULES)
    assert found.outcome == "unknown"
    assert found.confidence == 0.0
    assert {question.whom for question in found.questions} == {"Nadia"}
    assert_sound(found)


def test_the_oldest_order_is_no_beginning_where_nothing_was_seen_before_it() -> None:
    rows = (contact("isla"), user("priya"), order("o1", months_ago(5), 1))
    unseen = life_cycle(file(account(), *rows), RULES)
    assert "tenure" not in unseen.values["known"]
    seen = life_cycle(file(account(), *rows, deal("d", created_on=months_ago(7))), RULES)
    assert "tenure" in seen.values["known"]


def without(whole: AccountFile, feature: str) -> AccountFile:
    """A file whose records are silent about a feature."""
    if feature == "tenure":
        known = whole.account
        return replace(whole, account=account(type=known.type, owner_id=known.owner_id))
    silent: dict[str, Any] = {
        "orders": {"revenue": (), "opportunities": ()},
        "contracts": {"contracts": ()},
        "adaptations": {"adaptations": ()},
        "contacts": {"activities": (), "participants": ()},
    }[feature]
    return replace(whole, **silent)


@pytest.mark.parametrize("whole", [institution(), growing()], ids=["final", "development"])
@given(
    removed=st.sets(
        st.sampled_from(["orders", "tenure", "contracts", "adaptations", "contacts"]), min_size=1
    )
)
def test_less_knowledge_never_settles_on_another_stage(
    whole: AccountFile, removed: set[str]
) -> None:
    full, poorer = life_cycle(whole, RULES), whole
    for feature in sorted(removed):
        poorer = without(poorer, feature)
    found = life_cycle(poorer, RULES)
    assert found.confidence <= full.confidence
    same = found.outcome == full.outcome
    assert same or found.outcome == "unknown" or not found.values["settled"]
    assert set(full.values["possible"]) <= set(found.values["possible"])


@given(data=st.data())
def test_the_order_of_rows_does_not_matter(data: st.DataObject) -> None:
    whole = institution(contact("zofia"), touch("t3", months_ago(20), "zofia", "nadia"))
    shuffled = replace(
        whole,
        revenue=tuple(data.draw(st.permutations(whole.revenue))),
        activities=tuple(data.draw(st.permutations(whole.activities))),
        contacts=tuple(data.draw(st.permutations(whole.contacts))),
    )
    first, second = life_cycle(whole, RULES), life_cycle(shuffled, RULES)
    assert (first.outcome, first.against, first.would_change) == (
        second.outcome,
        second.against,
        second.would_change,
    )
