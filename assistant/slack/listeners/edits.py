"""Following Slack: what was kept is changed when its author changes it, and erased with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.errors import TryLater
from assistant.slack.capturing import said_words
from assistant.slack.intake import Order, Request, Switchboard
from assistant.slack.marked import key_of, moment, order_of
from assistant.slack.reception import Reception
from assistant.work import Job
from knowledge.errors import Unavailable
from knowledge.intake import Capture

Json = Mapping[str, Any]
#: The index is built by one hand at a time.
_VECTORS = "vectors"
#: Seconds until another process may have let go of the index.
_LATER = 300.0


def register(board: Switchboard) -> None:
    """Edits and deletions become the jobs `edited` and `deleted`; nobody is told of a failure."""
    board.job("edited", follow_edit, lambda *_: None)
    board.job("deleted", follow_deletion, lambda *_: None)
    board.job("forget_vectors", forget_vectors, lambda *_: None)
    board.event("message", read_change)


def read_change(request: Request) -> Order | None:
    """An edit or a deletion of somebody else's message.

    A first message that is deleted while its thread stands is changed into a tombstone; a file
    that is deleted leaves one in its message.
    """
    event = request.event
    before: Json = event.get("previous_message") or {}
    if event.get("subtype") == "message_deleted":
        ts = str(event.get("deleted_ts") or before.get("ts") or "")
        return _deletion(event, before, ts) if ts and not request.me.wrote(before) else None
    after: Json = event.get("message") or {}
    if event.get("subtype") != "message_changed" or request.me.wrote(after):
        return None
    if after.get("subtype") == "tombstone":
        return _deletion(event, before or after, str(after["ts"]))
    files = [one["id"] for one in after.get("files") or () if one.get("mode") == "tombstone"]
    if not files and before.get("text") == after.get("text"):
        return None  # Slack unfolded a link, or somebody answered
    payload = {
        "channel_id": event["channel"],
        "message_ts": after["ts"],
        "text": after.get("text") or "",
        "at": (after.get("edited") or {}).get("ts") or event.get("event_ts") or after["ts"],
        "files": files,
    }
    return Order("edited", payload, thread=_order(event, after, str(after["ts"])))


def follow_edit(reception: Reception, job: Job) -> None:
    """Every note that holds the message gets its new words."""
    told = job.payload
    capture = Capture(reception.desk.workspace.database)
    channel, ts, at = told["channel_id"], told["message_ts"], moment(told["at"])
    changed = capture.edited(key_of(channel, ts), said_words(reception, told["text"]), at=at)
    for file_id in told["files"]:
        changed += capture.deleted(key_of(channel, ts, file_id), at=at)
    if changed:
        reception.unread.set()


def follow_deletion(reception: Reception, job: Job) -> None:
    """The words of a deleted message, and its files, are erased wherever they were kept."""
    told = job.payload
    capture = Capture(reception.desk.workspace.database)
    channel, ts, at = told["channel_id"], told["message_ts"], moment(told["at"])
    erased = capture.deleted(key_of(channel, ts), at=at)
    for file_id in told["files"]:
        erased += capture.deleted(key_of(channel, ts, file_id), at=at)
    if erased:
        reception.work.enqueue(f"{job.id}/vectors", "forget_vectors", {}, thread=_VECTORS)


def forget_vectors(reception: Reception, job: Job) -> None:
    """Build the vector index anew, where there is one: deleted entries stay in its files."""
    try:
        reception.desk.workspace.erase_vectors()
    except Unavailable as error:
        raise TryLater(f"{job.id}: {error}", _LATER) from None


def _deletion(event: Json, before: Json, ts: str) -> Order:
    payload = {
        "channel_id": event["channel"],
        "message_ts": ts,
        "at": event.get("event_ts") or ts,
        "files": [one["id"] for one in before.get("files") or ()],
    }
    return Order("deleted", payload, thread=_order(event, before, ts))


def _order(event: Json, message: Json, ts: str) -> str:
    return order_of(event["channel"], message.get("thread_ts") or ts)
