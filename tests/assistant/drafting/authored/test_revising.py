"""A draft changed in its thread: only what was asked, and never what a person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.drafting import in_own_words, revise
from assistant.drafting.authored import revised
from assistant.drafting.stored import restored, stored
from assistant.errors import BadInstruction
from assistant.prompting import DraftClaim, DraftOut, DraftSection
from knowledge.records import Viewer
from tests.assistant.drafting.authored.desk import task_of, writer_over
from tests.assistant.written import Written
from tests.doubles.model import MODEL, Reply, Request, Scripted, fail, say

MINE = "I spoke to Katrin on the phone: she will not move on price."


@pytest.fixture
def plan(written: list[Written]) -> Written:
    return next(
        one
        for one in written
        if one.kind == "account_plan" and one.draft.account_name == "Borealis Dairy Group"
    )


def with_mine(draft: Draft) -> Draft:
    """The rep added a sentence to the risks."""
    risks = draft.section("risks")
    assert risks is not None
    text = "\n".join([risks.claims[0].text, MINE, *(c.text for c in risks.claims[1:])])
    return in_own_words(draft, "risks", text, "Nadia Brandt")


def keeps(section: str, *words: str) -> Scripted:
    """A model that returns a section with only those findings that hold some words."""

    def reply(request: Request) -> Reply:
        claims = []
        for line in request.user.splitlines():
            found = line.removeprefix("- ")
            label, _, text = found.partition(": ")
            if label[:1] == "F" and any(word in text for word in words):
                name, _, kind = label.replace(f" {section}", "").partition(", ")
                claims.append(DraftClaim(text=text, kind=kind, evidence=(name,)))
        parts = (DraftSection(id=section, claims=tuple(claims)),)
        return say(DraftOut(sections=parts, orders_in_sources=()))(request)

    return reply


def test_only_the_section_that_was_to_change_changes(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    script = keeps("risks", "} ends on")
    with writer_over(tmp_path, sample_desk.workspace.database, script) as (writer, server):
        after = revised(writer, task_of(plan), "more blunt about the contract")
    assert "more blunt about the contract" in server.sent[0].user
    risks = plan.draft.section("risks")
    assert risks is not None
    changed = after.section("risks")
    assert changed is not None
    assert changed.claims == risks.claims[:1], "the sentence that stays keeps words and citation"
    others = [part for part in plan.draft.sections if part.id != "risks"]
    assert [part for part in after.sections if part.id != "risks"] == others
    assert after.writer == MODEL


def test_what_the_rep_wrote_stays_whatever_the_model_does_around_it(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    edited = with_mine(plan.draft)
    [mine] = [claim for claim in edited.claims() if claim.author]
    assert (mine.text, mine.verdict, mine.evidence) == (MINE, "not_checked", ())
    nothing = say(DraftOut(sections=(DraftSection(id="risks", claims=()),), orders_in_sources=()))
    task = task_of(plan, edited)
    with writer_over(tmp_path, sample_desk.workspace.database, nothing) as (writer, server):
        after = revised(writer, task, "drop the risks")
    assert f"the colleague's own: {MINE}" in server.sent[0].user
    risks = after.section("risks")
    assert risks is not None
    assert risks.claims == (mine,)


def test_the_rules_keep_what_the_rep_wrote_too(plan: Written) -> None:
    edited = with_mine(plan.draft)
    assert MINE in [claim.text for claim in revise(edited, "shorter").claims()]
    assert MINE in [claim.text for claim in revise(edited, "without summary").claims()]
    assert MINE not in [claim.text for claim in revise(edited, "without risks").claims()]


def test_a_kept_draft_comes_back_with_the_reps_sentence_as_theirs(plan: Written) -> None:
    edited = with_mine(plan.draft)
    assert restored(stored(edited)) == edited
    told = edited.to_json()
    [mine] = [c for part in told["sections"] for c in part["claims"] if c.get("author")]
    assert mine == {
        "text": MINE,
        "kind": "fact",
        "citations": [],
        "verdict": "not_checked",
        "author": "Nadia Brandt",
    }


def test_the_check_leaves_the_reps_sentence_alone(plan: Written, sample_desk: Desk) -> None:
    edited = with_mine(plan.draft)
    again = sample_desk.office.checked(Viewer.operator(), plan.brief, edited)
    assert [claim.text for claim in again.claims()] == [claim.text for claim in edited.claims()]


def test_a_risk_is_added_from_what_the_whole_plan_knows(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    short = revise(plan.draft, "only summary")
    script = keeps("competition", "would most likely take")
    task = task_of(plan, short)
    with writer_over(tmp_path, sample_desk.workspace.database, script) as (writer, _):
        after = revised(writer, task, "add the competitor risk", plan.draft.sections)
    assert [part.id for part in after.sections] == ["summary", "competition"]
    assert after.sections[0] == short.sections[0]
    [claim] = after.sections[1].claims
    assert claim in list(plan.draft.claims())


def test_a_model_that_fails_changes_nothing_and_says_so(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    limits = "[model]\nattempts = 1\n"
    with writer_over(tmp_path, sample_desk.workspace.database, fail(500), limits=limits) as (
        writer,
        _,
    ):
        after = revised(writer, task_of(plan), "more blunt")
    assert after.sections == plan.draft.sections
    assert len(after.notices) == 2


@pytest.mark.parametrize("instruction", ["kürzer", "короче", "Shorter.", "add risks"])
def test_without_a_model_the_desk_does_what_rules_can(
    sample_desk: Desk, plan: Written, instruction: str
) -> None:
    short = revise(plan.draft, "only summary")
    after = sample_desk.revise(Viewer.operator(), short, instruction)
    known = list(plan.draft.claims())
    assert all(claim in known for claim in after.claims())
    assert ("risks" in [part.id for part in after.sections]) == (instruction == "add risks")


def test_without_a_model_the_desk_says_what_can_be_asked(sample_desk: Desk, plan: Written) -> None:
    with pytest.raises(BadInstruction, match="add SECTION"):
        sample_desk.revise(Viewer.operator(), plan.draft, "make it sound like Hemingway")


def test_a_draft_revised_by_somebody_else_loses_what_they_may_not_see(
    sample_desk: Desk, plan: Written
) -> None:
    after = sample_desk.revise(Viewer.outsider(), plan.draft, "shorter")
    refs = [ref for claim in after.claims() for e in claim.evidence for ref in e.refs]
    assert all(ref.startswith("playbook:") for ref in refs)
    assert len(after.withheld) > 30
