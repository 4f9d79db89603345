"""What changed: diff(A, A) is empty, A + diff = B, each change names the line it makes false."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting import plan
from assistant.insight import changes
from assistant.insight.changes import apply, difference, snapshot
from assistant.insight.health import health
from assistant.insight.plan_quality import plan_quality
from assistant.insight.promises import promises
from assistant.insight.rhythm import rhythm
from assistant.insight.stakeholders import stakeholders
from assistant.insight.study import RULES as RULES_OF_A_STUDY
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from tests.assistant.insight.builders import (
    TODAY,
    account,
    case,
    commitment,
    contact,
    deal,
    file,
    order,
    product,
    touch,
)

RULES = Thresholds()


def taken(some: AccountFile) -> dict[str, Any]:
    rules = (stakeholders, rhythm, promises, health)
    return snapshot(some, [rule(some, RULES) for rule in rules])


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, Any]:
    keys = st.sampled_from("abc")
    days = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
    people = {k: contact(k, "decider", left_on=draw(days)) for k in draw(st.sets(keys))}
    deals = {
        k: deal(
            k,
            draw(st.sampled_from(["open", "won", "lost"])),
            closes_on=draw(days),
            amount=draw(st.one_of(st.none(), st.decimals(0, 9999, places=2))),
        )
        for k in draw(st.sets(keys))
    }
    owed = {k: commitment(k, due_on=draw(days), done_on=draw(days)) for k in draw(st.sets(keys))}
    tier = draw(st.sampled_from([None, "A", "B"]))
    talks = [touch(k, TODAY - timedelta(days=draw(st.integers(0, 400))), k) for k in people]
    rows = [*people.values(), *deals.values(), *owed.values(), *talks]
    return taken(file(account(tier=tier), *rows))


@given(snapshots())
def test_a_snapshot_does_not_differ_from_itself_and_survives_json(one: dict[str, Any]) -> None:
    kept = json.loads(json.dumps(one))
    assert kept == one
    assert difference(one, kept) == ()


@given(snapshots(), snapshots())
def test_a_snapshot_with_its_changes_is_the_later_one(
    earlier: dict[str, Any], later: dict[str, Any]
) -> None:
    before = json.dumps(earlier)
    found = difference(earlier, later)
    assert apply(earlier, found) == later
    assert json.dumps(earlier) == before
    assert all(change.plan_line.section and change.subject for change in found)


ELISE = contact("elise", "champion", name="Elise Vandamme")
TANK = deal("tank", name="Tank farm", closes_on=date(2026, 11, 27), amount=Decimal("420000.00"))


def only(before: AccountFile, after: AccountFile) -> list[Any]:
    return list(difference(snapshot(before, []), snapshot(after, [])))


def test_somebody_left_and_the_line_that_named_her_is_false() -> None:
    gone = contact("elise", "champion", name="Elise Vandamme", left_on=date(2026, 3, 13))
    (change,) = only(file(ELISE), file(gone))
    assert (change.type, change.subject, change.after) == (
        "person_left",
        "Elise Vandamme",
        "2026-03-13",
    )
    line = change.plan_line
    assert (line.section, line.subject, line.field, line.said) == (
        "stakeholders",
        "Elise Vandamme",
        "left_on",
        None,
    )


@pytest.mark.parametrize(
    ("fields", "types"),
    [
        ({"status": "lost"}, ["deal_lost"]),
        ({"status": "won"}, ["deal_won"]),
        ({"closes_on": date(2027, 2, 1)}, ["deal_moved"]),
        ({"amount": Decimal(400000)}, ["deal_amount_changed"]),
        ({"amount": Decimal("420000.0")}, []),
        ({"meddpicc_champion": "Ines Baert"}, ["deal_changed"]),
    ],
)
def test_deals_change_by_type(fields: dict[str, Any], types: list[str]) -> None:
    given_fields = {"name": "Tank farm", "closes_on": TANK.closes_on, "amount": TANK.amount}
    later = deal("tank", **{"status": "open", **given_fields, **fields})
    assert [change.type for change in only(file(TANK), file(later))] == types


def test_a_promise_falls_due_and_is_done() -> None:
    promise = commitment("p", due_on=date(2026, 9, 25))
    before, after = file(promise, as_of=date(2026, 9, 20)), file(promise, as_of=TODAY)
    assert [change.type for change in only(before, after)] == ["commitment_fell_due"]
    done = file(commitment("p", due_on=date(2026, 9, 25), done_on=TODAY))
    assert {change.type for change in only(after, done)} == {
        "commitment_done",
        "commitment_changed",
    }


def test_who_and_what_is_new() -> None:
    before = file(ELISE)
    rows = (contact("ines", name="Ines Baert"), TANK, commitment("p"), case("c", TODAY))
    bought = order("o", TODAY, 5, product_id="sl")
    after = file(ELISE, *rows, bought, product("sl", name="SL-45"))
    kinds = {change.type: change.subject for change in only(before, after)}
    assert kinds == {
        "person_joined": "Ines Baert",
        "deal_opened": "Tank farm",
        "commitment_made": "promise p",
        "case_opened": "Case c",
        "product_new": "SL-45",
    }


def test_a_changed_tier_and_a_changed_conclusion_name_their_sections() -> None:
    silent = file(account(tier="A"), ELISE)
    spoken = replace(silent, activities=(touch("t", TODAY, "elise"),), account=account(tier="B"))
    found = {c.type: c for c in difference(taken(silent), taken(spoken)) if c.key != "health"}
    assert found["tier_changed"].plan_line.section == "portfolio"
    concluded = found["conclusion_changed"]
    assert (concluded.key, concluded.before, concluded.after) == ("rhythm", "unknown", "steady")


def test_a_stance_that_nobody_dated_is_not_kept() -> None:
    guessed = contact("elise", "champion", name="Elise Vandamme", stance="supporter")
    assert only(file(ELISE), file(guessed)) == []


def test_every_section_a_change_names_is_one_of_the_plan() -> None:
    named = {*changes.SECTIONS.values(), *changes.FIELD_SECTIONS.values(), changes.ELSEWHERE}
    named |= {*changes.RULE_SECTIONS.values()}
    quality = plan_quality(file(), RULES).values["elements"]
    assert named | {element.section for element in quality} <= set(plan.SECTIONS)


def test_every_rule_has_a_section() -> None:
    assert set(RULES_OF_A_STUDY) <= set(changes.RULE_SECTIONS)


def test_what_only_the_calendar_moved_is_no_change() -> None:
    some = file(ELISE, touch("t", date(2026, 9, 20), "elise"))
    assert difference(taken(some), taken(replace(some, as_of=TODAY + timedelta(days=1)))) == ()
