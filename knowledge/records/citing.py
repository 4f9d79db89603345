"""Reading what references cite, as one viewer may: many at once, because a draft cites hundreds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.records import tables as t
from knowledge.records.landing import chunks
from knowledge.records.proofs import hidden_proofs, without_proof
from knowledge.records.references import Reference
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_source

Cited = tuple[t.Source, t.SourceVersion]


@dataclass(frozen=True)
class _Read:
    """A version as its reader may see it: `cut` without a proof, `moved` if that was in text."""

    source: t.Source
    version: t.SourceVersion
    cut: bool
    moved: bool

    def holds(self, cited: Reference) -> bool:
        """Whether what is cited is left, and where it was."""
        return not (self.cut and "proof" in cited.fields) and not (self.moved and cited.span)


def cited_texts(database: Database, viewer: Viewer, refs: Iterable[str]) -> dict[str, Cited]:
    """The source versions that references cite; what is not the viewer's to see is left out.

    A value driver is read without a proof that is not the viewer's to know.
    """
    cited = {ref: parts for ref in refs if (parts := Reference.parse(ref))}
    with database.reading() as session:
        read = {
            (one.source.id, one.version.number): one
            for one in _versions(session, viewer, cited.values())
        }
    found = {ref: read.get((parts.source, parts.version)) for ref, parts in cited.items()}
    return {
        ref: (one.source, one.version)
        for ref, one in found.items()
        if one is not None and one.holds(cited[ref])
    }


def _versions(session: Session, viewer: Viewer, cited: Collection[Reference]) -> Iterator[_Read]:
    numbers = {one.version for one in cited}
    for some in chunks(sorted({one.source for one in cited})):
        # Asked for as a column: as a condition SQLite looks for it through every source there is.
        asked = session.execute(
            select(t.Source, t.SourceVersion, may_see_source(viewer))
            .join(t.SourceVersion, t.SourceVersion.source_id == t.Source.id)
            .where(t.Source.id.in_(some), t.SourceVersion.number.in_(numbers))
        )
        rows = [(source, version) for source, version, seen in asked if seen]
        proofs = {proof for _, version in rows if (proof := version.payload.get("proof"))}
        hidden = hidden_proofs(session, viewer, proofs)
        yield from (
            _without_proof(session, source, version)
            if version.payload.get("proof") in hidden
            else _Read(source, version, cut=False, moved=False)
            for source, version in rows
        )


def _without_proof(session: Session, source: t.Source, version: t.SourceVersion) -> _Read:
    text, payload = without_proof(version.text, version.payload)
    moved = text != version.text
    session.expunge(version)  # what is left out for a reader stays in the records
    version.text, version.payload = text, payload
    return _Read(source, version, cut=True, moved=moved)
