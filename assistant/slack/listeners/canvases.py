"""Account plans as canvases: made when asked, looked after by the clock, renewed when asked.

A canvas is made with its content and journalled in the next step; then people are let in. Slack
keeps no mark of ours on a canvas, so one that was made right before a crash is not found again:
nobody but we can read it, and another takes its place. Everything that happens to the canvas of
an account happens in one queue.
"""

from __future__ import annotations

from assistant.claims import Draft
from assistant.slack.canvas.making import ask_for, live, make_or_renew, queue_of, renew, said
from assistant.slack.canvas.watching import look_after, offer_update
from assistant.slack.delivery import Place
from assistant.slack.drafting.keeping import opened
from assistant.slack.drafting.places import clicked, place_of, tell
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.reception import Reception
from assistant.slack.views import ids
from assistant.slack.views.canvas import gone_message
from assistant.work import Job
from knowledge.errors import NotFound
from knowledge.journal.canvases import live_canvases
from knowledge.records import Viewer

#: When canvases are looked after: once an hour, off the full hour.
_HOURLY = "23 * * * *"


def register(board: Switchboard) -> None:
    """The two buttons, and the clock."""
    board.job("canvas", order_canvas)
    board.job("canvas.write", write_canvas)
    board.job("canvas.update", update_canvas)
    board.job("canvas.check", check_canvases)
    board.job("canvas.look", look_after)
    board.job("canvas.offer", offer_update)
    board.action(ids.CANVAS, read_canvas)
    board.action(ids.UPDATE_CANVAS, read_update)
    board.reception.work.every("canvas.check", _HOURLY)


def read_canvas(request: Request) -> Order:
    """A plan is to become a canvas."""
    key, *_ = ids.unpack(request.action["value"])
    return Order("canvas", {**clicked(request), "key": key})


def read_update(request: Request) -> Order:
    """A canvas is to be renewed."""
    canvas_id, account_id = ids.unpack(request.action["value"])
    payload = {**clicked(request), "canvas": canvas_id, "account": account_id}
    return Order("canvas.update", payload, thread=queue_of(account_id))


def order_canvas(reception: Reception, job: Job) -> None:
    """Put the wish into the queue of its account."""
    _, _, draft = _asked(reception, job)
    if draft is not None:
        ask_for(reception, job, draft.account_id, job.payload["key"])


def write_canvas(reception: Reception, job: Job) -> None:
    """Make the canvas of a plan, or renew the one there is."""
    viewer, place, draft = _asked(reception, job)
    if draft is not None:
        make_or_renew(reception, job, viewer, place, draft)


def update_canvas(reception: Reception, job: Job) -> None:
    """Renew a canvas from today's records."""
    viewer, language = reception.asker(job.payload)
    place = place_of(reception, job.payload)
    account_id = job.payload["account"]
    try:
        name = reception.desk.workspace.ledger.find_account(viewer, account_id).name
    except NotFound:
        tell(reception, job, place, said(reception, job, "not_seen"))
        return
    canvas = live(reception, job.payload["canvas"])
    if canvas is None or not renew(reception, job, viewer, place, canvas):
        tell(reception, job, place, gone_message(account_id, name, language))


def check_canvases(reception: Reception, job: Job) -> None:
    """Look after every canvas, each in the queue of its account."""
    with reception.desk.workspace.database.reading() as session:
        known = [(one.canvas_id, one.account_id) for one in live_canvases(session)]
    for canvas_id, account_id in known:
        what = {"canvas": canvas_id}
        queue = queue_of(account_id)
        reception.work.enqueue(f"{job.id}/{canvas_id}", "canvas.look", what, thread=queue)


def _asked(reception: Reception, job: Job) -> tuple[Viewer, Place, Draft | None]:
    """Who wants which plan as a canvas, where; they are told if it is not theirs to open."""
    viewer, place = reception.asker(job.payload).viewer, place_of(reception, job.payload)
    try:
        return viewer, place, opened(reception, viewer, job.payload["key"]).draft
    except NotFound:
        tell(reception, job, place, said(reception, job, "no_draft"))
        return viewer, place, None
