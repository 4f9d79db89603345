"""How far free text bears out a sentence: a graded judgement where no rule can decide.

Four features of the sentence's words, combined by a logistic formula whose constants stand in
`weights.toml` (fitted offline by `python -m assistant.grounding.fitting`):

- `pairs`: the share of its word pairs that stand together within three sentences, so that words
  gathered from all over a page count for little;
- `missing_numbers`, `missing_names`: how many (log) of each stand nowhere;
- `names`: how many (log) it has.

A word's weight is low where it carries little meaning (“announced”, “later”), high for names
and numbers. Coverage anywhere, best sentence or window, n-grams, length, negation and sentence
embeddings were tried beside these on labelled claims and added nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from math import exp, log1p
from pathlib import Path

from assistant.grounding.lexicon import lexicon
from assistant.grounding.words import content_of, key_of, language_of, words_in

FEATURES = ("pairs", "missing_numbers", "missing_names", "names")
WINDOW = 3  # sentences

_WEIGHTS = {"number": 1.2, "month": 0.8, "name": 1.2, "word": 1.0, "light": 0.35}
_ALIKE = 0.6  # a word with the same beginning is some support
_BEGINNING = 5


@dataclass(frozen=True)
class Support:
    """How well some texts bear out a sentence.

    Attributes:
        score: 0 to 1; from `threshold()` on, the texts are taken to say it.
        features: the values behind the score, by name.
        missing: the words, names and numbers of the sentence that stand nowhere.
    """

    score: float
    features: Mapping[str, float]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """The constants of the logistic formula."""

    intercept: float
    of: Mapping[str, float]
    threshold: float

    def score(self, features: Mapping[str, float]) -> float:
        """The formula's value for some features, 0 to 1."""
        return 1 / (1 + exp(-self.intercept - sum(w * features[n] for n, w in self.of.items())))


@cache
def weights() -> Weights:
    """The fitted constants that come with the product."""
    path = Path(__file__).with_name("weights.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Weights(raw["intercept"], raw["features"], raw["threshold"])


def threshold() -> float:
    """The score from which a sentence counts as borne out."""
    return weights().threshold


def support(sentence: str, evidence_texts: Sequence[str]) -> Support:
    """How far some texts (best: one sentence each) bear out a sentence."""
    features, missing = measure(sentence, evidence_texts)
    return Support(weights().score(features), features, missing)


def measure(sentence: str, texts: Sequence[str]) -> tuple[dict[str, float], tuple[str, ...]]:
    """The features of a sentence against some texts, and its words that stand nowhere."""
    language = language_of(sentence)
    words = _words_of(sentence, language)
    source = _Source(texts, language)
    found = {word: source.has(word) for word in words}
    weight = {word: _WEIGHTS[word.sort] for word in words}
    lacking = dict.fromkeys(_WEIGHTS, 0.0)
    for word in words:
        lacking[word.sort] += 1 - found[word]
    features = {
        "pairs": _pairs(words, weight, source),
        "missing_numbers": log1p(lacking["number"] + lacking["month"]),
        "missing_names": log1p(lacking["name"]),
        "names": log1p(sum(word.sort == "name" for word in words)),
    }
    return features, tuple(word.said for word in words if not found[word])


@dataclass(frozen=True)
class _Word:
    said: str
    key: str
    sort: str


class _Source:
    """The words of the evidence: where each stands."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        keys = [{key for _, key in content_of(text, language)} for text in texts]
        spans = max(1, len(keys) - WINDOW + 1)
        #: For each word the windows it stands in, one bit a window.
        self.windows: dict[str, int] = {}
        for start in range(spans):
            for key in set().union(*keys[start : start + WINDOW]):
                self.windows[key] = self.windows.get(key, 0) | 1 << start
        lowered = [[word.lower() for word in words_in(text)] for text in texts]
        self._joined = {a + b for words in lowered for a, b in pairwise(words)}
        self._beginnings = {key[:_BEGINNING] for key in self.windows if len(key) >= _BEGINNING}
        self._raw = " ".join(texts).replace("’", "'")
        self._language = language

    def has(self, word: _Word) -> float:
        """1 if the word stands here in some form, less if only something like it does."""
        if word.key in self.windows or word.said.lower() in self._joined:
            return 1.0
        if word.sort == "month":
            return float(any(key_of(name) in self.windows for name in _other_names(word.said)))
        if word.sort == "number":
            return float(len(word.key) == 5 and f"'{word.key[-2:]}" in self._raw)  # noqa: PLR2004
        alike = len(word.key) >= _BEGINNING and word.key[:_BEGINNING] in self._beginnings
        return _ALIKE if alike else 0.0


def _words_of(sentence: str, language: str) -> list[_Word]:
    first = next(iter(words_in(sentence)), "")
    seen: dict[str, _Word] = {}
    for said, key in content_of(sentence, language):
        sort = _sort_of(said, key, first)
        if key not in seen or (sort == "name" and seen[key].sort in {"word", "light"}):
            seen[key] = _Word(said, key, sort)
    return list(seen.values())


def _sort_of(said: str, key: str, first: str) -> str:
    if key.startswith("#"):
        return "number"
    if _month(said):
        return "month"
    if said[0].isupper() and said != first:
        return "name"
    return "light" if key in _light() else "word"


def _pairs(words: Sequence[_Word], weight: Mapping[_Word, float], source: _Source) -> float:
    together = total = 0.0
    for one, other in combinations(words, 2):
        both = weight[one] * weight[other]
        total += both
        if source.windows.get(one.key, 0) & source.windows.get(other.key, 0):
            together += both
    return together / total if total else 0.0


def _month(word: str) -> int | None:
    lowered = word.lower()
    if lowered in {"may", "mar"} and not word[0].isupper():
        return None
    return next((n for n, names in lexicon().months.items() if lowered in names), None)


def _other_names(month: str) -> frozenset[str]:
    number = _month(month)
    return lexicon().months[number].exact if number else frozenset()


@cache
def _light() -> frozenset[str]:
    return frozenset(key_of(word) for word in lexicon().light)
