"""Strangers: a name in a question that nobody on the viewer's roster bears."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from assistant.conversation.understanding.words import Word, words_in

#: After one of these a word that is nobody we know is taken for a name.
_LEADS = re.compile(
    r"\b(?:at|for|with|from|to|about|of|by|bei|von|mit|für|über|на|у|для|про|об|о|в|с|по|and|und|is"
    r"|does|did|has|visit)\s+((?:[^\W\d_][\w&'’-]*\s?){1,3})"
)
_NO_NAME = frozenset(
    [
        "i",
        "we",
        "us",
        "you",
        "me",
        "my",
        "our",
        "your",
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "them",
        "they",
        "it",
        "he",
        "she",
        "him",
        "her",
        "q1",
        "q2",
        "q3",
        "q4",
        "cfo",
        "ceo",
        "coo",
        "cto",
        "hse",
        "vp",
        "eur",
        "usd",
        "roi",
        "kpi",
        "meddpicc",
        "crm",
        "b2b",
        "what",
        "who",
        "when",
        "how",
        "why",
        "which",
        "is",
        "are",
        "do",
        "does",
        "can",
        "could",
        "should",
        "tell",
        "please",
        "hi",
        "hello",
        "and",
        "or",
        "so",
        "ok",
        "in",
        "on",
        "at",
        "for",
    ]
)


def stranger_in(rest: str, known: Collection[str], language: str, *, asking: bool) -> str | None:
    """A name that nobody bears.

    Args:
        rest: the question, the names that are known taken out.
        known: plain words of the language and of the trade, which are nobody's name.
        language: of the question.
        asking: whether a rule knows what is asked; then a small word may be a name as well.
    """
    for found in _LEADS.finditer(rest):
        words = [word for word in words_in(found[1]) if _may_name(word, known)]
        capital = [word for word in words if word.capital]
        if capital:
            return " ".join(word.said for word in capital)
        if words and asking and language == "en":
            return words[0].said
    return None if language == "de" else _odd(words_in(rest), known)


def _odd(words: Sequence[Word], known: Collection[str]) -> str | None:
    """The first capitalised words in a row that are none of the language.

    The first word of a question is one of them only together with the second: “Lindauer Papier”.
    """
    odd = [word.capital and _may_name(word, known) for word in words]
    if True not in odd[1:]:
        return None
    begin = odd.index(True, 1)
    name = list(takewhile(lambda place: odd[place], range(begin, len(words))))
    start = 0 if begin == 1 and odd[0] else begin
    return " ".join(word.said for word in words[start : name[-1] + 1])


def _may_name(word: Word, known: Collection[str]) -> bool:
    """Whether a word is neither of the language nor of the trade, and no code."""
    plain = word.plain
    short = len(plain) <= 3  # noqa: PLR2004 - initials and small words
    coded = any(char.isdigit() for char in plain)
    return not short and not coded and plain not in known and plain not in _NO_NAME
