"""How near passages are to a question in meaning, by one model.

Cosines are always computed from the vectors kept in the records. The vector index only proposes
candidates, and only where there are too many passages to look at each: what it holds may be
older than the records, so nothing is scored by it and nothing shown because of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from knowledge.errors import Unavailable
from knowledge.index.entries import in_parts
from knowledge.records.sources import Grant, Passage, Source, Vector
from knowledge.records.viewers import Viewer

if TYPE_CHECKING:
    from knowledge.index.vectors import VectorIndex

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


def nearest(
    session: Session, vectors: VectorIndex | None, reach: Reach, question: list[float], k: int
) -> tuple[list[int], str | None]:
    """The ids of the passages nearest in meaning, best first, and what to tell about the search.

    Up to `_SCANNED` passages are compared one by one, which is exact and never out of date;
    more are left to the vector index. Without it the words choose, and meaning orders them.
    """
    some = select(Passage.id).join(Source, Source.id == Passage.source_id).where(reach.readable)
    size = session.scalar(select(func.count()).select_from(some.limit(_SCANNED + 1).subquery()))
    if (size or 0) <= _SCANNED:
        cosines = _cosines(session, _vectors(reach.model).where(reach.readable), question)
        return sorted(cosines, key=lambda passage_id: (-cosines[passage_id], passage_id))[:k], None
    if vectors is None:
        return [], "The vector index is not open here (another process may hold it): words chose."
    try:
        return _proposed(session, vectors, reach, question, k), None
    except Unavailable as error:
        return [], str(error)


def cosines_of(
    session: Session, reach: Reach, question: list[float], passage_ids: Iterable[int]
) -> dict[int, float]:
    """The cosine between a question and each passage that has a vector the model can vouch for."""
    cosines: dict[int, float] = {}
    for some in in_parts(passage_ids, 500):
        chosen = _vectors(reach.model).where(reach.readable, Passage.id.in_(some))
        cosines |= _cosines(session, chosen, question)
    return cosines


def _proposed(
    session: Session, vectors: VectorIndex, reach: Reach, question: list[float], k: int
) -> list[int]:
    """What the vector index proposes and the viewer may see; asked wider if that is little."""
    from knowledge.index.vectors import Scope

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


def _vectors(model: str) -> Select[int, bytes]:
    return (
        select(Passage.id, Vector.values)
        .join(Source, Source.id == Passage.source_id)
        .join(Vector, (Vector.content_hash == Passage.content_hash) & (Vector.model == model))
    )


def _cosines(
    session: Session, chosen: Select[int, bytes], question: list[float]
) -> dict[int, float]:
    rows = session.execute(chosen).all()
    if not rows:
        return {}
    matrix: NDArray[np.float32] = np.frombuffer(b"".join(values for _, values in rows), dtype="<f4")
    cosines = matrix.reshape(len(rows), -1) @ np.asarray(question, dtype=np.float32)
    return {i: float(cosine) for (i, _), cosine in zip(rows, cosines, strict=True)}
