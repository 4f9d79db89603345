"""Slash commands: a draft at once where the account is said, a form where it is not; the lists."""

from __future__ import annotations

from functools import partial

from assistant.slack.drafting.commission import Commission, Kind, read_command
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.words import words

#: After the command of a review: not an account, but the lists of whoever leads.
_LISTS = frozenset({"lists", "listen", "списки"})


def register(board: Switchboard) -> None:
    """The commands of the company, under the names it gave them."""
    named = board.reception.desk.settings.company.slack.commands
    kinds: dict[str, Kind] = {
        named.plan: "plan",
        named.value: "value",
        named.follow_up: "follow_up",
    }
    for name, kind in kinds.items():
        board.command(name, partial(read_draft, board.reception, kind))
    board.command(named.review, partial(read_review, board.reception))


def read_review(reception: Reception, request: Request) -> Order | None:
    """A review of an account or a team, or the lists."""
    if (request.body.get("text") or "").strip().casefold() in _LISTS:
        return Order("lists", {**request.actor, "channel": request.body["channel_id"]})
    return read_draft(reception, "review", request)


def read_draft(reception: Reception, kind: Kind, request: Request) -> Order | None:
    """A draft of an account; None where a form has to ask for more."""
    wanted = read_command(kind, request.body.get("text") or "")
    if not wanted.whole:
        return None
    payload = {
        **request.actor,
        "channel": request.body["channel_id"],
        "thread_ts": request.body.get("thread_ts"),
        "draft": wanted.to_json(),
    }
    return Order("draft", payload, reply=working(reception, request, wanted))


def working(reception: Reception, request: Request, wanted: Commission) -> dict[str, str]:
    """What the asker alone sees until the draft is there."""
    told = words(reception.spoken(request.user))
    text = told.text(f"drafting.working_{wanted.kind}", account=line(wanted.account))
    return {"response_type": "ephemeral", "text": mrkdwn(text)}
