"""Composing: what the questions of one message came to, told as one answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims import Claim
from assistant.conversation.answer import Answer
from assistant.conversation.found import Found
from assistant.conversation.going_on import follow_ups
from assistant.conversation.matter import Matter
from assistant.conversation.refusing import No
from assistant.conversation.showing import shown
from assistant.conversation.turn import MOST_CLAIMS, Turn
from assistant.conversation.understanding import Inquiry


def composed(
    turn: Turn, matter: Matter, inquiries: Sequence[Inquiry], found: Sequence[Found]
) -> Answer:
    """The answer to a message; a no among its parts is told beside the rest.

    Args:
        turn: the message.
        matter: the last of its questions that is about an account, else the last one.
        inquiries: its questions, in their order.
        found: what each of them came to.
    """
    refused = [one.no for one in found if one.no is not None]
    lead = next((one for one in found if one.claims), None)
    account = matter.inquiry.account
    name = matter.brief.name if account and matter.viewer.role != "outsider" else None
    answer = Answer(
        id=turn.id,
        question=turn.question,
        language=inquiries[0].language,
        claims=_claims(found),
        route=lead.route if lead else None,
        reason=_reason(refused),
        help=tuple(dict.fromkeys(one for no in refused for one in no.help)),
        choices=tuple(one for no in refused for one in no.choices),
        follow_ups=follow_ups(matter, name) if lead and not lead.draft else (),
        account_id=account if name else None,
        account_name=name,
        accounts=tuple(dict.fromkeys(one for each in inquiries for one in each.accounts)),
        draft=next((one.draft for one in found if one.draft), None),
        writer=next((one.writer for one in found if one.writer), "template"),
        notices=tuple(dict.fromkeys(notice for one in found for notice in one.notices)),
        withheld=tuple(one for each in found for one in each.withheld),
    )
    return shown(answer, matter)


def _claims(found: Sequence[Found]) -> tuple[Claim, ...]:
    """The sentences of all parts; where there are several, each has its share of the length."""
    answered = [one for one in found if one.claims]
    share = max(2, MOST_CLAIMS // len(answered)) if len(answered) > 1 else MOST_CLAIMS
    return tuple(dict.fromkeys(claim for one in answered for claim in one.claims[:share]))


def _reason(refused: Sequence[No]) -> str | None:
    return " ".join(dict.fromkeys(no.reason for no in refused)) or None
