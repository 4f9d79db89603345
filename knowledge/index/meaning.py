"""How near passages are to a question in meaning, by one model.

Cosines are always computed from the vectors kept in the records. The vector index only proposes
candidates, and only where there are too many passages to look at each: what it holds may be
older than the records, so nothing is scored by it and nothing shown because of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session

from knowledge.errors import Unavailable
from knowledge.index.entries import in_parts
from knowledge.index.scope import Scope
from knowledge.records.sources import Grant, Passage, Source, Vector
from knowledge.records.viewers import Viewer

if TYPE_CHECKING:
    from knowledge.index.vectors import VectorIndex

Key = TypeVar("Key", int, str)

_SCANNED = 5_000  # passages: looking at each takes a few hundredths of a second
_MOST_WIDENED = 8  # times as many candidates are asked for when few of them may be seen


@dataclass(frozen=True)
class Reach:
    """What one question may reach: the viewer, what they may see, and what the model reads."""

    viewer: Viewer
    condition: ColumnElement[bool]
    account_id: str | None
    model: str
    languages: frozenset[str]

    @property
    def readable(self) -> ColumnElement[bool]:
        """The condition on `Passage` and `Source` that a passage may be found by meaning."""
        return and_(self.condition, Passage.language.in_(self.languages))


def cosines(  # noqa: PLR0917 - the parts of one question
    session: Session,
    vectors: VectorIndex | None,
    reach: Reach,
    question: list[float],
    known: Iterable[int],
    k: int,
) -> tuple[dict[int, float], str | None]:
    """The cosines of the `k` nearest passages and of known ones, and what to tell about it.

    Up to `_SCANNED` passages are compared one by one, which is exact and never out of date;
    more are left to the vector index. Without it the known ones, found by words, are all.
    """
    some = select(Passage.id).join(Source, Source.id == Passage.source_id).where(reach.readable)
    size = session.scalar(select(func.count()).select_from(some.limit(_SCANNED + 1).subquery()))
    if (size or 0) <= _SCANNED:
        near = _scanned(session, reach, question)
        best = nlargest(k, near, key=lambda passage_id: (near[passage_id], -passage_id))
        return {i: near[i] for i in (*best, *known) if i in near}, None
    if vectors is None:
        note = "The vector index is not open here (another process may hold it): words chose."
        return _of(session, reach, question, known), note
    try:
        proposed = _proposed(session, vectors, reach, question, k)
    except Unavailable as error:
        return _of(session, reach, question, known), str(error)
    return _of(session, reach, question, {*proposed, *known}), None


def _of(
    session: Session, reach: Reach, question: list[float], passage_ids: Iterable[int]
) -> dict[int, float]:
    """The cosine between a question and each passage that has a vector the model can vouch for."""
    found: dict[int, float] = {}
    for some in in_parts(passage_ids, 500):
        # In two steps: joined, SQLite would go through all vectors to find these few.
        hashes = session.execute(
            select(Passage.id, Passage.content_hash)
            .join(Source, Source.id == Passage.source_id)
            .where(reach.readable, Passage.id.in_(some))
        ).all()
        of_model = select(Vector.content_hash, Vector.values).where(Vector.model == reach.model)
        kept = of_model.where(Vector.content_hash.in_({key for _, key in hashes}))
        near = _cosines(session.execute(kept).all(), question)
        found |= {passage_id: near[key] for passage_id, key in hashes if key in near}
    return found


def _proposed(
    session: Session, vectors: VectorIndex, reach: Reach, question: list[float], k: int
) -> list[int]:
    """What the vector index proposes and the viewer may see; asked wider if that is little."""
    scope = Scope(reach.languages, reach.account_id, _granted(session, reach.viewer))
    wanted = k
    while True:
        proposed = vectors.nearest(question, scope, wanted)
        visible: set[int] = set()
        for some in in_parts(proposed, 500):
            seen = (
                select(Passage.id)
                .join(Source, Source.id == Passage.source_id)
                .where(reach.readable, Passage.id.in_(some))
            )
            visible.update(session.scalars(seen))
        if len(visible) >= k or len(proposed) < wanted or wanted >= k * _MOST_WIDENED:
            return [passage_id for passage_id in proposed if passage_id in visible][:k]
        wanted *= 2


def _granted(session: Session, viewer: Viewer) -> frozenset[str] | None:
    if viewer.sees_all:
        return None
    granted = select(Grant.account_id).where(Grant.user_id == (viewer.user_id or ""))
    return frozenset(session.scalars(granted))


def _scanned(session: Session, reach: Reach, question: list[float]) -> dict[int, float]:
    some = select(Passage.id).join(Source, Source.id == Passage.source_id).where(reach.readable)
    return _of(session, reach, question, session.scalars(some).all())


def _cosines(rows: Sequence[Row[Key, bytes]], question: list[float]) -> dict[Key, float]:
    if not rows:
        return {}
    matrix: NDArray[np.float32] = np.frombuffer(b"".join(kept for _, kept in rows), dtype="<f4")
    near = matrix.reshape(len(rows), -1) @ np.asarray(question, dtype=np.float32)
    return {key: float(cosine) for (key, _), cosine in zip(rows, near, strict=True)}
