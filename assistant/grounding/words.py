"""Words, stems and sentences of English, German and Russian text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from typing import Any
from unicodedata import combining, normalize

from assistant.grounding.lexicon import lexicon

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_a-zа-я])|\n+")
_STATES = ((re.compile(r"\bU\.\s?S\.(?:\s?A\.)?|\bUnited States\b"), "US"),)
_KINGDOM = ((re.compile(r"\bU\.\s?K\.|\bUnited Kingdom\b"), "UK"),)
_NTH = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_stemming = Lock()  # a stemmer keeps the word it works on


def words_in(text: str) -> list[str]:
    """The words of a text as they stand, in order; “1,200” is the word 1200."""
    for pattern, short in (*_STATES, *_KINGDOM):
        text = pattern.sub(short, text)
    return [word.replace(",", "") for word in _WORD.findall(text)]


def sentences_in(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def language_of(text: str) -> str:
    """`ru` by its letters, `de` by its function words, else `en`."""
    letters = [char for char in text.casefold() if char.isalpha()]
    if sum("а" <= char <= "ё" for char in letters) * 2 > len(letters):
        return "ru"
    words = _WORD.findall(text.casefold())
    marks = lexicon().marks
    german = sum(word in marks["de"] for word in words) + sum(c in "äöüß" for c in letters)
    return "de" if german > sum(word in marks["en"] for word in words) else "en"


def content_of(text: str, language: str = "en") -> list[tuple[str, str]]:
    """The words that carry meaning, each with its key."""
    stop = lexicon().stop
    return [
        (word, key_of(word, language))
        for word in words_in(text)
        if word.lower() not in stop and (len(word) > 1 or word.isdigit())
    ]


@lru_cache(maxsize=100_000)
def key_of(word: str, language: str = "en") -> str:
    """What the forms of a word have in common; numbers, in figures or words, begin with `#`."""
    plain = "".join(c for c in normalize("NFKD", word) if not combining(c)).lower()
    number = _number(plain if plain in lexicon().numbers else word.lower())
    if number is not None:
        return f"#{number}"
    stemmed = stem(re.sub(r"['’]s$", "", word), language)
    same = lexicon().same
    return same.get(stemmed, same.get(plain, stemmed))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = "en") -> str:
    """A word without its ending and accents, in lower case."""
    lowered = word.lower().replace("’", "'")
    with _stemming:
        stemmed = str(_stemmer(language).stemWord(lowered))
    if stemmed.isascii():
        return stemmed
    return "".join(c for c in normalize("NFKD", stemmed) if not combining(c))


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th|s)", word):
        return int(match[1])
    if word in _NTH:
        return _NTH.index(word) + 1
    return 1 if word == "one" else lexicon().numbers.get(word)


@cache
def _stemmer(language: str) -> Any:
    from snowballstemmer import stemmer

    return stemmer({"de": "german", "ru": "russian"}.get(language, "english"))
