"""What a search answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Explanation:
    """How a hit's score came about; ranks count from 1, and None means not found that way."""

    words_rank: int | None
    words_score: float | None
    meaning_rank: int | None
    meaning_score: float | None
    formula: str


@dataclass(frozen=True)
class Hit:
    """A passage, where it stands, and how well it answers.

    `ref` is the citable `source@version`, and `text` that version's `text[start:end]`. `score`
    lies between 0 and 1 and means the same in every search with the same model. `repeated`
    counts the near-identical passages this one stands for.
    """

    passage_id: int
    source_id: str
    version: int
    ref: str
    kind: str
    title: str
    dated: date | None
    account_id: str | None
    text: str
    heading: str
    start: int
    end: int
    language: str
    score: float
    repeated: int = 0
    why: Explanation | None = None


@dataclass(frozen=True)
class Found:
    """The hits, best first; what the reader should know about the search; and its backlog.

    `backlog` is how many passages of the whole index still wait for their vectors.
    """

    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    backlog: int = 0
