"""What every draft of the sample keeps to: its shape, its citations, its tact."""

import re
from dataclasses import replace
from typing import Any

import pytest

from assistant.claims import Claim, Draft
from assistant.drafting import revise
from assistant.drafting.as_told import as_told
from assistant.drafting.value import is_specific
from tests.assistant.written import Written

SHAPE = {
    *("kind", "title", "account", "as_of", "language", "writer"),
    *("sections", "sources", "withheld", "notices"),
}
SOURCE = {"id", "type", "ref", "title", "date", "quote", "formula", "inputs"}


def of_kind(written: list[Written], kind: str) -> list[Written]:
    return [one for one in written if one.kind == kind]


def test_every_draft_has_the_shape_of_the_contract(written: list[Written]) -> None:
    assert {one.kind for one in written} == {
        *("account_plan", "value_proposition", "follow_up", "account_review")
    }
    for one in written:
        told = one.draft.to_json()
        assert set(told) == SHAPE
        assert told["account"] == {"id": one.draft.account_id, "name": one.draft.account_name}
        assert [source["id"] for source in told["sources"]] == [
            f"S{number}" for number in range(1, len(told["sources"]) + 1)
        ]
        assert all(set(source) == SOURCE for source in told["sources"])


def test_sources_are_numbered_in_the_order_they_are_first_cited(written: list[Written]) -> None:
    for one in written:
        claims = [claim for part in one.draft.to_json()["sections"] for claim in part["claims"]]
        cited = list(dict.fromkeys(label for claim in claims for label in claim["citations"]))
        assert cited == [f"S{number}" for number in range(1, len(cited) + 1)]


def test_every_fact_and_inference_is_cited_and_supported(written: list[Written]) -> None:
    stated = [claim for one in written for claim in one.stated()]
    assert len(stated) > 1500
    assert all(claim.evidence and claim.verdict == "supported" for claim in stated)
    assert all(ref for claim in stated for e in claim.evidence for ref in (e.ref, e.title))


def test_a_follow_up_never_quotes_what_was_noted_for_ourselves(written: list[Written]) -> None:
    for one in of_kind(written, "follow_up"):
        told = _words(one.draft)
        for touch in one.brief.file.activities:
            assert not _runs(touch.body or "", 7) & _runs(told, 7) - _agreed_runs(one)
        cited = [ref for claim in one.draft.claims() for e in claim.evidence for ref in e.refs]
        assert not [ref for ref in cited if ref.startswith("activity:") and "body" in ref]


def _words(draft: Draft) -> str:
    message = draft.section("message")
    return " ".join(claim.text for claim in message.claims) if message else ""


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _agreed_runs(one: Written) -> set[tuple[str, ...]]:
    """What was agreed may be written to them, wherever else it was noted too."""
    return {run for row in one.brief.file.commitments for run in _runs(row.text or "", 7)}


def test_a_follow_up_promises_nothing_that_is_no_commitment(written: list[Written]) -> None:
    for one in of_kind(written, "follow_up"):
        message = one.draft.section("message")
        for claim in message.claims if message else ():
            kinds = {ref.split(":")[0] for e in claim.evidence for ref in e.refs}
            assert kinds <= {"commitment", "contact", "user", "activity"}, claim.text
            if kinds == {"commitment"}:
                rows = [row for row in one.brief.file.commitments if _open(row)]
                told = [as_told(one.brief.file, row) for row in rows]
                assert all(words in row.text for words, row in zip(told, rows, strict=True))
                assert any(text in claim.text for text in told), claim.text


def _open(row: Any) -> bool:
    return row.done_on is None


def test_what_exceeds_the_policy_is_marked_and_told_to_no_customer(written: list[Written]) -> None:
    marked = 0
    for one in of_kind(written, "account_plan"):
        approvals = one.draft.section("approvals")
        told = [e.ref for claim in approvals.claims for e in claim.evidence] if approvals else []
        for ruling in one.brief.study["policy"].values["rulings"]:
            if ruling.status in {"needs_approval", "pending", "forbidden", "expired"}:
                deal = ruling.request.deal
                place = deal.ref if deal else ruling.request.evidence.ref
                assert any(ref.startswith(place.split("#")[0]) for ref in told), ruling
                marked += 1
    assert marked
    for one in of_kind(written, "follow_up"):
        read = [part for part in one.draft.sections if part.id in {"subject", "message"}]
        claims = [claim for part in read for claim in part.claims]
        refs = {e.ref for claim in claims for e in claim.evidence}
        assert not [ref for ref in refs if "discount" in ref or ref.startswith("approval:")]
        assert not [claim.text for claim in claims if "committee" in claim.text.lower()]


def test_a_proposition_about_another_customer_is_false(written: list[Written]) -> None:
    propositions = of_kind(written, "value_proposition")
    swapped = 0
    for one, other in zip(propositions, reversed(propositions), strict=True):
        differences = one.draft.section("differences")
        if one.accounts & other.accounts or differences is None:
            continue
        name, theirs = one.draft.account_name, other.draft.account_name
        moved = [
            replace(claim, text=claim.text.replace(name, theirs))
            for claim in differences.claims
            if claim.kind != "unknown" and name in claim.text
        ]
        assert all(judged.faults for judged in other.judge(moved)), theirs
        swapped += len(moved)
    assert swapped > 20


def test_a_difference_without_a_figure_of_theirs_is_no_proposition(written: list[Written]) -> None:
    shown = 0
    for one in of_kind(written, "value_proposition"):
        section = one.draft.section("differences")
        claims = section.claims if section else ()
        assert is_specific(claims) or all(claim.kind == "unknown" for claim in claims)
        shown += is_specific(claims)
    assert shown > 5
    assert not is_specific([Claim("We are the leading supplier of hygienic pumps.", "inference")])


@pytest.mark.parametrize("instruction", ["shorter", "only 1", "without 2", "for the customer"])
def test_a_revision_keeps_every_citation(written: list[Written], instruction: str) -> None:
    for one in of_kind(written, "account_plan")[:6]:
        revised = revise(one.draft, instruction)
        before = {claim.text: claim for claim in one.draft.claims()}
        assert all(before[claim.text] == claim for claim in revised.claims())
        assert list(revised.sources.values()) == [
            f"S{number}" for number in range(1, len(revised.sources) + 1)
        ]
