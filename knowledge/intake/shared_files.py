"""A file that somebody shared: read like any other, attached to its account by hand."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy.orm import Session

from knowledge.errors import Unreadable
from knowledge.intake.cutting import cut_sources
from knowledge.intake.documents import KIND, document_of
from knowledge.intake.threads import note_messages, place_for
from knowledge.passages import Reading, read
from knowledge.records.importing.leaving_out import blackened
from knowledge.records.landing import Arrival, land
from knowledge.records.tables import Source


def keep_file(
    session: Session,
    account_id: str,
    content: bytes,
    name: str,
    *,
    author: str,
    said_at: datetime,
    permalink: str,
    key: str,
    captured_by: str,
    now: datetime,
) -> str:
    """Keep a file as a document of an account; returns its source. The caller checks the viewer.

    Raises:
        Unreadable: it cannot be turned into text.
    """
    reading = read_bytes(content, name)
    source_id = place_for(session, KIND, key, account_id)
    dated = reading.dated or said_at.date()
    arrival = Arrival(
        kind=KIND,
        key=source_id.partition(":")[2],
        title=reading.title,
        text=reading.text,
        payload={
            "media": reading.media,
            "author": reading.author or author,
            "dated": dated.isoformat(),
            "participants": sorted(reading.participants),
            "account_hint": None,
            "language_hint": reading.language_hint,
            "audience": None,
            "file": PurePosixPath(name).name,
            "shared_by": author,
            "link": permalink,
        },
        origin=permalink,
        dated=dated,
        audience="account",
        account_id=account_id,
    )
    land(session, blackened(session, [arrival]), now)
    source = session.get_one(Source, source_id, populate_existing=True)
    source.linked = source.current
    session.merge(document_of(source, arrival.payload, arrival.text, attached_by="hand"))
    session.flush()
    cut_sources(session, [source_id])
    note_messages(session, source_id, account_id, [key], captured_by=captured_by, now=now)
    return source_id


def read_bytes(content: bytes, name: str) -> Reading:
    """The text of a file that is not on disk; raises `Unreadable`."""
    with tempfile.TemporaryDirectory(prefix="shared-") as folder:
        path = Path(folder) / (PurePosixPath(name.replace("\\", "/")).name or "file")
        path.write_bytes(content)
        readings = read(path, root=Path(folder))
    if len(readings) != 1:
        raise Unreadable(
            f"“{name}” holds {len(readings)} documents; share one at a time.",
            "file_several",
            name=name,
            count=len(readings),
        )
    return readings[0]
