"""A library of any number of passages, for us and for the peer, with precomputed vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from langchain_core.documents import Document
from sqlalchemy import insert, select

from knowledge.index import words
from knowledge.records import Database, Viewer
from knowledge.records import tables as t
from knowledge.records.content import content_hash_of
from tests.benchmarks.company import NOW
from tests.benchmarks.stock import Stock
from tests.benchmarks.texts import paragraph
from tests.benchmarks.vectors import Precomputed, vector_of

ACCOUNTS = 1_000
HELD = 20
SENTENCES = 3  # about 50 words a passage
PER_SOURCE = 10
REP = Viewer("rep", "Rep", None, "rep")
#: The rep's accounts: spread over all, so that no block of passages is theirs.
MINE = tuple(f"a{number:06d}" for number in range(0, ACCOUNTS, ACCOUNTS // HELD))
_BATCH = 5_000


def shelve_ours(home: Path, passages: int) -> None:
    """Passages, words and vectors straight into the tables; the index is built when opened."""
    home.mkdir(parents=True, exist_ok=True)
    database = Database.open(f"sqlite:///{home / 'liaison.db'}")
    with database.engine.begin() as connection:
        rights = [{"user_id": REP.user_id, "account_id": one, "why": "owner"} for one in MINE]
        connection.execute(insert(t.Grant), rights)
    for first in range(0, passages, _BATCH):
        _write(database, range(first, min(first + _BATCH, passages)))
    database.close()


def shelve_stock(folder: Path, passages: int) -> None:
    """The same texts as documents with their account as metadata."""
    store = Stock(folder, Precomputed())
    store.add([Document(text, metadata={"account": account}) for text, account in _texts(passages)])


def _texts(passages: int) -> Iterator[tuple[str, str]]:
    for number in range(passages):
        yield paragraph(number, SENTENCES), _account(number // PER_SOURCE)


def _account(source: int) -> str:
    return f"a{source % ACCOUNTS:06d}"


def _write(database: Database, numbers: range) -> None:
    sources = range(numbers.start // PER_SOURCE, -(-numbers.stop // PER_SOURCE))
    texts = {number: paragraph(number, SENTENCES) for number in numbers}
    whole = {
        source: [texts[n] for n in range(source * PER_SOURCE, (source + 1) * PER_SOURCE)]
        for source in sources
    }
    with database.engine.begin() as connection:
        connection.execute(
            insert(t.Source),
            [
                {
                    "id": f"document:{source}",
                    "kind": "document",
                    "title": f"Visit report {source}",
                    "audience": "account",
                    "account_id": _account(source),
                    "current": 1,
                    "linked": 1,
                    "cut": 1,
                }
                for source in sources
            ],
        )
        connection.execute(
            insert(t.SourceVersion),
            [
                {
                    "id": source + 1,
                    "source_id": f"document:{source}",
                    "number": 1,
                    "content_hash": str(source),
                    "text": "\n".join(parts),
                    "payload": {},
                    "origin": "generated:1",
                    "imported_at": NOW,
                }
                for source, parts in whole.items()
            ],
        )
        rows = []
        for source, parts in whole.items():
            start = 0
            for at, text in enumerate(parts):
                rows.append(
                    {
                        "id": source * PER_SOURCE + at + 1,
                        "version_id": source + 1,
                        "source_id": f"document:{source}",
                        "start": start,
                        "end": start + len(text),
                        "text": text,
                        "heading": "",
                        "language": "en",
                        "content_hash": content_hash_of("", text),
                    }
                )
                start += len(text) + 1
        connection.execute(insert(t.Passage), rows)
        vectors = [
            {
                "model": Precomputed.name,
                "content_hash": content_hash_of("", text),
                "values": vector_of(text).astype("<f4").tobytes(),
            }
            for text in texts.values()
        ]
        connection.execute(insert(t.Vector), vectors)
    with database.writing() as session:
        span = t.Passage.id.between(numbers.start + 1, numbers.stop)
        words.add(session, session.scalars(select(t.Passage).where(span)))
