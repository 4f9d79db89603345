"""What belongs in the vector index, read from the records.

An entry's key holds everything that decides who finds it and where: the passage, its text, its
source and the source's audience and account. When any of them changes the key changes, so that
comparing keys finds what is missing, what is gone and what has moved to another account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from knowledge.records.sources import Passage, Source, Vector

Item = TypeVar("Item")


@dataclass(frozen=True)
class Entry:
    """A passage's vector, and the keys by which a search is confined to what a viewer may see."""

    key: str
    values: NDArray[np.float32]
    metadata: Mapping[str, str]


def keys_wanted(session: Session, model: str) -> dict[str, int]:
    """The key of every passage that has a vector of this model, with the passage's id."""
    of_model = (Vector.content_hash == Passage.content_hash) & (Vector.model == model)
    rows = session.execute(_passages().join(Vector, of_model))
    return {_key(passage_id, *rest): passage_id for passage_id, *rest in rows}


def entries_of(session: Session, model: str, passage_ids: Iterable[int]) -> Iterator[Entry]:
    """The entries of passages, in no particular order; those without a vector are left out."""
    for some in in_parts(passage_ids, 500):
        # In two steps: joined, SQLite would go through all vectors to find these few.
        rows = session.execute(_passages().where(Passage.id.in_(some))).all()
        hashes = {content_hash for _, content_hash, *_ in rows}
        of_model = select(Vector.content_hash, Vector.values).where(Vector.model == model)
        kept = session.execute(of_model.where(Vector.content_hash.in_(hashes)))
        values = {content_hash: stored for content_hash, stored in kept}  # noqa: C416 - typed rows
        for row in rows:
            if row[1] in values:
                yield _entry((*row,), model, values[row[1]])


def passage_of(key: str) -> int:
    """The id of the passage an entry's key belongs to."""
    return int(key.partition("-")[0])


def in_parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`: databases take so many parameters and no more."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


_Described = tuple[int, str, str, str, str | None, str]


def _passages() -> Select[int, str, str, str, str | None, str]:
    return select(
        Passage.id,
        Passage.content_hash,
        Passage.source_id,
        Source.audience,
        Source.account_id,
        Passage.language,
    ).join(Source, Source.id == Passage.source_id)


def _entry(described: _Described, model: str, values: bytes) -> Entry:
    _, _, source_id, audience, account_id, language = described
    return Entry(
        _key(*described),
        np.frombuffer(values, dtype="<f4"),
        {
            "source_id": source_id,
            "audience": audience,
            "account": account_id or "",
            "language": language,
            "model": model,
        },
    )


def _key(passage_id: int, *described: str | None) -> str:
    return f"{passage_id}-{sha256(repr(described).encode()).hexdigest()[:16]}"
