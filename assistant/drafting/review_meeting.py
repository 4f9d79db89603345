"""An account review as a meeting: last time's decisions first, questions to the rep last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.claims import Claim, Draft, Evidence, Input
from assistant.drafting.brief import Brief
from assistant.drafting.plan.summary import unknown_claims
from assistant.drafting.review import account_review
from assistant.insight.changes import Change
from assistant.insight.evidence import computed, excerpt, recorded
from assistant.insight.promises import overdue_days
from assistant.insight.staleness import next_review, review_days
from knowledge.records.tables import Commitment


def decision_status(row: Commitment, as_of: date) -> str:
    """What became of a decision: `kept`, `late`, `overdue`, `open`, or `undated`."""
    if row.done_on is not None:
        return "late" if row.due_on is not None and row.done_on > row.due_on else "kept"
    if row.due_on is None:
        return "undated"
    return "overdue" if row.due_on < as_of else "open"


def review_meeting(
    brief: Brief, changes: Sequence[Change], since: date, decided: Sequence[Commitment]
) -> Draft:
    """Write what a review meeting is held from; nothing in it has been checked yet.

    `decided` are the promises that the last meeting ended with.
    """
    review, pen = account_review(brief, changes, since), brief.pen
    return replace(
        review,
        kind="review_meeting",
        title=pen.phrases.text("meeting.title", account=brief.name),
        sections=(
            pen.section("last_promises", tuple(_decided(brief, decided))),
            *review.sections,
            *(
                pen.section(name, claims)
                for name, claims in (
                    ("ask", tuple(unknown_claims(brief))),
                    ("next", (_next(brief),)),
                )
                if claims
            ),
        ),
    )


def _decided(brief: Brief, decided: Sequence[Commitment]) -> Iterator[Claim]:
    """What became of each decision, from its record."""
    pen = brief.pen
    if not decided:
        yield pen.unknown("meeting.none")
        return
    for row in decided:
        status = decision_status(row, brief.as_of)
        told: dict[str, str | date] = {
            "owner": row.owner_name or brief.rep,
            "what": pen.quoted(row.text),
        }
        if status in {"kept", "late"} and row.done_on is not None:
            told["done"] = row.done_on
        if status in {"late", "overdue", "open"} and row.due_on is not None:
            told["due"] = row.due_on
        yield pen.fact(f"meeting.{status}", *_evidence(brief, row), **told)


def _evidence(brief: Brief, row: Commitment) -> tuple[Evidence, ...]:
    shown = [excerpt(row, "owner_name", "text", "due_on", "done_on")]
    if row.due_on is not None:
        shown.append(overdue_days(brief.file, row))
    if row.done_on is not None:
        shown.append(recorded(row, "done_on"))
    return (*shown, *(brief.named_in(brief.rep) if not row.owner_name else ()))


def _next(brief: Brief) -> Claim:
    """When the tier's cadence asks for the next review."""
    rules = brief.study.thresholds
    days = review_days(brief.file, rules)
    due = next_review(brief.file, brief.as_of, rules)
    planned = computed(
        f"next_review:{brief.file.account.id}:{brief.as_of}",
        title=f"Days between reviews of {brief.name}",
        value=days,
        unit="days",
        formula="setting",
        inputs=[
            Input("setting", days, (f"{brief.file.account.ref}#tier",), "days"),
            Input("held", brief.as_of),
            Input("next", due),
        ],
        as_of=brief.as_of,
    )
    return brief.pen.inference("meeting.next", planned, day=due, days=days)
