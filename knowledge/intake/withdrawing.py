"""Following Slack: an edit is a new version, a deletion erases what was said.

Versions are otherwise never touched. A deletion is a person's decision that their words be gone,
so every version that held them becomes one line that says so; what cites them still resolves,
and is told that the source was taken back.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from knowledge.intake.keeping import WITHDRAWN
from knowledge.intake.threads import current_payload, keep_note
from knowledge.journal.captures import CapturedMessage, holding
from knowledge.journal.erasing import erase_quotes
from knowledge.records.tables import (
    Activity,
    Document,
    Link,
    Passage,
    Source,
    SourceVersion,
)

TITLE = "Taken back by its author"


def follow_edit(session: Session, key: str, text: str, at: datetime) -> list[tuple[str, str]]:
    """Write the new words into every note that holds a message; (source, account) of each.

    An edit that leaves no words takes the message back.
    """
    if not text.strip():
        return follow_deletion(session, key, at)
    changed = []
    for held in holding(session, key):
        payload = current_payload(session, held.source_id)
        if "messages" not in payload:
            continue  # a file is not edited; another one is shared
        messages = [
            _reworded(one, text.strip(), at) if one["key"] == key else one
            for one in payload["messages"]
        ]
        keep_note(session, held.source_id, {**payload, "messages": messages}, held.account_id, at)
        changed.append((held.source_id, held.account_id))
    return changed


def _reworded(message: dict[str, str], text: str, at: datetime) -> dict[str, str]:
    """The message with its new words, unless a later edit came first: Slack keeps no order."""
    before = message.get("edited")
    if before is not None and datetime.fromisoformat(before) > at:
        return message
    return {**message, "text": text, "edited": at.isoformat()}


def follow_deletion(session: Session, key: str, at: datetime) -> list[tuple[str, str]]:
    """Erase a message from every source that holds it; (source, account) of each.

    A thread keeps what others said, in a new version.
    """
    changed = []
    for held in holding(session, key):
        payload = current_payload(session, held.source_id)
        left = [one for one in payload.get("messages", ()) if one["key"] != key]
        _erase(session, held.source_id, at)
        erase_quotes(session, held.source_id)
        if left:
            _keep_rest(session, held, payload, left, at)
        else:
            _close(session, held.source_id, at)
        held.withdrawn_at = at
        changed.append((held.source_id, held.account_id))
    return changed


def _keep_rest(
    session: Session,
    held: CapturedMessage,
    payload: dict[str, Any],
    left: list[dict[str, str]],
    at: datetime,
) -> None:
    authors = ", ".join(dict.fromkeys(one["author"] for one in left))
    rest = {
        **payload,
        "messages": left,
        "occurred_at": left[0]["at"],
        "other": {**payload["other"], "Author": authors},
    }
    keep_note(session, held.source_id, rest, held.account_id, at)


def _erase(session: Session, source_id: str, at: datetime) -> None:
    """Every version so far becomes one line; passages, words and vectors go."""
    from knowledge.index.backlog import forget  # it brings numpy along

    line = f"{TITLE} on {at.date().isoformat()}: the words are no longer kept."
    session.execute(
        update(SourceVersion)
        .where(SourceVersion.source_id == source_id)
        .values(
            text=line,
            payload={WITHDRAWN: at.date().isoformat()},
            content_hash=hashlib.sha256(line.encode()).hexdigest(),
        )
    )
    forget(session, [source_id])
    session.execute(delete(Passage).where(Passage.source_id == source_id))
    session.expire_all()


def _close(session: Session, source_id: str, at: datetime) -> None:
    """No record is left of it, and nothing waits to be derived from it."""
    kind, _, record_id = source_id.partition(":")
    session.execute(delete(Link).where(Link.source_id == source_id))
    table = Document if kind == "document" else Activity
    session.execute(delete(table).where(table.id == record_id))
    source = session.get_one(Source, source_id)
    source.title, source.linked, source.cut = TITLE, source.current, source.current
    session.execute(
        update(CapturedMessage)
        .where(CapturedMessage.source_id == source_id)
        .values(withdrawn_at=at)
    )
    session.flush()
