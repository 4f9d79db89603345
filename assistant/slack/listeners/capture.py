"""“Remember for an account”: a message, its thread or its files, kept as citable notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.rendering.captions import Captions
from assistant.slack.capturing import (
    Gone,
    NotHere,
    author_of,
    message_of,
    named_account,
    said_words,
    thread_of,
)
from assistant.slack.delivery import Place
from assistant.slack.downloads import download
from assistant.slack.drafting.places import tell
from assistant.slack.filled import answers_of, opens
from assistant.slack.intake import Order, Rejected, Request, Switchboard
from assistant.slack.marked import Marked, key_of, moment, permalink
from assistant.slack.modals import notice_view
from assistant.slack.reception import Reception
from assistant.slack.safety import line, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block
from assistant.slack.views.forms import remember_form
from assistant.slack.views.notices import kept_message, not_kept
from assistant.slack.words import words
from assistant.slack.wrong import in_words
from assistant.work import Job
from knowledge.errors import BadInput, NotFound, Unreadable
from knowledge.intake import Capture, Message
from knowledge.records import Viewer
from knowledge.records.tables import Account

SHORTCUT = "remember"
_EXCERPT, _WHAT = 400, 200


def register(board: Switchboard) -> None:
    """The shortcut opens a form; the form becomes the job `remember`."""
    board.job("remember", remember)
    board.submission(ids.CAPTURE_FORM, read_form)
    board.app.shortcut({"callback_id": SHORTCUT, "type": "message_action"})(
        opens(board.reception, _form)
    )


def _form(reception: Reception, request: Request) -> Block:
    """Ask what to keep and for which account, the account filled in where one alone is named."""
    viewer, language = reception.asker(request.actor)
    told = words(language)
    if viewer.role == "outsider" or reception.me.wrote(request.body["message"]):
        why = "remember.outsider" if viewer.role == "outsider" else "remember.ours"
        return notice_view(told.text("capture.title"), told.text(why), told.language)
    marked = Marked.of(request.body)
    text = said_words(reception, marked.text or "")
    names = " · ".join(name for _, name in marked.files)
    where = marked.where.replace("-", " ").replace("_", " ")
    return remember_form(
        line(text)[:_EXCERPT] or names,
        told.language,
        account=named_account(reception, viewer, text, names, where),
        scopes=marked.scopes,
        carried=marked.carried,
    )


def read_form(request: Request) -> Order | Rejected | None:
    """Which account, and what of the message."""
    marked, answers = Marked.read(request.body["view"]["private_metadata"]), answers_of(request)
    payload = {
        **request.actor,
        "marked": marked.carried,
        "account": answers.option(ids.ACCOUNT),
        "scope": answers.option(ids.SCOPE) or marked.scopes[0],
    }
    return Order("remember", payload, thread=marked.order)


def remember(reception: Reception, job: Job) -> None:
    """Keep what was marked, and tell whoever marked it; once, however often it is tried."""
    told = job.payload
    marked = Marked.read(told["marked"])
    viewer, language = reception.asker(told)
    say = words(language)
    ledger = reception.desk.workspace.ledger
    place = Place(marked.channel, marked.thread_ts)
    try:
        account = ledger.find_account(viewer, told["account"])
        kept = _kept(reception, viewer, account, marked, told["scope"])
    except (NotFound, BadInput) as error:
        tell(reception, job, place, not_kept(_why(error, say), say.language))
        return
    reception.unread.set()
    link = permalink(reception.me.url, marked.channel, marked.ts, marked.thread_ts)
    known = link if reception.links.allows(link) else None
    tell(reception, job, place, kept_message(plain(kept, _WHAT), account.name, say.language, known))


def _kept(
    reception: Reception, viewer: Viewer, account: Account, marked: Marked, scope: str
) -> str:
    """Keep it; the words by which the person recognises what was kept."""
    capture = Capture(reception.desk.workspace.database)
    now = datetime.now(UTC)
    if scope == "file":
        return _kept_files(reception, capture, viewer, account, marked, now)
    root = marked.root if scope == "thread" else marked.ts
    said = thread_of(reception, marked) if scope == "thread" else [message_of(reception, marked)]
    capture.remember_thread(
        viewer,
        account.id,
        said,
        permalink=permalink(reception.me.url, marked.channel, root, marked.thread_ts),
        key=key_of(marked.channel, root),
        title=_title(said, marked),
        now=now,
    )
    return said[0].text


def _kept_files(  # noqa: PLR0917 - the parts of one capture
    reception: Reception,
    capture: Capture,
    viewer: Viewer,
    account: Account,
    marked: Marked,
    now: datetime,
) -> str:
    link = permalink(reception.me.url, marked.channel, marked.ts, marked.thread_ts)
    author = author_of(reception, reception.people.person(marked.author))
    for file_id, name in marked.files:
        capture.remember_file(
            viewer,
            account.id,
            download(reception.client, _about(reception, file_id, name)),
            name,
            author=author,
            said_at=moment(marked.ts),
            permalink=link,
            key=key_of(marked.channel, marked.ts, file_id),
            now=now,
        )
    return ", ".join(name for _, name in marked.files)


def _about(reception: Reception, file_id: str, name: str) -> Mapping[str, Any]:
    try:
        about: Mapping[str, Any] = reception.client.files_info(file=file_id)["file"]
    except SlackApiError:
        raise Unreadable(
            f"I cannot see “{name}”: invite me to where it was shared, or share it anew.",
            "file_withheld",
            name=name,
        ) from None
    return about


def _title(said: list[Message], marked: Marked) -> str:
    """Who spoke and where; what they said is the note."""
    speakers = list(dict.fromkeys(one.author for one in said))
    who = ", ".join(speakers[:3])
    return f"{who} in #{marked.where}" if marked.where else f"{who} in Slack"


def _why(error: NotFound | BadInput, say: Captions) -> str:
    match error:
        case Gone():
            return say.text("remember.gone")
        case NotHere():
            return say.text("remember.not_here")
        case Unreadable():
            return in_words(error, say.language)
        case NotFound():
            return say.text("remember.no_account")
        case _:
            return say.text("remember.empty")
