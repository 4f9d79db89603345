"""The Slack messages behind captured sources, so that a citation opens what it cites."""

from __future__ import annotations

from sqlalchemy import select

from assistant.claims import Evidence
from knowledge.records import Database
from knowledge.records.references import Reference
from knowledge.records.tables import SourceVersion

_CAPTURED = ("activity:slack-", "document:slack-")


class Permalinks:
    """Looks up where a captured note or file was said."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, evidence: Evidence) -> str | None:
        """The address of the message that a citation quotes; None where it quotes none."""
        if not evidence.ref.startswith(_CAPTURED):
            return None
        cited = Reference.parse(evidence.ref)
        if cited is None:
            return None
        query = select(SourceVersion.payload).where(
            SourceVersion.source_id == cited.source, SourceVersion.number == cited.version
        )
        with self._database.reading() as session:
            payload = session.scalar(query) or {}
        link = payload.get("link") or (payload.get("other") or {}).get("Link")
        return str(link) if link else None
