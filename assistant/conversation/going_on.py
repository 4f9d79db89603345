"""Going on: what a thread is about after a question, and what is natural to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.conversation.found import Found
from assistant.conversation.matter import Matter
from assistant.conversation.understanding import SMALL_TALK, Focus, Inquiry

_NEXT: Mapping[str, tuple[str, ...]] = {
    "revenue": ("revenue", "deals"),
    "deals": ("deals", "people"),
    "decider": ("people", "promises"),
    "promises": ("promises", "deals"),
}


def follow_ups(matter: Matter, name: str | None) -> tuple[str, ...]:
    """Questions that are natural to ask next, about the account of that name if there is one."""
    if name is None:
        return (matter.voice.say("follow.portfolio"),) if matter.viewer.role != "outsider" else ()
    keys = _NEXT.get(matter.inquiry.intent or "", ("deals", "general"))
    return tuple(matter.voice.say(f"follow.{key}", account=name) for key in keys)


def moved(focus: Focus, inquiry: Inquiry, found: Found) -> Focus:
    """What the thread is about after a question."""
    if inquiry.intent in {*SMALL_TALK, "why", "source"}:
        return replace(focus, language=inquiry.language)
    if found.no is not None and not inquiry.accounts:
        return replace(focus, language=inquiry.language)
    kept = inquiry.accounts or focus.accounts
    same = set(kept) == set(focus.accounts)
    return Focus(
        accounts=kept,
        person=inquiry.person.id if inquiry.person else (focus.person if same else None),
        deal=inquiry.deal.id if inquiry.deal else (focus.deal if same else None),
        period=inquiry.period
        or (focus.period if same and inquiry.intent == focus.intent else None),
        intent=inquiry.intent if found.claims else focus.intent,
        asked=inquiry.text if found.claims else focus.asked,
        language=inquiry.language,
    )
