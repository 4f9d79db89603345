"""Passages of what was taken in: cut from the current versions and findable by words at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, Select, delete, func, select
from sqlalchemy.orm import Session

from knowledge.index import words
from knowledge.passages import cut
from knowledge.passages.language import UNKNOWN
from knowledge.records import Database
from knowledge.records.content import content_hash_of
from knowledge.records.importing import Progress
from knowledge.records.tables import Passage, Source, SourceVersion

#: Kinds whose text people look for. Orders, links and figures are found through their account.
TEXT_KINDS = (
    "account",
    "activity",
    "adaptation",
    "article",
    "case",
    "commitment",
    "competitor",
    "contact",
    "contract",
    "document",
    "opportunity",
    "playbook",
    "policy",
    "product",
    "value_driver",
)
_BATCH = 500

#: Where people write sentences in a record. One without any is a row of figures and names: words
#: find it exactly, a vector of it would mean nothing and cost as much as one that does.
_PROSE = (
    "body",
    "charter",
    "description",
    "goals",
    "meddpicc_metrics",
    "meddpicc_pain",
    "next_step",
    "proof",
    "reason",
    "reason_buyer",
    "reason_rep",
    "rule",
    "strengths",
    "subject",
    "terms",
    "text",
    "weaknesses",
)
_WORDS_OF_A_SENTENCE = 4
_WHOLE_TEXTS = frozenset({"article", "document", "playbook"})


def cut_passages(database: Database, progress: Progress) -> int:
    """Cut whatever lags behind its source, a batch a transaction; returns how many sources."""
    with database.reading() as session:
        total = session.scalar(select(func.count()).where(*_lagging())) or 0
    if total:
        progress.start("Making findable", total)
    done = 0
    while batch := _cut_batch(database):
        done += batch
        progress.advance(batch)
    return done


def _lagging() -> tuple[ColumnElement[bool], ...]:
    return (Source.kind.in_(TEXT_KINDS), Source.cut != Source.current)


def _cut_batch(database: Database) -> int:
    with database.writing() as session:
        rows = session.execute(_current().where(*_lagging()).limit(_BATCH)).all()
        _cut(session, rows)
        return len(rows)


def cut_sources(session: Session, source_ids: Sequence[str]) -> None:
    """Cut these few sources within the transaction that changed them, whatever else waits."""
    mine = _current().where(Source.id.in_(source_ids), *_lagging())
    # What landed them wrote past the objects that this session may hold.
    _cut(session, session.execute(mine.execution_options(populate_existing=True)).all())


def _current() -> Select[Source, SourceVersion]:
    return (
        select(Source, SourceVersion)
        .join(
            SourceVersion,
            (SourceVersion.source_id == Source.id) & (SourceVersion.number == Source.current),
        )
        .order_by(Source.id)
    )


def _cut(session: Session, rows: Sequence[Row[Source, SourceVersion]]) -> None:
    _forget(session, [source.id for source, _ in rows])
    for source, version in rows:
        session.add_all(_passages(source, version))
        source.cut = source.current
    session.flush()
    fresh = session.scalars(
        select(Passage).where(Passage.source_id.in_([source.id for source, _ in rows]))
    )
    words.add(session, fresh)


def _forget(session: Session, source_ids: Sequence[str]) -> None:
    stale = session.scalars(select(Passage.id).where(Passage.source_id.in_(source_ids))).all()
    if stale:
        words.remove(session, stale)
        session.execute(delete(Passage).where(Passage.id.in_(stale)))


def _passages(source: Source, version: SourceVersion) -> list[Passage]:
    media = version.payload.get("media") or _media(source.kind)
    prose = source.kind in _WHOLE_TEXTS or _has_prose(version)
    return [
        Passage(
            version_id=version.id,
            source_id=source.id,
            start=span.start,
            end=span.end,
            text=version.text[span.start : span.end],
            heading=span.heading,
            language=span.language if prose else UNKNOWN,
            content_hash=content_hash_of(span.heading, version.text[span.start : span.end]),
        )
        for span in cut(version.text, title=source.title, media=media)
    ]


def _has_prose(version: SourceVersion) -> bool:
    fields = (version.payload.get(name) for name in _PROSE)
    return any(len(str(words).split()) >= _WORDS_OF_A_SENTENCE for words in fields if words)


def _media(kind: str) -> str:
    return "text/markdown" if kind == "playbook" else "text/plain"
