"""Priorities as sentences: who does what by when, and why it comes first."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim
from assistant.drafting.brief import Brief
from assistant.insight.priorities import Priority

#: The first screen holds so many; the rest stands under the actions.
FIRST = 3


def first_priorities(brief: Brief) -> Iterator[Claim]:
    """The few things to do first, in order, then why in this order."""
    for place, priority in enumerate(brief.priorities[:FIRST], start=1):
        yield sentence(brief, priority, ordinal=place)
    yield from _why(brief)


def other_priorities(brief: Brief) -> Iterator[Claim]:
    """What follows once the first are done."""
    for priority in brief.priorities[FIRST:]:
        yield sentence(brief, priority)


def sentence(brief: Brief, priority: Priority, *, ordinal: int | None = None) -> Claim:
    """One priority; with its place in the order when it is among the first."""
    pen = brief.pen
    values = {name: value for name, value in priority.values.items() if value is not None}
    key = f"do.{priority.kind}"
    wanted = pen.placeholders(key)
    given = {name: value for name, value in values.items() if name in wanted}
    if "part" in given:
        given["part"] = pen.phrases.text(f"part.{given['part']}")
    if "share" in given:
        given["share"] = pen.percent(given["share"])
    if "subject" in given:
        given["value"] = pen.quantity(given["value"], values.get("unit"))
        given["subject"] = pen.term(str(given["subject"]))
    owner = priority.owner or brief.rep
    named = brief.named_in(" ".join([owner, *(str(value) for value in given.values())]))
    claim = pen.advice(key, *priority.evidence, *named, owner=owner, by=priority.by, **given)
    if ordinal is None:
        return claim
    lead = pen.phrases.text(f"ordinal.{ordinal}")
    return Claim(f"{lead} {claim.text}", claim.kind, claim.evidence)


def situation_sentence(brief: Brief, priority: Priority) -> Claim:
    """The critical weakness: what the most urgent priority is about, told as a state."""
    situation = priority.situation or "open_opportunity"
    return brief.pen.inference(
        "weakness.is", *priority.evidence, what=brief.pen.word(f"situation.{situation}")
    )


def _why(brief: Brief) -> Iterator[Claim]:
    """Why this before that, where the order is not self-evident."""
    first = brief.priorities[:FIRST]
    waiting = [p for p in first if p.kind in {"answer_request", "keep_promise", "close_case"}]
    rest = [p for p in brief.priorities if p not in waiting]
    if waiting and rest:
        evidence = tuple(dict.fromkeys(e for p in waiting for e in p.evidence))
        yield brief.pen.inference("why.they_wait", *evidence, account=brief.name)
