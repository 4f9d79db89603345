"""Lists on request, in one's own conversation: what the asker may see, by name, never by rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.drafting import Pen
from assistant.slack.apology import no_access
from assistant.slack.drafting.places import place_of, tell
from assistant.slack.drafting.uploading import File, upload
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.listeners.drafts import excuse
from assistant.slack.listeners.learning import show_learners
from assistant.slack.reception import Reception
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.coaching import (
    asks_message,
    check_message,
    coaching_message,
    exceptions_message,
    lists_message,
    no_lists_message,
    person_message,
)
from assistant.slack.views.message import Message
from assistant.slack.words import words
from assistant.steering import LEADS, Asks, SelfCheck
from assistant.steering.coaching import coaching
from assistant.steering.exceptions import exceptions
from assistant.steering.exporting import TABLES, csv_text
from assistant.work import Job
from knowledge.records import Viewer

#: Lists that every rep may ask for; the others are for whoever leads.
_EVERYBODYS = frozenset({"coaching", "asks"})


def register(board: Switchboard) -> None:
    """A list is a job, and so are the choice of one and its file."""
    board.job("lists", offer, excuse)
    board.job("list", show)
    board.job("list_csv", send_csv)
    board.action(ids.every(ids.LISTS), lambda request: _order(request, "list"))
    board.action(ids.LIST_CSV, lambda request: _order(request, "list_csv"))


def offer(reception: Reception, job: Job) -> None:
    """Offer the lists to whoever leads; anybody else is told whom they are for."""
    viewer, language = reception.asker(job.payload)
    if viewer.role == "outsider":
        shown = no_access(reception, viewer, language)
    else:
        shown = lists_message(language) if viewer.role in LEADS else no_lists_message(language)
    tell(reception, job, place_of(reception, job.payload), shown)


def show(reception: Reception, job: Job) -> None:
    """Show a list to whoever asked, through their own eyes."""
    viewer, language = reception.asker(job.payload)
    name = job.payload["list"]
    if not _allowed(viewer, name):
        return
    if name == "learners":
        show_learners(reception, job)
        return
    reception.delivery.direct(
        job,
        job.payload["user"],
        list_message(reception, viewer, name, language, job.payload.get("of", "")),
    )


def send_csv(reception: Reception, job: Job) -> None:
    """Upload a list as a file for a spreadsheet, where nothing in it can run."""
    viewer, language = reception.asker(job.payload)
    name = job.payload["list"]
    if name not in TABLES or not _allowed(viewer, name):
        return
    day = reception.desk.day(None)
    table = TABLES[name](reception.desk.office, viewer, day)
    told = words(language)
    said = mrkdwn(line(told.text("lists.csv_said", day=told.day(day))))
    content = csv_text(table).encode()
    place = reception.delivery.alone_with(job.payload["user"])
    upload(reception, job, place, File(f"{name}-{day.isoformat()}.csv", content, said))


def list_message(
    reception: Reception, viewer: Viewer, name: str, language: str, of: str = ""
) -> Message:
    """One list as it stands, as a message.

    Args:
        reception: whose records.
        viewer: whose eyes.
        name: of the list.
        language: to write it in.
        of: which part of it: a page of the asks, or somebody's plans; the first, or all, if empty.
    """
    desk = reception.desk
    day = desk.day(None)
    match name:
        case "asks":
            asks = Asks(desk.office).lines(viewer, day, status="open")
            return asks_message(asks, language, int(of) if of.isdecimal() else 0)
        case "exceptions":
            found = exceptions(desk.office, viewer, day)
            return exceptions_message(found, Pen(language, desk.workspace.ledger.currency))
        case "imperatives":
            return check_message(SelfCheck(desk.office).lines(viewer), language)
        case _:
            people = coaching(desk.office, viewer, day)
            meant = [one for one in people if one.user_id == of]
            return (
                person_message(meant[0], language) if meant else coaching_message(people, language)
            )


def _allowed(viewer: Viewer, name: str) -> bool:
    """A rep sees their own plans and the asks of their accounts; strangers see nothing."""
    if name in _EVERYBODYS:
        return viewer.role != "outsider"
    return viewer.role in LEADS


def _order(request: Request, job: str) -> Order:
    chosen: Mapping[str, Any] = request.action.get("selected_option") or request.action
    name, *of = ids.unpack(chosen["value"])
    return Order(job, {**request.actor, "list": name, "of": of[0] if of else ""})
