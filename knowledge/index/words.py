"""The word index: passages found by the words they use, ranked by BM25.

SQLite ranks with its own full-text index; on PostgreSQL the same formula is computed over the
same stems, so that both give the same order. Only what the viewer may see is ranked.

BM25 as SQLite defines it (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75), a word in the heading
counting as much as `HEADING_WEIGHT` words in the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    TableClause,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    true,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import Session

from knowledge.index.languages import STEMMED, UNKNOWN, is_stop_word, stem, words_of
from knowledge.records.sources import Passage, Source
from knowledge.records.store import Database

HEADING_WEIGHT = 2.0
_K1, _B = 1.2, 0.75
_MOST_WORDS = 64  # of a question; a pasted document is asked for by its first words
_MOST_RANKED = 5_000  # passages PostgreSQL ranks; those with only commoner words fall out
_LAST_POSITION = 16_383  # the highest a tsvector can hold

_fts = table("words", column("rowid", Integer), column("heading", String), column("body", String))
_tsv = table("words", column("passage_id", Integer), column("stems"), column("length", Integer))


_rows = table("words_docsize", column("id", Integer))
_terms = table("words_terms", column("term", String), column("doc", Integer))


@dataclass(frozen=True)
class WordHit:
    """A passage that uses words of the question, and how much of the highest score it reaches."""

    passage_id: int
    score: float


@dataclass(frozen=True)
class _Weighed:
    """The stems of a question that are in the index: in how many passages, and how telling."""

    passages: Mapping[str, int]
    idf: Mapping[str, float]
    idf_of_unknown: float
    average_length: float


def add(session: Session, passages: Iterable[Passage]) -> None:
    """Make passages findable by their words; a known one is replaced."""
    rows = [
        (p.id, _stems_of(p.heading, p.language), _stems_of(p.text, p.language)) for p in passages
    ]
    if not rows:
        return
    remove(session, [passage_id for passage_id, _, _ in rows])
    if _is_sqlite(session):
        session.execute(
            insert(_fts),
            [{"rowid": i, "heading": " ".join(h), "body": " ".join(b)} for i, h, b in rows],
        )
    else:
        session.execute(
            text("INSERT INTO words VALUES (:passage_id, CAST(:stems AS tsvector), :length)"),
            [
                {"passage_id": i, "stems": _tsvector(h, b), "length": len(h) + len(b)}
                for i, h, b in rows
            ],
        )


def remove(session: Session, passage_ids: Sequence[int]) -> None:
    """Forget the words of passages; unknown ones are ignored."""
    words, index = _index(session)
    for at in range(0, len(passage_ids), 500):
        session.execute(delete(words).where(index.in_(passage_ids[at : at + 500])))


def compact(session: Session) -> None:
    """Drop what removed passages left in the index; part of erasing."""
    if _is_sqlite(session):
        session.execute(text("INSERT INTO words (words) VALUES ('optimize')"))


def rebuild(database: Database, *, batch: int = 500) -> int:
    """Index the words of every passage anew, some at a time; how many passages there are.

    What is indexed already stays findable meanwhile, and writers wait for one batch at most.
    """
    count = last = 0
    while True:
        with database.writing() as session:
            after = select(Passage).where(Passage.id > last).order_by(Passage.id).limit(batch)
            passages = session.scalars(after).all()
            if not passages:
                words, index = _index(session)
                session.execute(delete(words).where(index.not_in(select(Passage.id))))
                return count
            add(session, passages)
            count, last = count + len(passages), passages[-1].id


def match(
    session: Session, query: str, language: str, condition: ColumnElement[bool], k: int
) -> list[WordHit]:
    """The best `k` passages with words of the query, among sources that meet the condition.

    Any text is a query; one without words finds nothing. Where the language is `und` the words
    are looked for in the stems of every language; where it is known, only names are.
    """
    asked = _asked(query, language)
    if not asked or k < 1:
        return []
    telling = _weighed(session, {stem for stems in asked for stem in stems})
    if not telling.idf:
        return []
    ranked = _sqlite(telling) if _is_sqlite(session) else _postgresql(telling)
    visible = (
        ranked.join(Source, Source.id == Passage.source_id)
        .where(condition)
        .order_by(literal_column("score").desc(), Passage.id)
        .limit(k)
    )
    highest = _highest(asked, telling)
    return [WordHit(i, min(1.0, float(score) / highest)) for i, score in session.execute(visible)]


def _sqlite(weighed: _Weighed) -> Select[Any, Any]:
    # Stems hold letters and digits only, so quoting them is all the syntax there is.
    asked = " OR ".join(f'"{stem}"' for stem in weighed.idf)
    score = -func.bm25(literal_column("words"), HEADING_WEIGHT, 1.0, type_=Float)
    return (
        select(Passage.id, score.label("score"))
        .join(_fts, _fts.c.rowid == Passage.id)
        .where(literal_column("words").op("MATCH")(asked))
    )


def _postgresql(weighed: _Weighed) -> Select[Any, Any]:
    asked = values(column("stem", String), column("idf", Float), name="asked").data(
        list(weighed.idf.items())
    )
    found = (
        func.unnest(_tsv.c.stems).table_valued("lexeme", "positions", "weights").lateral("found")
    )
    in_heading = func.cardinality(func.array_positions(found.c.weights, "A"))
    frequency = func.cardinality(found.c.weights) + (HEADING_WEIGHT - 1) * in_heading
    length = 1 - _B + _B * _tsv.c.length / weighed.average_length
    score = func.sum(asked.c.idf * frequency * (_K1 + 1) / (frequency + _K1 * length))
    return (
        select(Passage.id, score.label("score"))
        .join(_tsv, _tsv.c.passage_id == Passage.id)
        .join(found, true())
        .join(asked, asked.c.stem == found.c.lexeme)
        .where(_tsv.c.stems.op("@@")(cast(_any_of(_rarest(weighed.passages)), TSQUERY)))
        .group_by(Passage.id)
    )


def _weighed(session: Session, stems: Iterable[str]) -> _Weighed:
    if _is_sqlite(session):
        total, average = session.scalar(select(func.count()).select_from(_rows)) or 0, None
        counted = select(_terms.c.term, _terms.c.doc).where(_terms.c.term.in_(stems))
    else:
        total, average = session.execute(select(func.count(), func.avg(_tsv.c.length))).one()
        asked = func.unnest(cast(list(stems), ARRAY(String))).column_valued("asked")
        using = select(func.count()).where(
            _tsv.c.stems.op("@@")(cast(func.concat("'", asked, "'"), TSQUERY))
        )
        counted = select(asked, using.scalar_subquery())
    passages = {stem: count for stem, count in session.execute(counted) if count}
    return _Weighed(
        passages,
        {stem: _idf(total, count) for stem, count in passages.items()},
        _idf(total, 0),
        float(average or 1),
    )


def _idf(total: int, passages: int) -> float:
    """The rarer the more telling; never nothing, as in SQLite."""
    return max(1e-6, math.log((total - passages + 0.5) / (passages + 0.5)))


def _highest(asked: Sequence[Sequence[str]], weighed: _Weighed) -> float:
    """The score of a passage full of every word asked for.

    A word may have several stems, of which a passage uses one: the commonest counts. A word that
    stands nowhere counts too, as the rarest: the question asks for something that is not there.
    """
    idfs = [[weighed.idf[stem] for stem in stems if stem in weighed.idf] for stems in asked]
    return (_K1 + 1) * sum(min(some, default=weighed.idf_of_unknown) for some in idfs)


def _rarest(passages: Mapping[str, int]) -> list[str]:
    """The stems that choose the candidates: the rarest first, until there are plenty."""
    chosen: list[str] = []
    covered = 0
    for one, count in sorted(passages.items(), key=lambda item: item[1]):
        if covered >= _MOST_RANKED:
            break
        chosen.append(one)
        covered += count
    return chosen


def _any_of(stems: list[str]) -> str:
    return " | ".join(f"'{stem}'" for stem in stems)


def _tsvector(heading: list[str], body: list[str]) -> str:
    """Stems with their positions, those of the heading marked `A`."""
    places: dict[str, list[str]] = {}
    for at, (one, mark) in enumerate([(s, "A") for s in heading] + [(s, "") for s in body], 1):
        places.setdefault(one, []).append(f"{min(at, _LAST_POSITION)}{mark}")
    return " ".join(f"'{one}':{','.join(where)}" for one, where in places.items())


def _asked(query: str, language: str) -> list[tuple[str, ...]]:
    """The words a question asks for, each as the stems it may have; stop words only if alone."""
    words = words_of(query)
    telling = [word for word in words if not is_stop_word(word, language)] or words
    asked: dict[tuple[str, ...], None] = {}
    for word in dict.fromkeys(telling[:_MOST_WORDS]):
        # A name may stand in a text of any language, and was stemmed as a word of that.
        anywhere = language == UNKNOWN or not word.islower()
        languages = STEMMED if anywhere else (language, UNKNOWN)
        asked[tuple(dict.fromkeys(stem(word, other) for other in languages))] = None
    return list(asked)


def _stems_of(text: str, language: str) -> list[str]:
    return [stem(word, language) for word in words_of(text)]


def _index(session: Session) -> tuple[TableClause, ColumnClause[int]]:
    return (_fts, _fts.c.rowid) if _is_sqlite(session) else (_tsv, _tsv.c.passage_id)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
