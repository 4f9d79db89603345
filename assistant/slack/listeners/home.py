"""Home: published when it is opened, when a tab or page is turned, and after what changes it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackApiError

from assistant.errors import TryLater
from assistant.slack.client import refusal
from assistant.slack.drafting.commission import Commission
from assistant.slack.filled import answers_of, opens
from assistant.slack.home import (
    Shown,
    account_view,
    approval_view,
    view_of,
    waiting_home,
    waiting_view,
)
from assistant.slack.intake import Order, Request, Switchboard, request_id
from assistant.slack.listeners.drafts import order
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, Option
from assistant.slack.views.forms import ask_form
from assistant.slack.views.home import home_view
from assistant.slack.views.notices import error_message, sentence_message
from assistant.steering import LEADS
from assistant.work import Job
from knowledge.errors import NotFound

log = logging.getLogger(__name__)

#: Jobs that change what stands on the Home of whoever they are done for.
CHANGES = frozenset({"remember", "log", "save_review", "approval.decide", "debrief", "meeting"}) | {
    *("lesson.read", "card.answer", "sharing.agree")
}
_NAME = 75


def register(board: Switchboard) -> None:
    """Opening and turning Home become the job `home`; an account opens in a modal."""
    board.job("home", show_home, excuse)
    board.follow(refresh)
    board.event("app_home_opened", read_opened)
    for action in (ids.HOME_TAB, ids.HOME_PAGE, ids.TEAM_PAGE, ids.TEAM_SORT, ids.TEAM_FILTER):
        board.action(ids.every(action), read_turn)
    board.job("show_account", show_account, lambda *_: None)
    reception = board.reception
    board.app.action(ids.SHOW_ACCOUNT)(partial(open_account, reception))
    board.action(ids.SECTION_MENU, read_review)
    board.app.action(ids.ASK)(opens(reception, _question))
    board.job("ask_account", ask_account)
    board.submission(ids.ASK_FORM, read_question)


def read_opened(request: Request) -> Order | None:
    """The Home tab was opened; the messages tab is somebody else's."""
    if request.event.get("tab") != "home":
        return None
    order = _order(request, Shown.of(request.event.get("view")))
    return replace(order, payload={**order.payload, "new": not request.event.get("view")})


def read_turn(request: Request) -> Order:
    """Another tab, page, order or choice."""
    return _order(request, Shown.of(request.body.get("view")).turned(request.action))


def read_review(request: Request) -> Order | None:
    """The review of an account, from behind its three dots; the menu of a draft asks otherwise."""
    asked, account_id, *_ = ids.unpack(request.action["selected_option"]["value"])
    return order(request, Commission("review", account_id)) if asked == "review" else None


def refresh(reception: Reception, job: Job) -> None:
    """Show Home once more to whoever has changed what stands on it, if they have opened it."""
    user = job.payload.get("user")
    if job.name in CHANGES and user in reception.homes:
        shown = list(reception.homes[user])
        payload = {"user": user, "team": job.payload.get("team"), "shown": shown}
        reception.work.enqueue(f"{job.id}/home", "home", payload, thread=f"home:{user}")


def show_home(reception: Reception, job: Job) -> None:
    """Publish somebody's Home; while hundreds of accounts are read, a new one is not left empty."""
    user = job.payload["user"]
    viewer, language = reception.asker(job.payload)
    if viewer.role in LEADS and job.payload.get("new"):
        waiting = waiting_home(language)
        reception.client.views_publish(user_id=user, view=waiting)
    shown = Shown.read(tuple(job.payload["shown"]))
    view = view_of(reception, reception.people.person(user), viewer, shown)
    reception.client.views_publish(user_id=user, view=view)
    reception.homes[user] = Shown.of(view).parts


def excuse(reception: Reception, job: Job, reference: str) -> None:
    """Where Home should stand, say that it could not be shown, and under which number."""
    user = job.payload["user"]
    shown = error_message(reference, reception.spoken(user))
    reception.client.views_publish(user_id=user, view=home_view(shown.blocks))


def open_account(
    reception: Reception, ack: Ack, body: Mapping[str, Any], context: BoltContext
) -> None:
    """Open a modal at once, and fill it when the account, or the request, was looked up."""
    ack()
    asked = Request(body, reception.me, context.actor_team_id)
    wanted, *kind = ids.unpack(asked.action["value"])
    try:
        opened = reception.client.views_open(
            trigger_id=body["trigger_id"], view=waiting_view(reception.spoken(asked.user))
        )
    except (SlackApiError, TryLater) as error:
        log.warning("an account could not be opened: %s", error)
        return
    named = {"approval" if kind else "account": wanted}
    payload = {**asked.actor, **named, "view": opened["view"]["id"]}
    reception.work.enqueue(request_id(body), "show_account", payload)


def show_account(reception: Reception, job: Job) -> None:
    """Fill the modal, if it is still open."""
    told = job.payload
    viewer, language = reception.asker(told)
    if "approval" in told:
        view = approval_view(reception, viewer, told["approval"], language)
    else:
        view = account_view(reception, viewer, told["account"], language)
    try:
        reception.client.views_update(view_id=told["view"], view=view)
    except SlackApiError as error:
        log.info("an account was closed before it was there: %s", refusal(error))


def read_question(request: Request) -> Order:
    """A question about an account, out of the form."""
    view = request.body["view"]
    text = answers_of(request).text(ids.TEXT)
    payload = {**request.actor, "account": view["private_metadata"], "text": text}
    return Order("ask_account", payload)


def ask_account(reception: Reception, job: Job) -> None:
    """Put the question into the asker's own conversation with us, and answer it there."""
    told = job.payload
    viewer = reception.asker(told).viewer
    try:
        account = reception.desk.workspace.ledger.find_account(viewer, told["account"])
    except NotFound:
        return
    text = told["text"]
    if account.name.casefold() not in text.casefold():
        text = f"{account.name}: {text}"
    place = reception.delivery.alone_with(told["user"])
    ts = reception.delivery.post(job, place, sentence_message(text), "question")
    payload = {**told, "channel": place.channel, "thread_ts": ts, "ts": ts, "text": text}
    reception.work.enqueue(f"{job.id}/ask", "ask", payload, thread=f"{place.channel}:{ts}")


def _question(reception: Reception, request: Request) -> Block | None:
    """Ask what somebody wants to know of an account."""
    account_id, *_ = ids.unpack(request.action["value"])
    viewer = reception.asker(request.actor).viewer
    try:
        account = reception.desk.workspace.ledger.find_account(viewer, account_id)
    except NotFound:
        return None
    return ask_form(Option(account.name[:_NAME], account.id), reception.spoken(request.user))


def _order(request: Request, shown: Shown) -> Order:
    payload = {**request.actor, "shown": list(shown.parts)}
    return Order("home", payload, thread=f"home:{request.user}")
