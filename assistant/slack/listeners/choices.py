"""Fields that are filled in by typing: the accounts somebody may see, and the people at one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from assistant.slack.intake import Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import MOST_OPTIONS, Block, Option, option
from assistant.slack.words import words
from knowledge.records import Viewer
from knowledge.records.naming import normalised
from knowledge.records.roster import roster

Json = Mapping[str, Any]
_LONGEST_VALUE = 150


def register(board: Switchboard) -> None:
    """Both fields ask us for what to offer, in any form: Bolt's own listeners answer at once."""
    board.app.options(ids.ACCOUNT)(partial(offer_accounts, board.reception))
    board.app.options(ids.STAKEHOLDER)(partial(offer_people, board.reception))


def offer_accounts(reception: Reception, ack: Ack, body: Json, context: BoltContext) -> None:
    """The accounts whose name holds what was typed; those that begin with it first."""
    viewer = _viewer(reception, body, context)
    accounts = reception.desk.workspace.ledger.accounts(viewer)
    ack(options=_fitting(body["value"], [Option(one.name, one.id) for one in accounts]))


def offer_people(reception: Reception, ack: Ack, body: Json, context: BoltContext) -> None:
    """The contacts of the account that the form is about; of every account where it is about none.

    Who reads a draft may also be a role that nobody is recorded in: it is offered as typed.
    """
    viewer, account = _viewer(reception, body, context), account_in(body.get("view") or {})
    database = reception.desk.workspace.database
    people = [
        Option(one.name, one.id)
        for one in roster(database, viewer)
        if one.kind == "contact" and account in {None, one.account_id}
    ]
    found = _fitting(body["value"], people)[: MOST_OPTIONS - 1]
    ack(options=[*found, *_as_typed(reception, body)])


def account_in(view: Json) -> str | None:
    """The account a form is about: as chosen in it, or as it was opened with."""
    answers = (view.get("state") or {}).get("values") or {}
    chosen = ((answers.get(ids.ACCOUNT) or {}).get(ids.ACCOUNT) or {}).get("selected_option")
    return str(chosen["value"]) if chosen else next(_preset(view), None)


def _preset(view: Json) -> Iterator[str]:
    for block in view.get("blocks") or ():
        initial = (block.get("element") or {}).get("initial_option")
        if block.get("block_id") == ids.ACCOUNT and initial:
            yield str(initial["value"])


def _as_typed(reception: Reception, body: Json) -> Iterator[Block]:
    typed = " ".join(str(body["value"]).split())[:_LONGEST_VALUE]
    if typed and (body.get("view") or {}).get("callback_id") == ids.DRAFT_FORM:
        told = words(reception.language(body["user"]["id"]))
        yield option(Option(told.text("drafting.typed", typed=typed), typed))


def _fitting(typed: str, choices: list[Option]) -> list[Block]:
    wanted = normalised(typed)
    fits = [one for one in choices if wanted in normalised(one.label)]
    fits.sort(key=lambda one: (not normalised(one.label).startswith(wanted), one.label))
    return [option(one) for one in fits if len(one.value) <= _LONGEST_VALUE][:MOST_OPTIONS]


def _viewer(reception: Reception, body: Json, context: BoltContext) -> Viewer:
    asked = Request(body, reception.me, context.actor_team_id)
    return reception.asker(asked.actor).viewer
