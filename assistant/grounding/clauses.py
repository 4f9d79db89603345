"""A text as words in clauses, each with whether a denial reaches it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.lexicon import lexicon
from assistant.grounding.words import key_of, language_of

_TOKEN = re.compile(r"n['’]t\b|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:[.,/-][^\W_]+)*|[.,;:!?()–—]")
CLAUSE_ENDS = frozenset(".,;:!?()–—") | {
    *("but", "if", "when", "because", "while", "unless", "and", "until", "what", "that", "than"),
    *("aber", "sondern", "wenn", "weil", "falls", "und", "bis", "dass"),
    *("но", "и", "если", "когда", "что"),
}
_REACH = 6  # content words after a denial that it still denies
_RUSSIAN_REACH = 2
_NEAR = 3  # words around a side that must have something in common
_VALUE = 2  # telling words of a value or a label at most


@dataclass(frozen=True)
class Word:
    """A word as said, in lower case and as its key; `denied` if a denial reaches it."""

    said: str
    lower: str
    key: str
    denied: bool


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, each with whether a denial reaches it."""
    for idiom in lexicon().idioms:
        text = re.sub(rf"\b{idiom}\b", idiom.split()[-1], text, flags=re.IGNORECASE)
    language = language_of(text)
    tokens = _TOKEN.findall(text)
    denied = _denied(tokens, language)
    return tuple(
        Word(token, token.lower(), key_of(token, language), index in denied)
        for index, token in enumerate(tokens)
    )


def _denied(tokens: Sequence[str], language: str) -> set[int]:
    """The places that a denial reaches: forward in its clause, in German backward too."""
    reached: set[int] = set()
    reach = _RUSSIAN_REACH if language == "ru" else _REACH
    for index, token in enumerate(tokens):
        if not denies(token):
            continue
        left = reach
        for place in range(index + 1, len(tokens)):
            if tokens[place].lower() in CLAUSE_ENDS or not left:
                break
            reached.add(place)
            left -= tokens[place].lower() not in lexicon().stop
        if language == "de":
            for place in range(index - 1, max(-1, index - _REACH), -1):
                if tokens[place].lower() in CLAUSE_ENDS:
                    break
                reached.add(place)
    return reached


def denies(token: str) -> bool:
    """Whether a word denies what comes after it."""
    return token.lower().replace("’", "'") in lexicon().negation


def is_telling(word: Word) -> bool:
    """A word that names a matter: no function word, no denial, no punctuation."""
    return word.said[0].isalnum() and word.lower not in lexicon().stop and not denies(word.said)


def is_value(part: Sequence[Word]) -> bool:
    """A value or a label, such as the status of a deal, rather than a sentence."""
    return len([word for word in part if is_telling(word)]) <= _VALUE


def around(words: Sequence[Word], index: int) -> set[str]:
    """The telling words near a place."""
    left = [word.key for word in words[:index] if is_telling(word)]
    right = [word.key for word in words[index + 1 :] if is_telling(word)]
    return {*left[-_NEAR:], *right[:_NEAR]}


def shown(word: Word) -> str:
    """The word with its denial."""
    return f"not {word.said}" if word.denied else word.said
