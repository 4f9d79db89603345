"""Delivery: what is said is said once, however often its job is begun.

Every message carries the id of its job in its metadata. Where a message stands is noted as soon
as Slack tells; a job that may have been begun before looks there, and then in the conversation
itself, before it posts anything. What it finds it updates.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.slack.client import SlackClient, refusal
from assistant.slack.people import Identity
from assistant.slack.views.message import Message
from assistant.work import Job
from knowledge.journal.deliveries import Delivery as Noted
from knowledge.journal.deliveries import delivered, keep_delivery
from knowledge.records import Database

log = logging.getLogger(__name__)

EVENT = "liaison_answer"
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_SKEW = timedelta(minutes=5)
_PAGE = 200


@dataclass(frozen=True)
class Place:
    """Where something is said: a conversation, and the thread in it if it is in one."""

    channel: str
    thread_ts: str | None = None

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Place:
        """The place a job's payload names under `channel` and `thread_ts`."""
        return cls(payload["channel"], payload.get("thread_ts"))

    @property
    def key(self) -> str:
        """The name of the thread in our own memory."""
        return f"{self.channel}:{self.thread_ts or ''}"


@dataclass(frozen=True)
class Trace:
    """A message of ours that an earlier attempt left; `marked` if it carries the job's id."""

    ts: str
    marked: bool


class Delivery:
    """Posts, finds and updates the messages of jobs."""

    def __init__(self, client: SlackClient, me: Identity, database: Database) -> None:
        self.client = client
        self._me, self._database = me, database

    def post(self, job: Job, place: Place, message: Message, part: str = "") -> str:
        """Say something once; `part` tells a job's messages apart. Returns the message's `ts`.

        What does not fit into one message goes on in its thread.
        """
        earlier = self.trace(job, place, part) if job.again else None
        if earlier is not None:
            return self.update(job, place, earlier.ts, message, part)
        ts = self._post(job, place, message, part)
        self.note(job, place, ts, part)
        self._continue(job, place, ts, message, part)
        return ts

    def update(self, job: Job, place: Place, ts: str, message: Message, part: str = "") -> str:
        """Say something in the place of a message that is there; anew if somebody deleted it."""
        try:
            self.client.chat_update(
                channel=place.channel,
                ts=ts,
                text=message.text,
                blocks=list(message.blocks),
                metadata=self.mark(job, part),
            )
        except SlackApiError as error:
            if refusal(error) not in _GONE:
                raise
            ts = self._post(job, place, message, part)
        self.note(job, place, ts, part)
        self._continue(job, place, ts, message, part)
        return ts

    def end_stream(self, job: Job, place: Place, ts: str, **last: Any) -> bool:
        """End a stream with what is left to say; whether it was still one.

        Takes what `chat.stopStream` takes. Raises `TryLater`.
        """
        try:
            self.client.chat_stopStream(
                channel=place.channel,
                ts=ts,
                metadata=self.mark(job),
                session_status="active",
                **last,
            )
        except SlackApiError as error:
            log.info("job %s ends as an update: %s", job.id, refusal(error))
            return False
        return True

    def whisper(self, place: Place, user: str, message: Message, *, job: Job | None = None) -> None:
        """Say something to one member of a conversation alone.

        What a job is known to have whispered it does not whisper again. Slack keeps no such
        message, so where a reply was lost nobody can look: it is said again, because an answer
        that comes twice is better than one that never comes.
        """
        for number, one in enumerate((message, *message.replies), start=1):
            part = f"whisper/{user}/{number}"
            if job is not None and self._noted(job, part) is not None:
                continue
            told = self.client.chat_postEphemeral(
                channel=place.channel,
                user=user,
                thread_ts=place.thread_ts,
                text=one.text,
                blocks=list(one.blocks),
            )
            if job is not None:
                self.note(job, place, str(told["message_ts"]), part)

    def direct(self, job: Job, user: str, message: Message, part: str = "") -> Place:
        """Say something in somebody's own conversation with us, once."""
        place = self.alone_with(user)
        self.post(job, place, message, part or "direct")
        return place

    def alone_with(self, user: str) -> Place:
        """Somebody's own conversation with us."""
        told = self.client.conversations_open(users=user)
        return Place(str(told["channel"]["id"]))

    def mark(self, job: Job, part: str = "") -> dict[str, Any]:
        """The metadata by which a message is found again."""
        return {"event_type": EVENT, "event_payload": {"job": _key(job, part)}}

    def note(self, job: Job, place: Place, ts: str, part: str = "") -> None:
        """Remember where a message of a job stands."""
        with self._database.writing() as session:
            now = datetime.now(UTC)
            keep_delivery(session, _key(job, part), channel=place.channel, ts=ts, posted_at=now)

    def trace(
        self, job: Job, place: Place, part: str = "", *, unmarked_since: str | None = None
    ) -> Trace | None:
        """The message an earlier attempt left, if it did.

        Args:
            job: whose message.
            place: where to look.
            part: which of its messages.
            unmarked_since: also take a message of ours in this thread that carries no mark and is
                younger than this `ts`: a stream that was cut short before it could be marked.
        """
        noted = self._noted(job, part)
        if noted is not None and noted.channel == place.channel:
            return Trace(noted.ts, marked=True)
        unmarked: Trace | None = None
        for message in self.messages(job, place):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT:
                if (metadata.get("event_payload") or {}).get("job") == _key(job, part):
                    return Trace(message["ts"], marked=True)
            elif unmarked_since is not None and self._mine(message, unmarked_since):
                unmarked = Trace(message["ts"], marked=False)
        return unmarked

    def _noted(self, job: Job, part: str) -> Noted | None:
        with self._database.reading() as session:
            return delivered(session, _key(job, part))

    def _post(self, job: Job, place: Place, message: Message, part: str) -> str:
        told = self.client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread_ts,
            metadata=self.mark(job, part),
            client_msg_id=str(uuid.uuid5(uuid.NAMESPACE_OID, _key(job, part))),
            **message.to_json(),
        )
        return str(told["ts"])

    def _mine(self, message: Mapping[str, Any], since: str) -> bool:
        return self._me.wrote(message) and float(message["ts"]) > float(since)

    def messages(self, job: Job, place: Place) -> Iterator[Mapping[str, Any]]:
        """What was said in a place since a job was asked for."""
        cursor: str | None = None
        while cursor != "":
            if place.thread_ts is not None:
                page = self.client.conversations_replies(
                    channel=place.channel,
                    ts=place.thread_ts,
                    cursor=cursor,
                    limit=_PAGE,
                    include_all_metadata=True,
                )
            else:
                page = self.client.conversations_history(
                    channel=place.channel,
                    cursor=cursor,
                    limit=_PAGE,
                    oldest=str((job.received - _SKEW).timestamp()),
                    include_all_metadata=True,
                )
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""

    def _continue(self, job: Job, place: Place, ts: str, message: Message, part: str) -> None:
        """Post what did not fit into the message, in its thread."""
        thread = Place(place.channel, place.thread_ts or ts)
        for number, reply in enumerate(message.replies, start=2):
            self.post(job, thread, reply, f"{part}/{number}")


def _key(job: Job, part: str) -> str:
    return f"{job.id}/{part}" if part else job.id
