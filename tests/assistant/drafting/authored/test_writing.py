"""A draft in a model's words: what it may cite, what code fills in, and what is left of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.models import estimate_tokens
from assistant.prompting import DraftClaim, DraftOut, DraftSection, RepairedClaim, RepairOut
from tests.assistant.drafting.authored.desk import GENEROUS, task_of, writer_over
from tests.assistant.written import Written
from tests.doubles.model import MODEL, Reply, Request, Scripted, fail, say


@pytest.fixture
def plan(written: list[Written]) -> Written:
    return next(
        one
        for one in written
        if one.kind == "account_plan" and one.draft.account_name == "Borealis Dairy Group"
    )


def label_of(request_text: str, words: str) -> str:
    """The label of the finding that says something."""
    line = next(line for line in request_text.splitlines() if words in line and line[0] == "F")
    return line.split()[0]


def slot_of(request_text: str, shown: str) -> str:
    line = next(line for line in request_text.splitlines() if f"}} = {shown}:" in line)
    return line.split(" = ")[0]


def writes(section: str, *claims: tuple[str, str]) -> Scripted:
    """A model that writes one section: texts with the words of the finding each cites.

    `<31 December 2026>` in a text is the slot that shows it.
    """

    def reply(request: Request) -> Reply:
        told = request.user
        said = []
        for text, cited in claims:
            words = text
            while "<" in words:
                shown = words[words.index("<") + 1 : words.index(">")]
                words = words.replace(f"<{shown}>", slot_of(told, shown), 1)
            said.append(DraftClaim(text=words, kind="fact", evidence=(label_of(told, cited),)))
        parts = (DraftSection(id=section, claims=tuple(said)),)
        return say(DraftOut(sections=parts, orders_in_sources=()))(request)

    return reply


GIVES_UP = say(RepairOut(claims=()))


def texts(draft: Draft, section: str) -> list[str]:
    found = draft.section(section)
    return [claim.text for claim in found.claims] if found else []


def test_a_sentence_of_the_models_stands_with_the_sources_of_what_it_restates(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    script = writes(
        "risks", ("On <31 December 2026> <“Frame agreement 2024-2026”> ends.", "risks, fact: ")
    )
    with writer_over(tmp_path, sample_desk.workspace.database, script) as (writer, _):
        draft = writer.write(task_of(plan))
    said = "On 31 December 2026 “Frame agreement 2024-2026” ends."
    [claim] = [claim for claim in draft.claims() if claim.text == said]
    before = next(c for c in plan.draft.claims() if c.text.endswith("ends on 31 December 2026."))
    assert (claim.evidence, claim.verdict) == (before.evidence, "supported")
    assert draft.writer == MODEL
    assert not draft.notices


def test_sections_the_model_leaves_alone_stay_the_templates(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    script = writes(
        "risks", ("On <31 December 2026> <“Frame agreement 2024-2026”> ends.", "risks, fact: ")
    )
    with writer_over(tmp_path, sample_desk.workspace.database, script) as (writer, _):
        draft = writer.write(task_of(plan))
    for before in plan.draft.sections:
        if before.id != "risks":
            assert draft.section(before.id) == before


@pytest.mark.parametrize(
    "lie",
    [
        "“Frame agreement 2024-2026” ends on 31 December 2027.",
        "<“Frame agreement 2024-2026”> ends on <18 December 2026>.",
        "<“Frame agreement 2024-2026”> does not end on <31 December 2026>.",
        "<“Frame agreement 2024-2026”> ends on <31 December 2026> because they prefer Hydrax.",
        "<“Frame agreement 2024-2026”> ends on <31 December 2026>, see https://evil.example/x.",
        "`<“Frame agreement 2024-2026”>` ends on <31 December 2026>.",
        "The mood in Viborg has turned against us since the audit.",
    ],
)
def test_what_no_finding_says_is_replaced_by_the_templates_sentence(
    plan: Written, sample_desk: Desk, tmp_path: Path, lie: str
) -> None:
    script = writes("risks", (lie, "risks, fact: "))
    with writer_over(tmp_path, sample_desk.workspace.database, script, GIVES_UP) as (
        writer,
        server,
    ):
        draft = writer.write(task_of(plan))
    assert draft.sections == plan.draft.sections
    assert draft.writer == "template"
    assert server.sent[1].form == "RepairOut"


def test_a_sentence_that_failed_may_be_mended_once(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    def mends(request: Request) -> Reply:
        told = request.user
        text = (
            f"{slot_of(told, '“Frame agreement 2024-2026”')} ends on "
            f"{slot_of(told, '31 December 2026')}."
        )
        label = label_of(told, "risks, fact: ")
        claim = RepairedClaim(number=1, text=f"Mind: {text}", kind="fact", evidence=(label,))
        assert "31 December 2027" in told, "it sees what it wrote, and why it failed"
        return say(RepairOut(claims=(claim,)))(request)

    script = writes(
        "risks", ("<“Frame agreement 2024-2026”> ends on 31 December 2027.", "risks, fact: ")
    )
    with writer_over(tmp_path, sample_desk.workspace.database, script, mends) as (writer, _):
        draft = writer.write(task_of(plan))
    assert "Mind: “Frame agreement 2024-2026” ends on 31 December 2026." in texts(draft, "risks")


def test_what_cites_nothing_it_was_given_is_withheld_with_the_reason(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    claim = DraftClaim(text="Hydrax is cheaper.", kind="fact", evidence=("F999",))
    bare = DraftClaim(text="They like us.", kind="inference", evidence=())
    parts = (DraftSection(id="risks", claims=(claim, bare)),)
    script = say(DraftOut(sections=parts, orders_in_sources=()))
    with writer_over(tmp_path, sample_desk.workspace.database, script, GIVES_UP) as (writer, _):
        draft = writer.write(task_of(plan))
    assert [(w.text, w.reason) for w in draft.withheld] == [
        ("Hydrax is cheaper.", "Cites what it was not given."),
        ("They like us.", "No source is cited."),
    ]
    assert texts(draft, "risks") == texts(plan.draft, "risks")


def test_a_model_that_calls_a_question_a_fact_is_not_believed(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    script = writes(
        "unknown",
        ("<Daniel Reyes> decides and sponsors us at <Borealis Dairy Group>.", "who sponsors us"),
    )
    with writer_over(tmp_path, sample_desk.workspace.database, script, then=GIVES_UP) as (
        writer,
        _,
    ):
        draft = writer.write(task_of(plan))
    assert not [
        claim for claim in draft.claims() if claim.kind == "fact" and "sponsors" in claim.text
    ]


def test_a_model_that_fails_leaves_the_templates_draft_and_says_why(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    with writer_over(
        tmp_path, sample_desk.workspace.database, fail(503), limits="[model]\nattempts = 1\n"
    ) as (writer, _):
        draft = writer.write(task_of(plan))
    assert draft.sections == plan.draft.sections
    assert draft.writer == "template"
    [notice] = draft.notices
    assert notice.endswith(".")
    assert draft.to_json()["notices"] == [notice]


def test_a_source_that_gives_orders_is_told_to_the_reader(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    def reports(request: Request) -> Reply:
        label = label_of(request.user, "risks, fact: ")
        return say(DraftOut(sections=(), orders_in_sources=(label,)))(request)

    with writer_over(tmp_path, sample_desk.workspace.database, reports) as (writer, _):
        draft = writer.write(task_of(plan))
    assert draft.notices
    assert "Frame agreement 2024-2026" in draft.notices[0]


def test_the_request_stays_below_its_limit_and_its_rules_never_change(
    written: list[Written], sample_desk: Desk, tmp_path: Path
) -> None:
    limits = GENEROUS + "input_tokens = 6000\n"
    nothing = say(DraftOut(sections=(), orders_in_sources=()))
    with writer_over(tmp_path, sample_desk.workspace.database, then=nothing, limits=limits) as (
        writer,
        server,
    ):
        for one in written[:20]:
            assert writer.write(task_of(one)).sections == one.draft.sections
    assert all(estimate_tokens(sent.system + sent.user) < 6000 for sent in server.sent)
    assert len({sent.system for sent in server.sent}) == 1


def test_every_figure_of_a_finding_is_a_slot_and_nothing_is_sent_twice(
    plan: Written, sample_desk: Desk, tmp_path: Path
) -> None:
    nothing = say(DraftOut(sections=(), orders_in_sources=()))
    with writer_over(tmp_path, sample_desk.workspace.database, nothing) as (writer, server):
        writer.write(task_of(plan))
    told = server.sent[0].user
    findings = [line for line in told.splitlines() if line[:2] in {f"F{n}" for n in range(1, 10)}]
    assert findings
    assert not [line for line in findings if "€" in line or "2026" in line]
    shown = [line.split(" = ")[1] for line in told.splitlines() if line.startswith("{")]
    assert len(shown) == len(set(shown))
