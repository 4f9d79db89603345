"""A follow-up from a thread: its words become a note of the account, and the draft quotes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.claims import Draft
from assistant.drafting.said import Note, Remark, promised, with_what_was_said
from assistant.slack.apology import no_access
from assistant.slack.capturing import Gone, NotHere, named_account, said_words, thread_of
from assistant.slack.delivery import Place
from assistant.slack.drafting.commission import Commission
from assistant.slack.drafting.handing import deliver
from assistant.slack.drafting.keeping import made_before
from assistant.slack.drafting.places import tell
from assistant.slack.drafting.writing import written
from assistant.slack.filled import answers_of, opens
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.listeners.drafts import excuse, said
from assistant.slack.marked import Marked, key_of, permalink
from assistant.slack.reception import Reception
from assistant.slack.safety import mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import Block, context
from assistant.slack.views.choosing import thread_form
from assistant.slack.words import words
from assistant.work import Job
from knowledge.errors import BadInput, NotFound
from knowledge.intake import Message
from knowledge.records import Viewer
from knowledge.records.roster import roster

SHORTCUT = "draft_from_thread"


@dataclass(frozen=True)
class Heard:
    """A thread as it was read."""

    marked: Marked
    messages: Sequence[Message]
    remarks: Sequence[Remark]


def register(board: Switchboard) -> None:
    """The shortcut opens a form in Bolt's own listener; the form becomes the job `draft_thread`."""
    board.app.shortcut({"callback_id": SHORTCUT, "type": "message_action"})(
        opens(board.reception, _form)
    )
    board.job("draft_thread", draft_thread, excuse)
    board.submission(ids.THREAD_FORM, read_form)


def read_form(request: Request) -> Order:
    """Which thread, for which account."""
    marked = Marked.read(request.body["view"]["private_metadata"])
    payload = {
        **request.actor,
        "channel": marked.channel,
        "thread_ts": marked.root,
        "marked": marked.carried,
        "account": answers_of(request).option(ids.ACCOUNT),
    }
    return Order("draft_thread", payload, thread=marked.order)


def draft_thread(reception: Reception, job: Job) -> None:
    """Keep a thread as a note of the account, and draft the follow-up that quotes it."""
    user, place = job.payload["user"], Place.of(job.payload)
    viewer, language = reception.asker(job.payload)
    own = reception.delivery.alone_with(user)
    if viewer.role == "outsider":
        tell(reception, job, own, no_access(reception, viewer, language))
        return
    made, notes = made_before(reception, viewer, job), list[Block]()
    try:
        if made is None:
            heard = _heard(reception, viewer, Marked.read(job.payload["marked"]))
            made = _drafted(reception, viewer, job, heard)
            if not any(promised(heard.remarks)):
                notes = [context(mrkdwn(words(language).text("drafting.no_promise")))]
    except NotHere:
        tell(reception, job, own, said(language, "not_there"))
    except NotFound:
        tell(reception, job, own, said(language, "no_account", name=job.payload["account"]))
    except (Gone, BadInput):
        tell(reception, job, own, said(language, "nothing_said"))
    else:
        deliver(reception, job, viewer, place, made, before=notes)


def _drafted(reception: Reception, viewer: Viewer, job: Job, heard: Heard) -> Draft:
    """The follow-up of the records, with what was promised in the thread, checked together."""
    desk, account_id, marked = reception.desk, job.payload["account"], heard.marked
    day = min((one.said_at for one in heard.messages), default=job.received).date()
    told = words(reception.language(job.payload["user"]))
    kept = desk.steering.capture.remember_thread(
        viewer,
        account_id,
        heard.messages,
        permalink=permalink(reception.me.url, marked.channel, marked.root),
        key=key_of(marked.channel, marked.root),
        title=told.text("drafting.thread_note", day=told.day(day)),
        now=datetime.now(UTC),
    )
    draft = written(desk, viewer, Commission("follow_up", account_id), told.language)
    brief = desk.office.brief(viewer, account_id, draft.as_of, draft.language)
    source, version = desk.workspace.ledger.source_text(viewer, kept.ref)
    note = Note(kept.ref, source.title, version.text, day)
    return desk.office.checked(
        viewer, brief, with_what_was_said(draft, heard.remarks, note, brief.pen)
    )


def _heard(reception: Reception, viewer: Viewer, marked: Marked) -> Heard:
    """Who said what; only one of us bears the bare name of one of us."""
    known = roster(reception.desk.workspace.database, viewer)
    ours = {one.name for one in known if one.kind == "colleague"}
    messages = thread_of(reception, marked)
    remarks = [Remark(one.author, one.text, one.author in ours) for one in messages]
    return Heard(marked, messages, remarks)


def _form(reception: Reception, request: Request) -> Block:
    """The form for a message: its words, and the account if they or the channel name one."""
    marked = Marked.of(request.body)
    viewer, language = reception.asker(request.actor)
    text = said_words(reception, marked.text or "")
    return thread_form(
        text,
        language,
        account=named_account(reception, viewer, text, marked.where.replace("-", " ")),
        carried=marked.carried,
    )
