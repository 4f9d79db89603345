"""Where a draft may be shown, and how its asker is told something alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.claims import Draft
from assistant.slack.audience import Verdict
from assistant.slack.client import refusal
from assistant.slack.delivery import Place
from assistant.slack.drafting.keeping import about
from assistant.slack.intake import Request
from assistant.slack.reception import Reception
from assistant.slack.views.message import Message
from assistant.work import Job

#: Slack's ways of saying that we are not a member, or that nobody may write there.
SHUT = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "user_not_in_channel",
    }
)


def place_of(reception: Reception, payload: Mapping[str, Any]) -> Place:
    """Where a job was asked for; the asker's own conversation with us if that was nowhere."""
    if payload.get("channel"):
        return Place.of(payload)
    return reception.delivery.alone_with(payload["user"])


def clicked(request: Request) -> dict[str, Any]:
    """The payload of a click: who, and the thread the clicked message stands in, if it is one."""
    container = request.body.get("container") or {}
    channel = container.get("channel_id")
    message = request.body.get("message") or {}
    thread = container.get("thread_ts") or message.get("thread_ts")
    if channel and not container.get("is_ephemeral"):
        thread = thread or container.get("message_ts")
    return {**request.actor, "channel": channel, "thread_ts": thread}


def thread_clicked(request: Request) -> Place:
    """The thread of a click, or the one that hangs on the clicked message."""
    container = request.body["container"]
    message = request.body.get("message") or {}
    thread = container.get("thread_ts") or message.get("thread_ts") or container["message_ts"]
    return Place(container["channel_id"], thread)


def where_clicked(request: Request) -> tuple[str, str]:
    """Channel and thread of a click, for a form to carry; empty where there is none."""
    place = clicked(request)
    return place["channel"] or "", place["thread_ts"] or ""


def thread_key(payload: Mapping[str, Any]) -> str | None:
    """The thread a job was asked for in: what is asked for there is done in order."""
    return Place.of(payload).key if payload["channel"] else None


def verdict_on(reception: Reception, place: Place, draft: Draft) -> Verdict:
    """Where a draft may be shown; one about many accounts is its asker's alone."""
    account_id = about(draft)
    if account_id is not None:
        return reception.audience.verdict(place.channel, (account_id,))
    readers = reception.audience.readers(place.channel)
    if readers.private:
        return Verdict("everyone")
    return Verdict("elsewhere", readers.closed or "unseen")


def tell(reception: Reception, job: Job, place: Place, shown: Message, part: str = "told") -> None:
    """Say something to the asker alone, where they asked or else in our own conversation."""
    user = job.payload["user"]
    readers = reception.audience.readers(place.channel)
    if readers.private:
        reception.delivery.post(job, place, shown, part)
        return
    try:
        if readers.closed is None:
            reception.delivery.whisper(place, user, shown)
            return
    except SlackApiError as error:
        if refusal(error) not in SHUT:
            raise
    reception.delivery.direct(job, user, shown, part)
