"""The form that asks what a draft still needs, and what comes back from it."""

from __future__ import annotations

from datetime import date
from functools import partial

from assistant.slack.drafting.commission import Commission, Kind, kind_of, read_command
from assistant.slack.drafting.places import where_clicked
from assistant.slack.filled import answers_of, opens
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, Option
from assistant.slack.views.forms import DraftKind, draft_form
from knowledge.errors import Ambiguous, NotFound
from knowledge.records import Viewer

_MOST_MEETINGS = 20
_SHORTCUTS: dict[str, DraftKind] = {
    "draft_plan": "plan",
    "draft_value": "value",
    "draft_review": "review",
}


def register(board: Switchboard) -> None:
    """Forms open at once, in Bolt's own listeners; what they say becomes the job `draft`."""
    named = board.reception.desk.settings.company.slack.commands
    kinds: dict[str, DraftKind] = {
        named.plan: "plan",
        named.value: "value",
        named.follow_up: "follow_up",
        named.review: "review",
    }
    for name, kind in kinds.items():
        board.app.command(name)(opens(board.reception, partial(_for_command, kind)))
    for callback, kind in _SHORTCUTS.items():
        board.app.shortcut(callback)(opens(board.reception, partial(_for_shortcut, kind)))
    board.app.action(ids.OPEN_DRAFT)(opens(board.reception, _for_button))
    board.submission(ids.DRAFT_FORM, read_form)


def read_form(request: Request) -> Order:
    """A filled-in form: what to draft, and where it was asked for."""
    kind, *where = ids.unpack(request.body["view"]["private_metadata"])
    answers = answers_of(request)
    since = answers.day(ids.SINCE)
    wanted = Commission(
        kind_of(kind),
        account=answers.option(ids.ACCOUNT) or "",
        reader=answers.option(ids.STAKEHOLDER) or "",
        meeting=answers.option(ids.MEETING),
        since=date.fromisoformat(since) if since else None,
        language=answers.option(ids.LANGUAGE),
    )
    channel, thread = (*where, "", "")[:2]
    payload = {
        **request.actor,
        "channel": channel or None,
        "thread_ts": thread or None,
        "draft": wanted.to_json(),
    }
    return Order("draft", payload)


def _for_command(kind: DraftKind, reception: Reception, request: Request) -> Block:
    """The account that was typed stands in it already, if it is clear which one it is."""
    viewer = reception.asker(request.actor).viewer
    wanted = read_command(kind, request.body.get("text") or "")
    return _form(
        reception, request, kind, known_account(reception, viewer, wanted.account), _where(request)
    )


def _for_shortcut(kind: DraftKind, reception: Reception, request: Request) -> Block:
    return _form(reception, request, kind, None, ("", ""))


def _for_button(reception: Reception, request: Request) -> Block:
    account_id, kind, *_ = ids.unpack(request.action["value"])
    viewer = reception.asker(request.actor).viewer
    where = where_clicked(request)
    known: DraftKind = "plan" if kind == "plan" else "value"
    return _form(reception, request, known, known_account(reception, viewer, account_id), where)


def _form(
    reception: Reception,
    request: Request,
    kind: DraftKind,
    account: Option | None,
    where: tuple[str, str],
) -> Block:
    return draft_form(
        kind,
        reception.language(request.user),
        account=account,
        meetings=_meetings(reception, request, kind, account),
        carried=ids.pack(kind, *where),
    )


def known_account(reception: Reception, viewer: Viewer, name: str) -> Option | None:
    """The one account that a name or id means to a viewer."""
    if not name:
        return None
    try:
        found = reception.desk.workspace.ledger.find_account(viewer, name)
    except (NotFound, Ambiguous):
        return None
    return Option(found.name, found.id)


def _meetings(
    reception: Reception, request: Request, kind: Kind, account: Option | None
) -> tuple[Option, ...]:
    """The latest meetings of an account that is known already."""
    if kind != "follow_up" or account is None:
        return ()
    viewer = reception.asker(request.actor).viewer
    desk = reception.desk
    file = desk.workspace.ledger.account_file(viewer, account.value, desk.day(None))
    touches = sorted(file.touches, key=lambda one: str(one.occurred_at), reverse=True)
    return tuple(
        Option(f"{touch.occurred_at:%Y-%m-%d}  {touch.subject or touch.type}", touch.id)
        for touch in touches[:_MOST_MEETINGS]
        if touch.occurred_at is not None
    )


def _where(request: Request) -> tuple[str, str]:
    return request.body.get("channel_id") or "", request.body.get("thread_ts") or ""
