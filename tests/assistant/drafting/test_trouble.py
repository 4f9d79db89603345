"""A customer who may be insolvent: finance first, and not a word about growth."""

from __future__ import annotations

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from knowledge.records import Viewer

NAME = "Sablon Textiles"
EVERYBODY = Viewer.operator()


def said(draft: Draft, section: str) -> list[str]:
    found = draft.section(section)
    return [claim.text for claim in found.claims] if found else []


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_the_plan_of_a_customer_under_court_protection_begins_with_it(
    sample_desk: Desk, language: str
) -> None:
    plan = sample_desk.plan(EVERYBODY, NAME, sample_desk.day(None), language)
    told = " ".join(said(plan, "summary"))
    assert "Court protection since 2026-02-16; pays in advance" in told
    assert "The court decides on the plan on 12 November" in told
    assert not plan.withheld


def test_finance_is_asked_first_and_growth_is_not_advised(sample_desk: Desk) -> None:
    plan = sample_desk.plan(EVERYBODY, NAME, sample_desk.day(None))
    summary = said(plan, "summary")
    assert summary[0].startswith("Decision: secure what is owed.")
    first = next(text for text in summary if text.startswith("First:"))
    assert "Daniel Reyes asks finance by 7 October 2026" in first
    assert any(text.startswith("Stop pushing volume") for text in summary)
    assert said(plan, "objectives")[0].startswith(
        "What Sablon Textiles owes us: from not on record"
    )
    assert said(plan, "risks")[0].startswith("What may still be owed: orders of")
    advised = " ".join([*said(plan, "invest"), *said(plan, "objectives")])
    assert "Invest" not in advised
    assert "is left there" not in advised
    quoted = [e.ref for claim in plan.claims() for e in claim.evidence if "playbook:" in e.ref]
    assert quoted[0].startswith("playbook:standing-by@")
    assert not any("playbook:whitespace" in ref for ref in quoted)


def test_nobody_else_of_the_sample_is_said_to_be_insolvent(sample_desk: Desk) -> None:
    day = sample_desk.day(None)
    doubtful = {
        line.name
        for line in sample_desk.accounts(EVERYBODY, day)
        if sample_desk.office.brief(EVERYBODY, line.id, day).in_trouble
    }
    assert doubtful == {NAME}


def test_a_decline_leads_the_plan_with_a_question_in_person(sample_desk: Desk) -> None:
    plan = sample_desk.plan(EVERYBODY, "Borealis Cheese", sample_desk.day(None))
    summary = said(plan, "summary")
    first = next(text for text in summary if text.startswith("First:"))
    assert "asks" in first
    assert "in person by 7 October 2026 what has changed" in first
    assert "settle what is owed" not in summary[0]
