"""Sentences of a passage with their exact places, and how well they speak to a question."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.conversation.sentences import sentences
from knowledge.index.languages import is_stop_word, stem, words_of

#: Words about talking rather than about what was said.
_TELLING = frozenset(
    stem(word, "en")
    for word in (
        *("say", "said", "tell", "told", "report", "reported", "mention", "mentioned", "write"),
        *("wrote", "ask", "asked", "talk", "talked", "anything", "something", "think", "thinks"),
        *("question", "answer"),
    )
)
#: The share of the question's own words that what answers it must hold.
LEAST_HELD = 0.5
_FIELD = re.compile(r"[^\W\d_][\w /-]{1,30}: \S.*")
_LEAST = 25  # characters of something worth quoting


@dataclass(frozen=True)
class Excerpt:
    """Words as they stand at `start` to `end` of their text; `score` is 0 to 1."""

    words: str
    start: int
    end: int
    score: float


def terms_of(question: str, language: str, leave_out: Collection[str] = ()) -> frozenset[str]:
    """The stems of a question's words that carry meaning."""
    skip = {stem(word, language) for name in leave_out for word in words_of(name)}
    return frozenset(
        stemmed
        for word in words_of(question)
        if not any(is_stop_word(word, code) for code in ("en", language))
        and len(word) > 1
        and (stemmed := stem(word, language)) not in skip
        and stemmed not in _TELLING
    )


def held(terms: Collection[str], text: str, language: str) -> float:
    """The share of some terms that a text holds, 0 to 1."""
    if not terms:
        return 0.0
    known = {stem(word, code) for word in words_of(text) for code in {language, "en"}}
    return sum(term in known for term in terms) / len(terms)


def best_of(
    text: str, terms: Collection[str], language: str, title: str | None = None
) -> Excerpt | None:
    """The sentence that holds most of the terms; of equals the first. None where none does.

    Headings, and the line that only repeats the source's `title`, are not quoted.
    """
    found = [
        Excerpt(words, start, end, held(terms, words, language))
        for start, end in sentences(text)
        if _worth_quoting(words := text[start:end]) and not _heads(words, title)
    ]
    best = max(found, key=lambda one: (one.score, -one.start), default=None)
    return best if best is not None and best.score > 0 else None


def _worth_quoting(words: str) -> bool:
    """Whether it says enough: a line of a record, such as “Employees: 2300”, does."""
    return len(words) >= _LEAST or _FIELD.fullmatch(words) is not None


def _heads(words: str, title: str | None) -> bool:
    return words.startswith("#") or bool(title and words.endswith(title.strip().rstrip(".!?")))
