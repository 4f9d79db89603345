"""Passages that still wait for their vectors, and the work of embedding them.

The queue is the records themselves: what has no vector is still to do. So the work can be
killed at any moment and goes on where it stopped, and a text that stands in many passages (a
quoted mail, a footer) is embedded once. The newest passages come first: they are what people
ask about after an import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.errors import Unavailable
from knowledge.index import words
from knowledge.index.embedding import Embedder
from knowledge.index.entries import in_parts
from knowledge.index.languages import languages_read
from knowledge.records.content import embedded_text
from knowledge.records.sources import Passage, Vector
from knowledge.records.store import Database

if TYPE_CHECKING:
    from knowledge.index.vectors import VectorIndex

_BATCH = 128  # texts: about three seconds of work, which is what a kill can lose
_QUEUE = 5_000  # texts looked for at once; what is imported meanwhile comes after them


def pending(session: Session, embedder: Embedder) -> int:
    """How many passages wait for a vector of this model (in languages it reads)."""
    waiting = select(func.count()).select_from(Passage).where(_waits(embedder))
    return session.scalar(waiting) or 0


def embed_pending(
    database: Database,
    embedder: Embedder,
    vectors: VectorIndex | None = None,
    *,
    progress: Callable[[int], None] | None = None,
    batch: int = _BATCH,
    stop: Callable[[], bool] | None = None,
) -> int:
    """Embed what waits, batch by batch, and hand the vectors to the vector index.

    Args:
        database: where passages are read and vectors kept; nothing is locked while embedding.
        embedder: the model.
        vectors: the vector index, if this process holds it.
        progress: told after every batch how many texts are done.
        batch: texts embedded in one go, and kept in one transaction.
        stop: asked before every batch; the work ends when it answers True.

    Returns:
        How many texts were embedded.

    Raises:
        Unavailable: the model answered with vectors of another size than it announced.
    """
    done = 0
    for texts in _batches(database, embedder, batch):
        if stop and stop():
            break
        values = _embedded(embedder, list(texts.values()))
        with database.writing() as session:
            _keep(session, embedder.name, dict(zip(texts, values, strict=True)))
        done += len(texts)
        if progress:
            progress(done)
    if vectors:
        vectors.reconcile(database)
    return done


def forget(session: Session, source_ids: Sequence[str]) -> None:
    """Erase the words and vectors of sources; call it before their passages are deleted.

    Vectors of texts that no other source holds go for every model, and so do those left from
    earlier versions. Once the transaction is kept, `VectorIndex.rebuild` erases the rest: in a
    vector index deleted entries stay in its files.
    """
    for some in in_parts(source_ids, 500):
        ids = session.scalars(select(Passage.id).where(Passage.source_id.in_(some))).all()
        words.remove(session, ids)
    words.compact(session)
    kept = select(Passage.content_hash).where(Passage.source_id.not_in(source_ids))
    session.execute(delete(Vector).where(Vector.content_hash.not_in(kept)))


def _waits(embedder: Embedder) -> ColumnElement[bool]:
    vector = select(Vector.model).where(
        Vector.content_hash == Passage.content_hash, Vector.model == embedder.name
    )
    return Passage.language.in_(languages_read(embedder.reads)) & ~vector.exists()


def _batches(database: Database, embedder: Embedder, size: int) -> Iterator[dict[str, str]]:
    """Texts that wait, under their hashes; looking for them is not done for every batch."""
    waits = _waits(embedder)
    queue = (
        select(func.max(Passage.id))
        .where(waits)
        .group_by(Passage.content_hash)
        .order_by(func.max(Passage.id).desc())
        .limit(_QUEUE)
    )
    while True:
        with database.reading() as session:
            ids = session.scalars(queue).all()
        if not ids:
            return
        for some in in_parts(ids, size):
            with database.reading() as session:
                # Another process may have embedded some of them meanwhile.
                waiting = session.scalars(select(Passage).where(Passage.id.in_(some), waits)).all()
            if waiting:
                yield {p.content_hash: embedded_text(p.heading, p.text) for p in waiting}


def _embedded(embedder: Embedder, texts: list[str]) -> list[bytes]:
    vectors = np.asarray(embedder.embed_documents(texts), dtype=np.float32)
    if vectors.shape != (len(texts), embedder.dimensions):
        raise Unavailable(
            f"The embedding model {embedder.name} answered with vectors of shape {vectors.shape}, "
            f"not {len(texts)} of {embedder.dimensions} numbers: check its settings."
        )
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    normalised = vectors / np.where(lengths > 0, lengths, 1)
    return [vector.astype("<f4").tobytes() for vector in normalised]


def _keep(session: Session, model: str, values: dict[str, bytes]) -> None:
    """Keep vectors, but not of texts that were erased while they were being embedded."""
    still = session.scalars(
        select(Passage.content_hash).where(Passage.content_hash.in_(values)).distinct()
    )
    rows = [{"model": model, "content_hash": key, "values": values[key]} for key in still]
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    # Another process may have embedded the same text meanwhile; its vector is as good.
    session.execute(dialect.insert(Vector).on_conflict_do_nothing(), rows)
