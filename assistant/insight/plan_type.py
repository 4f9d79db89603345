"""The type of plan an account needs: acquisition, expansion or customer success.

No revenue in twelve months: acquisition; whitespace of `expansion_room` % of the potential or
more: expansion; else customer success. The three types are common in practice; the line between
them is a default of ours.
"""

from __future__ import annotations

from assistant.claims import Evidence, Finding, Gist, Quantity, Question
from assistant.insight import buying_centre as centre
from assistant.insight.figures import bought, number
from assistant.insight.periods import window
from assistant.insight.relationship import dealings
from assistant.insight.revenue import total
from assistant.insight.whitespace import whitespace
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "plan_type"


def plan_type(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The type of plan.

    Outcome: `acquisition`, `expansion`, `customer_success`, or `unknown` where the records hold
    no revenue but also no sign that it was kept, or nothing to measure whitespace by.
    """
    room = whitespace(file, thresholds)
    bought_lately = total(file, window(file.as_of, 12), "revenue")
    outcome, evidence = _decide(file, room, bought_lately)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={"revenue": bought_lately.value, "room_percent": room.values["room_percent"]},
        evidence=evidence,
        against=_against(file, room, outcome),
        confidence=_confidence(room, outcome),
        would_change=_would_change(file, outcome, thresholds),
        thresholds={"expansion_room": thresholds.expansion_room},
        questions=_questions(file, outcome, bought_lately),
    )


def _decide(
    file: AccountFile, room: Finding, bought_lately: Evidence
) -> tuple[str, tuple[Evidence, ...]]:
    measured = tuple(e for e in room.evidence if e.ref.startswith("computed:room:"))
    if not number(bought_lately):
        kept = bool(file.revenue or file.opportunities or file.touches) or _prospect(file)
        unproven = not file.revenue and bool(dealings(file))
        known = kept and not unproven
        return ("acquisition" if known else "unknown"), (bought_lately, *measured)
    outcome = {"room": "expansion", "full": "customer_success"}.get(room.outcome, "unknown")
    return outcome, (bought_lately, *measured)


def _prospect(file: AccountFile) -> bool:
    return "prospect" in (file.account.type or "").casefold()


def _against(file: AccountFile, room: Finding, outcome: str) -> tuple[Evidence, ...]:
    """Earlier business speaks against a stranger; the room's own doubts against the rest."""
    if outcome != "acquisition":
        return room.against
    last = max(file.revenue, key=lambda row: (row.on, row.ref), default=None)
    return (bought(last, f"Bought last on {last.on}"),) if last else ()


def _confidence(room: Finding, outcome: str) -> float:
    if outcome == "unknown":
        return 0.0
    return 1.0 if outcome == "acquisition" else max(0.5, room.confidence)


def _would_change(file: AccountFile, outcome: str, thresholds: Thresholds) -> Gist | None:
    name, limit = file.account.name, Quantity(thresholds.expansion_room, "%")
    if outcome == "acquisition":
        return Gist("would_change.first_order", account=name)
    if outcome == "expansion":
        return Gist("would_change.little_room", account=name, share=limit)
    if outcome == "customer_success":
        return Gist("would_change.need", account=name, share=limit)
    return None


def _questions(file: AccountFile, outcome: str, bought_lately: Evidence) -> tuple[Question, ...]:
    if outcome != "unknown":
        return ()
    key = "estimate" if number(bought_lately) else "bought"
    asked = Gist(f"question.{key}", account=file.account.name)
    return (Question("plan_type", asked, centre.rep(file)),)
