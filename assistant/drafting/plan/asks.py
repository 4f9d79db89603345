"""What the plan asks of others in our house: marketing, service, product, management."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim, Evidence
from assistant.drafting.brief import Brief
from assistant.drafting.pen import Told
from assistant.insight.evidence import recorded
from assistant.insight.promises import overdue_days
from knowledge.records.tables import Commitment

_MOST = 8


def ask_claims(brief: Brief) -> Iterator[Claim]:
    """The open asks, those due first at the top; undated ones last."""
    asks = [row for row in brief.file.commitments if row.type == "ask" and not row.done_on]
    for row in sorted(asks, key=lambda row: (str(row.due_on or "9999"), row.id))[:_MOST]:
        yield _ask(brief, row)


def _ask(brief: Brief, row: Commitment) -> Claim:
    evidence: list[Evidence] = [recorded(row, "text"), recorded(row, "side")]
    values: dict[str, Told] = {
        "target": brief.pen.phrases.texts.get(f"asked.{row.side}", row.side),
        "what": row.text.rstrip("."),
    }
    late = row.due_on is not None and row.due_on < brief.as_of
    key = "asked.overdue" if late else "asked.due" if row.due_on else "asked.undated"
    if row.due_on is not None:
        evidence += [recorded(row, "due_on"), overdue_days(brief.file, row)]
        values["due"] = row.due_on
    return brief.pen.fact(key, *evidence, **values)
