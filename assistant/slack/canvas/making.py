"""The canvas of a plan: made once, told of where it was asked for, renewed when asked."""

from __future__ import annotations

from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError

from assistant.claims import Draft
from assistant.slack.canvas.page import page_of, parts_of
from assistant.slack.canvas.paper import Gone, Paper, made
from assistant.slack.canvas.readers import let_in
from assistant.slack.canvas.renewing import Renewing, written
from assistant.slack.client import refusal
from assistant.slack.delivery import Place
from assistant.slack.drafting.keeping import keep, key_of
from assistant.slack.drafting.places import SHUT, tell
from assistant.slack.reception import Reception
from assistant.slack.safety import line
from assistant.slack.views.canvas import Shown, canvas_message, renewed_message
from assistant.slack.views.message import Message
from assistant.slack.views.notices import sentence_message
from assistant.slack.words import words
from assistant.work import Job
from knowledge.journal.canvases import Canvas, canvas_of
from knowledge.records import Viewer

_FREE_PLAN = frozenset({"free_teams_cannot_create_non_tabbed_canvases", "free_team_not_allowed"})
_TAB_TAKEN = "free_team_canvas_tab_already_exists"


def lay_out(reception: Reception, job: Job, viewer: Viewer, draft: Draft) -> None:
    """Keep a plan, and have it made a canvas."""
    key = key_of(job)
    keep(reception, viewer, key, draft)
    ask_for(reception, job, draft.account_id, key)


def ask_for(reception: Reception, job: Job, account_id: str, key: str) -> None:
    """Put the wish for a canvas of the plan that is kept under a key into its account's queue."""
    payload = {**job.payload, "key": key}
    queue = queue_of(account_id)
    reception.work.enqueue(f"{job.id}/write", "canvas.write", payload, thread=queue)


def queue_of(account_id: str) -> str:
    """The queue in which everything happens to the canvas of an account."""
    return f"canvas:{account_id}"


def make_or_renew(
    reception: Reception, job: Job, viewer: Viewer, place: Place, draft: Draft
) -> None:
    """Make the canvas of a plan; renew the one there is, unless this very job made it."""
    with reception.desk.workspace.database.reading() as session:
        canvas = canvas_of(session, draft.account_id)
    if canvas is not None and canvas.created_at < job.received:
        if renew(reception, job, viewer, place, canvas):
            return
        canvas = None
    try:
        canvas = canvas or _made(reception, job, place, draft)
    except SlackApiError as error:
        tell(reception, job, place, _refused(reception, job, draft, refusal(error)))
        return
    about = shown(reception, canvas, draft.account_name)
    readers = let_in(reception, canvas, Paper(reception.client, about.id, about.title))
    _announce(reception, job, place, canvas, canvas_message(about, readers))


def renew(reception: Reception, job: Job, viewer: Viewer, place: Place, canvas: Canvas) -> bool:
    """Renew a canvas from today's records and say what became of it; False if it was deleted."""
    desk = reception.desk
    draft = desk.plan(viewer, canvas.account_id, desk.day(None), canvas.language)
    about = shown(reception, canvas, draft.account_name)
    paper = Paper(reception.client, about.id, about.title)
    try:
        became = Renewing(reception, canvas, paper, job.received).renew(draft)
    except Gone:
        give_up(reception, canvas)
        return False
    let_in(reception, canvas, paper)
    said = renewed_message(about, draft, became, reception.links)
    _announce(reception, job, place, canvas, said)
    return True


def give_up(reception: Reception, canvas: Canvas) -> None:
    """Remember that people deleted a canvas."""
    with reception.desk.workspace.database.writing() as session:
        session.get_one(Canvas, canvas.canvas_id).status = "gone"


def live(reception: Reception, canvas_id: str) -> Canvas | None:
    """A canvas, unless it was deleted."""
    with reception.desk.workspace.database.reading() as session:
        canvas = session.get(Canvas, canvas_id)
        return canvas if canvas is not None and canvas.status == "live" else None


def shown(reception: Reception, canvas: Canvas, account: str) -> Shown:
    """A canvas as messages speak of it."""
    me = reception.me
    return Shown(
        id=canvas.canvas_id,
        account_id=canvas.account_id,
        title=_title(canvas.language, account),
        url=f"{me.url.rstrip('/')}/docs/{me.team_id}/{canvas.canvas_id}",
        language=canvas.language,
    )


def said(reception: Reception, job: Job, key: str, **values: object) -> Message:
    """One sentence about canvases, in the asker's language."""
    told = words(reception.language(job.payload["user"]))
    return sentence_message(told.text(f"canvas.{key}", **values))


def _made(reception: Reception, job: Job, place: Place, draft: Draft) -> Canvas:
    """A new canvas with a plan in it, and the journal's word of it.

    Slack's free plan has canvases in the tabs of a channel only: there it is made only where
    everybody may see the account.
    """
    parts = parts_of(draft, reception.links)
    title, content = _title(draft.language, draft.account_name), page_of(parts)
    channel = None
    try:
        canvas_id = made(reception.client, title, content)
    except SlackApiError as error:
        if refusal(error) not in _FREE_PLAN or not _open(reception, place, draft):
            raise
        channel = place.channel
        canvas_id = made(reception.client, title, content, channel)
    now = datetime.now(UTC)
    canvas = Canvas(
        canvas_id=canvas_id,
        account_id=draft.account_id,
        channel=channel,
        language=draft.language,
        created_by=job.payload["user"],
        created_at=now,
        status="live",
        readers=[],
    )
    written(reception.desk.workspace.database, canvas, parts, now)
    return canvas


def _open(reception: Reception, place: Place, draft: Draft) -> bool:
    """Whether a place is a channel where everybody may see the account of a draft."""
    if reception.audience.readers(place.channel).private:
        return False
    return reception.audience.verdict(place.channel, (draft.account_id,)).reach == "everyone"


def _announce(
    reception: Reception, job: Job, place: Place, canvas: Canvas, message: Message
) -> None:
    """Say it where it was asked if everybody there may see the account, else to the asker."""
    verdict = reception.audience.verdict(place.channel, (canvas.account_id,))
    if verdict.reach == "everyone":
        try:
            reception.delivery.post(job, place, message)
        except SlackApiError as error:
            if refusal(error) not in SHUT:
                raise
        else:
            return
    reception.delivery.direct(job, job.payload["user"], message)


def _refused(reception: Reception, job: Job, draft: Draft, code: str) -> Message:
    if code in _FREE_PLAN:
        return said(reception, job, "free_plan", account=draft.account_name)
    if code == _TAB_TAKEN:
        return said(reception, job, "tab_taken")
    return said(reception, job, "refused", code=code)


def _title(language: str, account: str) -> str:
    return words(language).text("canvas.title", account=line(account))
