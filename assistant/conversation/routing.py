"""Routing: whether a question is declined at once, and who writes its computed answer."""

from __future__ import annotations

from assistant.conversation import refusing
from assistant.conversation.answer import Watcher
from assistant.conversation.intents import OF_ACCOUNT, OVERALL, Writer
from assistant.conversation.matter import Matter
from assistant.conversation.refusing import No
from assistant.conversation.understanding import OVER_ALL, PORTFOLIO, SMALL_TALK, Inquiry

#: What a mere name brings up: with more words beside it the question is about those.
_VAGUE = frozenset({"person", "summary", "competitors", "deal"})
#: What is answered for the days that are asked for; the rest is told as of today.
OVER_DAYS = frozenset(
    [
        "revenue",
        "products",
        "top_accounts",
        "changes",
        "lost_to",
        "why_lost",
        "stale",
        "biggest_deals",
        "ending_contracts",
        "forecast",
        "dealings",
        "discount",
    ]
)
#: So few letters of a question are recognised by chance.
_FAINT = 6
#: Words of a long question.
_LONG = 9


def declined(matter: Matter, message: str, watcher: Watcher) -> No | None:
    """A no before anything is looked up.

    Args:
        matter: the question.
        message: what it is a part of.
        watcher: who may have stopped it.
    """
    inquiry = matter.inquiry
    if watcher.stopped():
        return No(matter.voice.say("no.stopped"))
    if inquiry.intent in SMALL_TALK:
        return refusing.small_talk(matter)
    if inquiry.unclear is not None:
        return refusing.which(matter, inquiry.unclear, message)
    if inquiry.stranger is not None:
        return refusing.nobody_of_that_name(matter, inquiry.stranger)
    return None


def writer_of(inquiry: Inquiry) -> Writer | None:
    """Who writes the answer: about one account, or about all."""
    intent = inquiry.intent
    faint = inquiry.weight <= _FAINT and len(inquiry.text.split()) > _LONG
    if intent is None or faint or (intent in _VAGUE and inquiry.beside):
        return None
    overall = OVERALL.get(intent) or OVERALL.get(OVER_ALL.get(intent, ""))
    alone = intent in PORTFOLIO or intent in {"discount", "rival", "lost_to", "colleague"}
    if inquiry.points and not inquiry.account and not inquiry.everything:
        return OF_ACCOUNT.get(intent)
    if intent in {"champion", "decider"} and not inquiry.account and not inquiry.everything:
        return None
    if intent == "why_lost" and inquiry.period is not None:
        return OVERALL["lost_deals"]
    if overall and (alone or not inquiry.account):
        return overall
    return OF_ACCOUNT.get(intent)
