from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.kam_structure import kam_structure
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records import tables as t
from tests.assistant.insight.builders import (
    TODAY,
    account,
    adaptation,
    commitment,
    contact,
    file,
    row,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
FUNCTIONS = ("Procurement", "Maintenance", "Quality", "Finance", "Operations")


def met(pairs: list[tuple[str, str]], *extra: Any) -> AccountFile:
    """An account where these pairs met, a day apart; contacts c0 to c4 work in five functions."""
    people = [contact(f"c{i}", function=name) for i, name in enumerate(FUNCTIONS)]
    ours = [user("rep"), user("fitter", function="Service")]
    touches = [
        touch(f"t{i:02}", TODAY - timedelta(days=i), theirs, one)
        for i, (one, theirs) in enumerate(pairs)
    ]
    return file(account(owner_id="rep"), *people, *ours, *touches, *extra)


def test_four_fifths_through_one_pair_is_basic() -> None:
    found = kam_structure(met([("rep", "c0")] * 8 + [("fitter", "c1"), ("fitter", "c2")]), RULES)
    assert found.outcome == "basic"
    assert found.values["pair"] == ("Rep", "C0")
    assert found.values["pair_share"] == Decimal("80.0")
    assert_sound(found)


def test_three_functions_met_by_two_of_ours_cooperate() -> None:
    found = kam_structure(met([("rep", "c0"), ("fitter", "c1"), ("fitter", "c2")]), RULES)
    assert found.outcome == "cooperative"
    assert [(b.ours, b.theirs) for b in found.values["bridges"]] == [
        ("Sales", "Procurement"),
        ("Service", "Maintenance"),
        ("Service", "Quality"),
    ]
    assert_sound(found)


def test_a_rep_who_meets_everybody_alone_is_one_bridge() -> None:
    found = kam_structure(met([("rep", f"c{i}") for i in range(5)]), RULES)
    assert found.outcome == "basic"
    assert_sound(found)


def test_five_functions_and_a_joint_plan_are_interdependent() -> None:
    pairs = [("rep", "c0"), ("fitter", "c1"), ("rep", "c2"), ("fitter", "c3"), ("rep", "c4")]
    plan = (commitment("a1", "action"), commitment("a2", "action", "theirs"))
    assert kam_structure(met(pairs), RULES).outcome == "cooperative"
    found = kam_structure(met(pairs, *plan), RULES)
    assert found.outcome == "interdependent"
    assert_sound(found)


def test_a_shared_system_integrates_and_a_single_pair_speaks_against_it() -> None:
    edi = adaptation("edi", date(2024, 10, 1), "both", type="shared system")
    found = kam_structure(met([("rep", "c0")] * 4, edi), RULES)
    assert found.outcome == "integrated"
    assert any("alone" in e.title for e in found.against)
    assert_sound(found)


def test_a_meeting_of_many_runs_through_no_single_pair() -> None:
    more = row(t.ActivityContact, "p1", activity_id="t00", contact_id="c1")
    found = kam_structure(met([("rep", "c0")] * 4, more), RULES)
    assert found.values["pair_share"] == Decimal("75.0")
    assert found.values["functions_theirs"] == 2


def test_missing_functions_that_would_decide_make_it_unknown() -> None:
    people = (contact("x", function=None), contact("y", function=None))
    more = (touch("tx", TODAY, "x", "fitter"), touch("ty", TODAY, "y", "rep"))
    found = kam_structure(met([("rep", "c0")], *people, *more), RULES)
    assert found.outcome == "unknown"
    assert {question.whom for question in found.questions} == {"Rep"}
    assert_sound(found)


def test_without_touches_in_a_year_nothing_is_said() -> None:
    old = file(account(), user("rep"), contact("c"), touch("t", date(2024, 1, 1), "c", "rep"))
    found = kam_structure(old, RULES)
    assert found.outcome == "unknown"
    assert_sound(found)


@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(["rep", "fitter"]), st.sampled_from(["c0", "c1", "c2", "c3"])),
        min_size=1,
        max_size=12,
    ),
    data=st.data(),
)
def test_the_order_of_rows_does_not_matter(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    whole = met(pairs)
    shuffled = replace(
        whole,
        activities=tuple(data.draw(st.permutations(whole.activities))),
        contacts=tuple(data.draw(st.permutations(whole.contacts))),
    )
    found = kam_structure(whole, RULES)
    assert found == kam_structure(shuffled, RULES)
    share = found.values["pair_share"]
    assert (found.outcome == "basic") or share < RULES.single_thread_share
    assert_sound(found)
