"""Messages of Slack as one dated note: who said what, when, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.errors import BadInput
from knowledge.intake.keeping import arrival_of, keep
from knowledge.journal.captures import CapturedMessage, is_withdrawn
from knowledge.records.landing import storable
from knowledge.records.tables import Source, SourceVersion

KIND = "activity"


@dataclass(frozen=True)
class Message:
    """One message. `key` is `slack-CHANNEL-TS`; `author` a name or an address."""

    key: str
    author: str
    said_at: datetime
    text: str


def keep_thread(
    session: Session,
    account_id: str,
    messages: Sequence[Message],
    *,
    key: str,
    title: str,
    permalink: str,
    user_id: str | None,
    captured_by: str,
    now: datetime,
) -> str:
    """Keep messages as a note of an account; returns its source. The caller checks the viewer.

    Raises:
        BadInput: there is no message with words in it.
    """
    source_id = place_for(session, KIND, key, account_id)
    said = _said(session, source_id, messages)
    if not said:
        raise BadInput("There are no words to remember: the message is empty or was deleted.")
    payload = {
        "account_id": account_id,
        "user_id": user_id,
        "type": "note",
        "subject": " ".join(storable(title).split()) or "Note",
        "occurred_at": said[0]["at"],
        "other": {
            "Author": ", ".join(dict.fromkeys(one["author"] for one in said)),
            "Link": permalink,
        },
        "messages": said,
    }
    keep_note(session, source_id, payload, account_id, now)
    keys = [one["key"] for one in said]
    note_messages(session, source_id, account_id, keys, captured_by=captured_by, now=now)
    return source_id


def _said(session: Session, source_id: str, messages: Sequence[Message]) -> list[dict[str, str]]:
    """The messages with words in them, with those the note holds already, oldest first.

    What its author has deleted stays away, however late somebody's request to keep it runs.
    """
    known = {one["key"]: one for one in current_payload(session, source_id).get("messages", ())}
    for one in messages:
        if one.text.strip():
            known[one.key] = {
                "key": one.key,
                "author": storable(one.author),
                "at": one.said_at.isoformat(),
                "text": storable(one.text.strip()),
            }
    left = [one for key, one in known.items() if not is_withdrawn(session, key)]
    return sorted(left, key=lambda one: (datetime.fromisoformat(one["at"]), one["key"]))


def current_payload(session: Session, source_id: str) -> dict[str, Any]:
    """What the newest version of a source was made from; empty where there is none."""
    payload: dict[str, Any] | None = session.scalar(
        select(SourceVersion.payload)
        .join(Source, Source.id == SourceVersion.source_id)
        .where(Source.id == source_id, SourceVersion.number == Source.current)
    )
    return payload or {}


def keep_note(
    session: Session,
    source_id: str,
    payload: Mapping[str, Any],
    account_id: str,
    now: datetime,
) -> None:
    """Write a note from its messages: its body follows from them."""
    told = {**payload, "body": body_of(payload["messages"])}
    day = datetime.fromisoformat(payload["occurred_at"]).date()
    arrival = arrival_of(
        KIND,
        source_id.partition(":")[2],
        told,
        origin=payload["other"]["Link"],
        dated=day,
        account_id=account_id,
    )
    keep(session, [arrival], now)


def body_of(messages: Sequence[Mapping[str, str]]) -> str:
    """The words as people read them: one alone as it is, several each with its author."""
    if len(messages) == 1:
        return messages[0]["text"]
    return "\n".join(f"{one['author']}: {one['text']}" for one in messages)


def place_for(session: Session, kind: str, key: str, account_id: str) -> str:
    """The source for a key: its own, or another one where a second account remembers the same."""
    plain = f"{kind}:{key}"
    owner = session.scalar(select(Source.account_id).where(Source.id == plain))
    return plain if owner in {None, account_id} else f"{plain}~{account_id}"


def note_messages(
    session: Session,
    source_id: str,
    account_id: str,
    keys: Sequence[str],
    *,
    captured_by: str,
    now: datetime,
) -> None:
    """Remember which messages a source holds."""
    for key in dict.fromkeys(keys):
        if session.get(CapturedMessage, (key, source_id)) is None:
            session.add(
                CapturedMessage(
                    key=key,
                    source_id=source_id,
                    account_id=account_id,
                    captured_by=captured_by,
                    captured_at=now,
                    withdrawn_at=None,
                )
            )
