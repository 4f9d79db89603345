"""Naming: whom and what a question names itself, before the thread fills the gaps."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from assistant.conversation.understanding import intents
from assistant.conversation.understanding.focus import Focus
from assistant.conversation.understanding.inquiry import Inquiry
from assistant.conversation.understanding.mentions import Directory, Mention, Mentions
from assistant.conversation.understanding.words import plainly

#: A name said with one of these is that of the whole group.
_GROUP = re.compile(
    r"<>(?:'s)?[ -](?:group|gruppe|konzern)|(?:group|gruppe|групп\w+) <>", re.IGNORECASE
)
_COMPOUND = re.compile(r"\b(?P<name>[A-ZÄÖÜ][^\W\d_]{3,})-(?P<word>[A-ZÄÖÜ][^\W\d_]{3,})\b")


def apart(question: str, directory: Directory) -> str:
    """Compounds of a name and a word of the trade in two: “Corvane-Umsatz”, “X-Gruppe”."""
    known = intents.ordinary_words()
    names = {token for tokens in directory.tokens.values() for token in tokens}

    def parted(found: re.Match[str]) -> str:
        whole, word = plainly(found[0]), plainly(found["word"])
        trade = word in known or _GROUP.search(f"<> {found['word']}")
        return f"{found['name']} {found['word']}" if trade and whole not in names else found[0]

    return _COMPOUND.sub(parted, question)


def named(inquiry: Inquiry, mentions: Mentions, focus: Focus) -> Inquiry:
    """What the question names itself."""
    accounts: list[str] = []
    for mention in mentions.of("account"):
        close = [one.id for one in mention.fits if one.id in focus.accounts]
        head = _head(inquiry.text, mention)
        if mention.clear or close or head:
            accounts.append(head or (close or [mention.fits[0].id])[0])
        else:
            inquiry = replace(inquiry, unclear=mention)
    for mention in mentions.of("contact", "deal"):
        inquiry = _one_of_theirs(inquiry, mention, accounts)
    if not accounts and inquiry.unclear is None:
        known = [one.account_id for one in (inquiry.person, inquiry.deal) if one is not None]
        accounts = [one for one in known if one is not None][:1]
    first = {one.kind: one.fits[0] for one in reversed(mentions.found) if one.clear}
    return replace(
        inquiry,
        accounts=tuple(dict.fromkeys(accounts)),
        colleague=first.get("colleague"),
        products=tuple(dict.fromkeys(o for m in mentions.of("product") for o in m.fits)),
        rival=first.get("rival"),
    )


def _head(question: str, mention: Mention) -> str | None:
    """The account on top of those that fit, where the question says it means the group."""
    near = f"{question[: mention.start][-12:]}<>{question[mention.end :][:12]}"
    if not _GROUP.search(near):
        return None
    ids = {one.id for one in mention.fits}
    tops = [one.id for one in mention.fits if one.parent_id not in ids]
    return tops[0] if len(tops) == 1 else None


def _one_of_theirs(inquiry: Inquiry, mention: Mention, accounts: Collection[str]) -> Inquiry:
    """A person or deal of the accounts that are named, else of anybody; several are unclear."""
    here = [one for one in mention.fits if one.account_id in accounts]
    fits = here or list(mention.fits)
    if len(fits) > 1:
        return replace(inquiry, unclear=inquiry.unclear or mention)
    if mention.kind == "contact":
        return replace(inquiry, person=inquiry.person or fits[0])
    return replace(inquiry, deal=inquiry.deal or fits[0])
