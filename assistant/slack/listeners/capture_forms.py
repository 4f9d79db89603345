"""“Log something”: a touch, a promise or a stakeholder's part, told in a form of two steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from assistant.slack.filled import Answers, answers_of, chooses, opens, value_of
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.logged import (
    Entry,
    faults,
    log_promise,
    log_role,
    log_touch,
    read_promise,
    read_role,
    read_touch,
    subject,
)
from assistant.slack.modals import notice_view
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, Option
from assistant.slack.views.forms import promise_form, role_form, touch_form
from assistant.slack.views.log_form import log_form
from assistant.slack.views.notices import kept_message, not_kept
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.intake import Capture
from knowledge.records import Viewer
from knowledge.records.roster import Named, roster
from knowledge.records.tables import Account

Json = Mapping[str, Any]
SHORTCUT = "log"
_READ: dict[str, Callable[[Answers], dict[str, Any]]] = {
    ids.TOUCH_FORM: read_touch,
    ids.PROMISE_FORM: read_promise,
    ids.ROLE_FORM: read_role,
}


def register(board: Switchboard) -> None:
    """Buttons and the shortcut open the first form, it opens the second, that becomes a job."""
    reception = board.reception
    first = opens(reception, _first)
    board.app.shortcut({"callback_id": SHORTCUT, "type": "shortcut"})(first)
    board.app.action(ids.CAPTURE)(first)
    board.app.action(ids.SECTION_MENU, matchers=[chooses("capture")])(first)
    board.app.view(ids.LOG_FORM)(partial(open_next, reception))
    board.job("log", log)
    for form in _READ:
        board.submission(form, partial(read_form, reception))


def _first(reception: Reception, request: Request) -> Block:
    """Ask what happened and with which account; on Home the account may be known already."""
    viewer, language = reception.asker(request.actor)
    told = words(language)
    if viewer.role == "outsider":
        title, why = told.text("log.title"), told.text("remember.outsider")
        return notice_view(title, why, told.language)
    account = _account(reception, viewer, _named(request))
    known = Option(account.name, account.id) if account else None
    return log_form(told.language, account=known)


def open_next(reception: Reception, ack: Ack, body: Json, context: BoltContext) -> None:
    """Show the form for what happened, in the place of the first."""
    request = Request(body, reception.me, context.actor_team_id)
    viewer, language = reception.asker(request.actor)
    told = words(language)
    answers = answers_of(request)
    account = _account(reception, viewer, answers.option(ids.ACCOUNT))
    if account is None:
        wrong = {ids.ACCOUNT: told.text("remember.no_account")}
        ack(response_action="errors", errors=wrong)
        return
    form = _form(reception, answers.option(ids.LOGGED), told.language, account)
    ack(response_action="update", view=form)


def read_form(reception: Reception, request: Request) -> Order | Rejected:
    """A filled-in form as a job; what is wrong with it is told in the form."""
    view = request.body["view"]
    told = _READ[view["callback_id"]](answers_of(request))
    wrong = faults(told, reception.desk.day(None))
    if wrong:
        say = words(reception.spoken(request.user))
        return Rejected({field: say.text(key) for field, key in wrong.items()})
    payload = {**request.actor, "told": told, "key": f"slack-view-{view['id']}"}
    return Order("log", payload)


def log(reception: Reception, job: Job) -> None:
    """Keep what was told, and confirm it in the person's own conversation; once."""
    user, told = job.payload["user"], job.payload["told"]
    viewer, language = reception.asker(job.payload)
    say = words(language)
    account = _account(reception, viewer, told["account"])
    if account is None:
        _refuse(reception, job, say.text("remember.no_account"))
        return
    person = _person(reception, viewer, account, told.get("contact"))
    if told.get("contact") and person is None:
        _refuse(reception, job, say.text("log.elsewhere"))
        return
    capture = Capture(reception.desk.workspace.database)
    entry = Entry(viewer, account.id, told, job.payload["key"], reception.desk.day(None))
    match told["kind"]:
        case "touch":
            log_touch(capture, entry, datetime.now(UTC))
        case "promise":
            log_promise(capture, entry, datetime.now(UTC))
        case _:
            roles = [say.text(f"role.{role}") for role in told["roles"]]
            title = say.text(
                "log.role_subject",
                who=person.name if person else "",
                roles=say.names(roles) or say.text("log.no_roles"),
            )
            log_role(capture, entry, datetime.now(UTC), title)
    reception.unread.set()
    shown = kept_message(subject(told["text"]), account.name, say.language)
    reception.delivery.direct(job, user, shown)


def _refuse(reception: Reception, job: Job, why: str) -> None:
    user = job.payload["user"]
    reception.delivery.direct(job, user, not_kept(why, reception.language(user)))


def _person(
    reception: Reception, viewer: Viewer, account: Account, contact_id: str | None
) -> Named | None:
    """The person of an id, if they are at that account."""
    people = roster(reception.desk.workspace.database, viewer) if contact_id else ()
    here = (one for one in people if one.kind == "contact" and one.account_id == account.id)
    return next((one for one in here if one.id == contact_id), None)


def _form(reception: Reception, kind: str | None, language: str, account: Account) -> Block:
    known = Option(account.name, account.id)
    match kind:
        case "promise":
            return promise_form(language, account=known)
        case "role":
            return role_form(language, account=known)
        case _:
            return touch_form(reception.desk.day(None), language, account=known)


def _account(reception: Reception, viewer: Viewer, account_id: str | None) -> Account | None:
    """The account of an id, if it is the viewer's to see."""
    if not account_id:
        return None
    try:
        found = reception.desk.workspace.ledger.find_account(viewer, account_id)
    except (NotFound, BadInput):
        return None
    return found if found.id == account_id else None


def _named(request: Request) -> str | None:
    """The account that a line of Home is about; a button of its own names none."""
    return value_of(request)[0] if "selected_option" in request.action else None
