"""Going on: what a thread is about after a question, and what is natural to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.conversation.found import Found
from assistant.conversation.matter import Matter
from assistant.conversation.understanding import SMALL_TALK, Focus, Inquiry
from knowledge.records.references import source_of
from knowledge.records.roster import Named

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


def moved(focus: Focus, matter: Matter, found: Found) -> Focus:
    """What the thread is about after a question."""
    inquiry = matter.inquiry
    pending = found.no.pending if found.no else None
    focus = replace(focus, language=inquiry.language, pending=pending)
    if inquiry.intent in {*SMALL_TALK, "why", "source"}:
        return focus
    if found.no is not None and not inquiry.accounts:
        return focus
    inquiry = _told_of(matter, found)
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
        pending=pending,
    )


def _told_of(matter: Matter, found: Found) -> Inquiry:
    """A question about all accounts whose answer came down to one account, or to one deal."""
    inquiry = matter.inquiry
    if inquiry.accounts or not found.claims or matter.viewer.role == "outsider":
        return inquiry
    cited = {source_of(e.ref) for claim in found.claims for e in claim.evidence}
    told = [one.account for one in matter.portfolio.holdings if source_of(one.account.ref) in cited]
    if len(told) != 1:
        return inquiry
    file = matter.brief_of(told[0].id).file
    deals = [deal for deal in file.opportunities if source_of(deal.ref) in cited]
    deal = Named("deal", deals[0].id, deals[0].name, told[0].id) if len(deals) == 1 else None
    return replace(inquiry, accounts=(told[0].id,), deal=inquiry.deal or deal)
