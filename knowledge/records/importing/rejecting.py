"""Keeping what could not be taken: every refused row once, however often it is imported."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from knowledge.records.erasing.marks import Marks
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing.preparing import Refusal
from knowledge.records.landing import chunks, storable, take_turn
from knowledge.records.sources import Reject


def keep_rejects(session: Session, refusals: Sequence[Refusal]) -> None:
    """Keep each refused row with its reason.

    The same row of the same file is kept once; line and reason follow what is true of it now.
    Rows that really stand several times in a file are several rejects. Whoever was erased is
    blackened in them too.
    """
    take_turn(session)
    redactor = Redactor(Marks.load(session))
    repeats: Counter[tuple[str, str]] = Counter()
    rows: dict[str, dict[str, Any]] = {}
    for refusal in sorted(refusals, key=lambda one: (one.file, one.line or 0)):
        same = (refusal.file, refusal.text)
        repeats[same] += 1
        digest = hashlib.sha256(json.dumps([*same, repeats[same]]).encode()).hexdigest()
        rows[digest] = {
            "file": redactor.text(storable(refusal.file)),
            "line": refusal.line,
            "reason": redactor.text(storable(refusal.reason)),
            "row_text": redactor.text(storable(refusal.text)),
            "content_hash": digest,
        }
    known: dict[str, tuple[int | None, str]] = {}
    for chunk in chunks(sorted(rows)):
        query = select(Reject.content_hash, Reject.line, Reject.reason).where(
            Reject.content_hash.in_(chunk)
        )
        known.update({digest: (line, reason) for digest, line, reason in session.execute(query)})
    connection = session.connection()
    if new := [row for digest, row in rows.items() if digest not in known]:
        connection.execute(insert(Reject), new)
    changed = [
        {"digest": digest, "line_now": rows[digest]["line"], "reason_now": rows[digest]["reason"]}
        for digest, before in known.items()
        if (rows[digest]["line"], rows[digest]["reason"]) != before
    ]
    if changed:
        table = Reject.__table__
        new_values: dict[str, Any] = {
            "line": bindparam("line_now"),
            "reason": bindparam("reason_now"),
        }
        here = table.c.content_hash == bindparam("digest")
        connection.execute(update(Reject).where(here).values(**new_values), changed)
