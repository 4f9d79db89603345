"""One score from two: the words a passage shares with a question, and its nearness in meaning.

The score is the mean of two shares between 0 and 1: how much of the highest BM25 score that this
question allows the passage's words reach, and the cosine of its vector with the question's. A
convex sum of scores keeps how much better one passage is than the next, which fusing ranks throws
away (Bruch, Gai & Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"); and as
both shares are absolute, a bad best hit looks bad.

Where there is no meaning (no vector yet, or a language the model cannot read) words decide
alone. A passage in another language than the question's is not held to words that it cannot
contain: there meaning may carry it alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.index.hits import Explanation
from knowledge.index.languages import UNKNOWN
from knowledge.index.words import WordHit

_WORDS = 0.5  # of the score; chosen on one textbook's questions and confirmed on another's


@dataclass(frozen=True)
class Evidence:
    """What both searches found: scores and ranks of passages, by id."""

    words: Mapping[int, float]
    meaning: Mapping[int, float]
    words_rank: Mapping[int, int]
    meaning_rank: Mapping[int, int]

    @classmethod
    def of(
        cls, by_words: Sequence[WordHit], cosines: Mapping[int, float], unrelated: float
    ) -> Evidence:
        """Put together the hits by words and the cosines of all candidates.

        `unrelated` is the cosine that texts without relation have by this model: it becomes 0.
        """
        near = {i: max(0.0, (c - unrelated) / (1 - unrelated)) for i, c in cosines.items()}
        return cls(
            words={hit.passage_id: hit.score for hit in by_words},
            meaning=near,
            words_rank={hit.passage_id: at for at, hit in enumerate(by_words, 1)},
            meaning_rank={i: at for at, i in enumerate(sorted(near, key=lambda i: -near[i]), 1)},
        )

    def score(self, passage_id: int, language: str, asked_in: str) -> float:
        """How well a passage of a language answers a question asked in another or the same."""
        words, meaning = self.words.get(passage_id, 0.0), self.meaning.get(passage_id)
        if meaning is None:
            return words
        mean = _WORDS * words + (1 - _WORDS) * meaning
        return max(mean, meaning) if _differ(language, asked_in) else mean

    def explain(self, passage_id: int, language: str, asked_in: str) -> Explanation:
        """How that score came about."""
        words, meaning = self.words.get(passage_id), self.meaning.get(passage_id)
        score = self.score(passage_id, language, asked_in)
        if meaning is None:
            formula = f"{score:.3f} = words"
        elif _differ(language, asked_in) and score == meaning:
            formula = f"{score:.3f} = meaning, across languages"
        else:
            parts = f"{_WORDS:g} × {words or 0:.3f} words + {1 - _WORDS:g} × {meaning:.3f} meaning"
            formula = f"{score:.3f} = {parts}"
        return Explanation(
            self.words_rank.get(passage_id),
            words,
            self.meaning_rank.get(passage_id),
            meaning,
            formula,
        )


def _differ(one: str, other: str) -> bool:
    return one != other and UNKNOWN not in {one, other}
