"""Every version of every source without the person: theirs are found, the others blackened.

A version that says something else now keeps its number: what cites it resolves, to a text in
which the name is blackened. Its record and its passages are derived from it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.intake.cutting import TEXT_KINDS
from knowledge.intake.keeping import WITHDRAWN
from knowledge.records.base import Base
from knowledge.records.erasing.marks import Mark
from knowledge.records.erasing.quoting import own_runs
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing.catalogue import KINDS, LINKED
from knowledge.records.importing.leaving_out import is_of_them, redacted
from knowledge.records.landing import Arrival, chunks, content_hash
from knowledge.records.sources import Link, Passage, Source, SourceVersion
from knowledge.records.tables import Document

#: The shipped playbook names the authors of its sources; it is nobody's data.
_PUBLISHED = "playbook"
_BATCH = 500


@dataclass
class Found:
    """What a first reading of every version finds of the person.

    Attributes:
        theirs: the sources that are of the person, and have to go whole.
        speaking: others that hold words of theirs, so that sentences of drafts rest on them.
        renamed: keys of records that name them, and what will stand for each.
        runs: what they wrote or said, some words in a row at a time.
    """

    theirs: dict[str, None] = field(default_factory=dict)
    speaking: dict[str, None] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    runs: set[str] = field(default_factory=set)

    @property
    def marks(self) -> list[Mark]:
        """By what an import knows these sources and words again."""
        return [*(("key", one) for one in self.theirs), *(("run", run) for run in self.runs)]


def survey(session: Session, redactor: Redactor) -> Found:
    """Read every version; nothing is changed."""
    found = Found()
    for source, version in _versions(session):
        key = source.id.partition(":")[2]
        if redactor.named(key):
            found.renamed[key] = redactor.marks.new_key(key)
        if WITHDRAWN in version.payload:
            continue  # erased before, or taken back: of it nothing is left but the line
        said = [version.text[one.start : one.end] for one in redactor.said(version.text)]
        if is_of_them(redactor, source.id, version.payload, version.text):
            found.theirs[source.id] = None
            said.append(str(version.payload.get("body") or ""))
        elif said:
            found.speaking[source.id] = None
        found.runs |= own_runs("\n\n".join(said))
    return found


def rewrite(session: Session, redactor: Redactor, found: Found) -> Counter[str]:
    """Blacken every version that mentions the person; how many sources, by kind.

    Those that are theirs alone are left to be buried, under their new keys.
    """
    blackened: dict[str, str] = {}
    for source, version in _versions(session):
        kept = source.id not in found.theirs and WITHDRAWN not in version.payload
        if kept and _blacken(session, redactor, source, version):
            blackened[source.id] = source.kind
    _derive_again(session, blackened)
    _rename(session, found.renamed)
    return Counter(f"blackened {kind.replace('_', ' ')}" for kind in blackened.values())


def _versions(session: Session) -> Iterator[Row[Source, SourceVersion]]:
    """Every version but those of the playbook, some at a time."""
    ids = session.scalars(
        select(SourceVersion.id)
        .join(Source, Source.id == SourceVersion.source_id)
        .where(Source.kind != _PUBLISHED)
        .order_by(SourceVersion.id)
    ).all()
    for some in chunks(ids, _BATCH):
        query = select(Source, SourceVersion).join(Source, Source.id == SourceVersion.source_id)
        yield from session.execute(query.where(SourceVersion.id.in_(some))).all()
        session.flush()


def _blacken(session: Session, redactor: Redactor, source: Source, version: SourceVersion) -> bool:
    """Blacken one version; whether it said anything of the person."""
    before = Arrival(
        source.kind,
        source.id.partition(":")[2],
        source.title,
        version.text,
        version.payload,
        version.origin,
    )
    after = redacted(redactor, before)
    if after == before:
        return False
    session.execute(
        update(SourceVersion)
        .where(SourceVersion.id == version.id)
        .values(
            text=after.text,
            payload=after.payload,
            origin=after.origin,
            content_hash=content_hash(after),
        )
    )
    session.execute(update(Source).where(Source.id == source.id).values(title=after.title))
    return True


def _derive_again(session: Session, kinds: dict[str, str]) -> None:
    linked = [one for one, kind in kinds.items() if kind in LINKED]
    cut = [one for one, kind in kinds.items() if kind in TEXT_KINDS]
    for some in chunks(linked):
        session.execute(update(Source).where(Source.id.in_(some)).values(linked=0))
    for some in chunks(cut):
        session.execute(delete(Passage).where(Passage.source_id.in_(some)))
        session.execute(update(Source).where(Source.id.in_(some)).values(cut=0))
    documents = [one for one, kind in kinds.items() if kind == "document"]
    for some in chunks(documents):  # nobody is left to attach them by
        attached = Document.source_id.in_(some) & Document.account_id.is_not(None)
        session.execute(update(Document).where(attached).values(attached_by="hand"))
    session.expire_all()


def _rename(session: Session, renamed: dict[str, str]) -> None:
    """Give the sources whose keys name the person other keys, and their records the same."""
    keys = list(renamed)
    for kind, key in [(kind, key) for kind in _kinds(session) for key in keys]:
        old, new = f"{kind}:{key}", f"{kind}:{renamed[key]}"
        source = session.get(Source, old)
        if source is None:
            continue
        values = {c.name: getattr(source, c.name) for c in Source.__table__.columns}
        session.execute(insert(Source).values(values | {"id": new}))
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if any(one.column is Source.__table__.c.id for one in column.foreign_keys):
                    session.execute(update(table).where(column == old).values({column.name: new}))
        if kind in KINDS and KINDS[kind].table is not None:
            table = KINDS[kind].columns
            session.execute(update(table).where(table.c.id == key).values(id=renamed[key]))
        session.execute(delete(Link).where(Link.source_id == new))
        session.expire_all()
        session.execute(delete(Source).where(Source.id == old))


def _kinds(session: Session) -> list[str]:
    return list(session.scalars(select(Source.kind).distinct()))
