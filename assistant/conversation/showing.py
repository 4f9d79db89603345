"""What leaves with an answer: nothing that leads out, calls somebody, or is not to be seen.

A customer's words stand in quotes, titles and names; whoever wrote the sentence, they may carry a
link, a mention or hidden text. It is left out here and marked as left out, wherever the answer
goes; what shows the answer has its own safety besides.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from assistant.claims import Claim, Finding, Withheld
from assistant.conversation.answer import Answer, Choice
from assistant.conversation.checking import checked_answer
from assistant.conversation.matter import Matter
from assistant.grounding.orders import orders_found, orders_in
from assistant.grounding.outgoing import Ways, visible, ways_out, without_ways_out


def ways_of(matter: Matter) -> Ways:
    """Where the sentences of an answer may lead: our CRM, ourselves, the people of its accounts."""
    crm = matter.office.company.crm
    page = urlsplit(crm.link or "").netloc
    ours = matter.office.ledger.catalogue(matter.viewer).users.values()
    people = [
        person for one in matter.inquiry.accounts for person in matter.brief_of(one).file.contacts
    ]
    said = (value for one in people for value in (one.email, one.phone) if value)
    return Ways(
        hosts=frozenset({*crm.link_hosts, *([page] if page else [])}),
        domains=frozenset(one.email.rpartition("@")[2].casefold() for one in ours if one.email),
        recorded=tuple(said),
    )


def shown(answer: Answer, matter: Matter) -> Answer:
    """The answer as it may leave."""

    def safe(text: str) -> str:
        return leaving(text, matter)

    def choice(one: Choice) -> Choice:
        return replace(one, label=safe(one.label), question=safe(one.question))

    return replace(
        answer,
        claims=tuple(replace(one, text=safe(one.text)) for one in answer.claims),
        reason=answer.reason and safe(answer.reason),
        help=tuple(map(safe, answer.help)),
        choices=tuple(map(choice, answer.choices)),
        follow_ups=tuple(map(safe, answer.follow_ups)),
        account_name=answer.account_name and safe(answer.account_name),
        notices=tuple(map(safe, answer.notices)),
        withheld=tuple(Withheld(safe(one.text), safe(one.reason)) for one in answer.withheld),
    )


def leaving(text: str, matter: Matter) -> str:
    """A text as it may leave; where it may lead is looked up only if it leads anywhere."""
    if next(ways_out(text, Ways()), None) is None:
        return visible(text)
    return without_ways_out(text, ways_of(matter))


def without_orders(claims: list[Claim], subject: str) -> tuple[list[Claim], Finding | None]:
    """The claims that quote no order to an assistant, and the finding that some do."""
    kept = [one for one in claims if not any(orders_in(e.quote) for e in one.evidence)]
    dropped = [e for one in claims if one not in kept for e in one.evidence]
    return kept, orders_found(subject, dropped)


def told_orders(matter: Matter, found: Finding | None) -> tuple[Claim, ...]:
    """The finding in a sentence for each source."""
    if found is None:
        return ()
    claims = [
        matter.voice.inference("say.orders_of", e, source=e.title, day=e.dated, words=e.quote)
        if e.dated
        else matter.voice.inference("say.orders", e, source=e.title, words=e.quote)
        for e in found.evidence
    ]
    return tuple(checked_answer(matter, claims).claims())
