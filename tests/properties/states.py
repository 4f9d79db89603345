"""What a workspace holds, in a form in which two workspaces can be compared.

Numbers that the database hands out (of versions, passages, rejects) and the moments and places of
an import are left out: they tell how something came in, not what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from sqlalchemy import select, true

from knowledge.index import words
from knowledge.index.backlog import pending
from knowledge.index.entries import keys_wanted, passage_of
from knowledge.index.languages import STEMMED, languages_read
from knowledge.index.scope import Scope
from knowledge.index.vectors import VectorIndex
from knowledge.records import tables as t
from knowledge.records.content import embedded_text
from knowledge.records.store import Database
from tests.knowledge.index.library import BagOfWords

State = dict[str, list[Any]]

_RECORDS = [
    table
    for name in t.__all__
    if isinstance(table := getattr(t, name), type)
    and issubclass(table, t.Record)
    and table is not t.Record
]
_DERIVED: list[type[t.Base]] = [*_RECORDS, t.Grant, t.Oversight, t.Link, t.Name]
ASKED = ("energy", "pumps", "report", "Quorvex", "Zelbinor", "discounts", "visit", "seals")


def linguist() -> BagOfWords:
    """A cheap, deterministic embedder that reads every language."""
    return BagOfWords(dimensions=48, languages=tuple(languages_read(lambda _: True)))


def state_of(database: Database) -> State:
    """Everything that is known: records, links, rights, sources, passages, and word hits."""
    with database.reading() as session:
        state: State = {
            table.__tablename__: sorted(map(_plain, session.scalars(select(table))), key=repr)
            for table in _DERIVED
        }
        sources = select(
            *(t.Source.id, t.Source.kind, t.Source.title, t.Source.audience, t.Source.account_id),
            *(t.Source.owner_id, t.Source.dated, t.Source.current, t.Source.linked, t.Source.cut),
        )
        state["sources"] = sorted(map(tuple, session.execute(sources)), key=repr)
        version = t.SourceVersion
        versions = select(version.source_id, version.number, version.text, version.content_hash)
        state["versions"] = sorted(map(tuple, session.execute(versions)))
        place = {
            row.id: (row.source_id, row.start, row.end)
            for row in session.scalars(select(t.Passage))
        }
        state["passages"] = sorted(
            (one.source_id, one.start, one.end, one.heading, one.text, one.language)
            for one in session.scalars(select(t.Passage))
        )
        state["unsettled"] = sorted((u.what, u.key) for u in session.scalars(select(t.Unsettled)))
        state["rejects"] = sorted(
            (one.file, one.row_text) for one in session.scalars(select(t.Reject))
        )
        for asked in ASKED:
            hits = words.match(session, asked, "en", true(), 500)
            state[f"found by “{asked}”"] = sorted(
                (place[hit.passage_id], round(hit.score, 9)) for hit in hits
            )
    return state


def differences(before: State, after: State) -> dict[str, tuple[list[Any], list[Any]]]:
    """What one state has that the other has not, table by table; empty when they are equal."""
    found = {}
    for name in before.keys() | after.keys():
        was, now = before.get(name, []), after.get(name, [])
        if was != now:
            gone, new = _without(was, now), _without(now, was)
            found[name] = (gone, new)
    return found


def numbers(database: Database) -> list[int]:
    """The numbers the database gave to passages: the same only if none was written anew."""
    with database.reading() as session:
        return sorted(session.scalars(select(t.Passage.id)))


def check_whole(database: Database) -> None:
    """The file is sound, and nothing waits, is missing or stands there twice."""
    with database.reading() as session:
        connection = session.connection()
        if database.dialect == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            connection.exec_driver_sql("INSERT INTO words(words) VALUES ('integrity-check')")
        waiting = select(t.Source.id).where(t.Source.cut != t.Source.current)
        kinds = select(t.Passage.source_id).distinct()
        assert not session.scalars(waiting.where(t.Source.id.in_(kinds))).all()
        spans = [(p.source_id, p.start, p.end) for p in session.scalars(select(t.Passage))]
        assert len(spans) == len(set(spans)), "a passage stands there twice"
        for passage, version in session.execute(
            select(t.Passage, t.SourceVersion).join(
                t.SourceVersion, t.SourceVersion.id == t.Passage.version_id
            )
        ):
            assert version.text[passage.start : passage.end] == passage.text


def check_findable(database: Database, index: VectorIndex, embedder: BagOfWords) -> int:
    """Every passage is found by its words and by its own vector; how many passages there are."""
    everything = Scope(languages_read(embedder.reads))
    with database.reading() as session:
        assert pending(session, embedder) == 0, "a passage still waits for its vector"
        passages = {one.id: one for one in session.scalars(select(t.Passage))}
        wanted = keys_wanted(session, embedder.name)
        for passage in passages.values():
            language = passage.language if passage.language in STEMMED else "und"
            by_words = words.match(session, passage.text, language, true(), len(passages))
            assert passage.id in {hit.passage_id for hit in by_words}, passage.text
    assert {passage_of(key) for key in wanted} == set(passages)
    held = list(index._collection.get(include=[])["ids"])
    assert sorted(held) == sorted(wanted), "the index holds something else than the records"
    for passage in passages.values():
        question = embedder.embed_query(embedded_text(passage.heading, passage.text))
        nearest = index.nearest(question, everything, len(passages))
        assert set(nearest) == set(passages), "a passage is not found at all"
        assert passages[nearest[0]].content_hash == passage.content_hash, passage.text
    return len(passages)


def vectors_of(database: Database) -> list[tuple[str, str, bytes]]:
    """The vectors that are kept, by model and text."""
    with database.reading() as session:
        rows = session.scalars(select(t.Vector)).all()
    for row in rows:
        assert abs(np.linalg.norm(np.frombuffer(row.values, "<f4")) - 1) < 1e-5
    return sorted((row.model, row.content_hash, row.values) for row in rows)


def _plain(row: t.Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _without(some: Iterable[Any], others: list[Any]) -> list[Any]:
    rest = list(others)
    left = []
    for one in some:
        if one in rest:
            rest.remove(one)
        else:
            left.append(one)
    return left
