"""MEDDPICC: an element counts only with a citation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.insight.meddpicc import meddpicc
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import (
    TODAY,
    account,
    competitor,
    contact,
    deal,
    file,
    touch,
    user,
)
from tests.assistant.insight.soundness import assert_sound
from tests.assistant.insight.telling import asked

RULES = Thresholds()
FULL: dict[str, Any] = {
    "meddpicc_metrics": "131.5 kWh per tonne against 138.2",
    "meddpicc_economic_buyer": "Henrik Dalgaard",
    "meddpicc_decision_criteria": "Energy per tonne",
    "meddpicc_decision_process": "Katrin recommends, Henrik signs",
    "meddpicc_paper_process": "Group legal",
    "meddpicc_pain": "121 kWh by 2027",
    "meddpicc_champion": "Mette Kjærgaard",
    "meddpicc_competition": "Hydrax, free audit",
}
PEOPLE = (
    contact("henrik", "decider", name="Henrik Dalgaard"),
    contact("mette", "champion", name="Mette Kjærgaard"),
    touch("t1", date(2025, 11, 18), "henrik"),
    competitor("hydrax"),
)


def test_a_deal_with_eight_citations_is_complete() -> None:
    found = meddpicc(file(*PEOPLE, deal("retrofit", competitor_id="hydrax", **FULL)), RULES)
    (retrofit,) = found.values["deals"]
    assert found.outcome == "complete"
    assert retrofit.count.value == 8
    assert {element.words for element in retrofit.filled} == set(FULL.values())
    assert_sound(found)


@pytest.mark.parametrize(
    "words",
    [None, "", " ? ", "tbd", "T.B.D.", "n/a", "-", "unknown", "Unknown who votes.", "offen"],
)
def test_a_field_that_says_nothing_does_not_count(words: str | None) -> None:
    found = meddpicc(file(*PEOPLE, deal("d", **{**FULL, "meddpicc_pain": words})), RULES)
    (gap,) = found.values["deals"][0].gaps
    assert (gap.name, gap.why) == ("pain", "blank")


def test_a_champion_who_has_left_is_a_contradiction() -> None:
    gone = contact("mette", name="Mette Kjærgaard", left_on=date(2026, 3, 13))
    found = meddpicc(file(PEOPLE[0], gone, PEOPLE[2], deal("d", **FULL)), RULES)
    (refuted,) = found.values["deals"][0].contradictions
    assert found.outcome == "contradicted"
    assert (refuted.name, refuted.why, refuted.who) == ("champion", "left", "Mette Kjærgaard")
    assert any(evidence.ref.endswith("#left_on") for evidence in found.against)


def test_a_champion_whom_a_person_called_an_opponent_is_a_contradiction() -> None:
    against = contact(
        "mette",
        name="Mette Kjærgaard",
        stance="opponent",
        assessed_by="Daniel",
        assessed_on=TODAY,
    )
    found = meddpicc(file(PEOPLE[0], against, PEOPLE[2], deal("d", **FULL)), RULES)
    assert [e.why for e in found.values["deals"][0].contradictions] == ["opponent"]


def test_an_economic_buyer_nobody_has_met_is_a_gap() -> None:
    unmet = contact("birgit", "decider", name="Birgit Aagaard")
    named = {**FULL, "meddpicc_economic_buyer": "Birgit Aagaard (CFO), never met."}
    found = meddpicc(file(*PEOPLE, unmet, deal("d", **named)), RULES)
    (gap,) = found.values["deals"][0].gaps
    assert (gap.why, gap.who) == ("never_met", "Birgit Aagaard")
    assert "Who can release the money" in asked(found)[0]
    assert found.questions[0].whom == "Mette Kjærgaard"


def test_a_name_that_is_no_contact_is_a_gap_unless_no_contact_is_known_at_all() -> None:
    named = {**FULL, "meddpicc_champion": "Somebody Else"}
    with_contacts = meddpicc(file(*PEOPLE, deal("d", **named)), RULES)
    without = meddpicc(file(deal("d", **named)), RULES)
    assert [e.why for e in with_contacts.values["deals"][0].gaps] == ["not_a_contact"]
    assert without.outcome == "complete"


def test_two_different_rivals_contradict_each_other() -> None:
    rows = (*PEOPLE, competitor("sander"), deal("d", competitor_id="sander", **FULL))
    assert meddpicc(file(*rows), RULES).outcome == "contradicted"


def test_a_recorded_rival_stands_in_for_a_blank_field() -> None:
    blank: dict[str, Any] = {**FULL, "meddpicc_competition": None}
    found = meddpicc(file(*PEOPLE, deal("d", competitor_id="hydrax", **blank)), RULES)
    assert found.outcome == "complete"


def test_a_deal_of_which_nothing_is_known_is_unknown_and_asks_the_owner() -> None:
    daniel = user("daniel", name="Daniel Reyes")
    found = meddpicc(file(account(owner_id="daniel"), daniel, deal("d")), RULES)
    assert found.outcome == "unknown"
    assert {question.whom for question in found.questions} == {"Daniel Reyes"}
    assert len(found.questions) == 8


def test_closed_deals_are_not_asked_about() -> None:
    assert meddpicc(file(deal("d", "won"), deal("e", "lost")), RULES).outcome == "none"


def test_the_next_deal_to_close_comes_first() -> None:
    later = deal("a", closes_on=date(2027, 1, 1))
    sooner = deal("b", closes_on=date(2026, 11, 1))
    found = meddpicc(file(later, deal("c"), sooner), RULES)
    assert [one.deal_id for one in found.values["deals"]] == ["b", "a", "c"]
