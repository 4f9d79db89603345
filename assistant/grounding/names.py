"""Names in a sentence, and whether the evidence mentions them.

A name is a run of capitalised words. What a sentence begins with, German nouns, months and
everyday abbreviations are capitalised too and are told apart with the lexicon. A run must stand
in the evidence as it is put together there: the first name of one person before the surname of
another is not a name that anybody mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from unicodedata import combining, normalize

from assistant.grounding.lexicon import lexicon
from assistant.grounding.words import language_of, stem

_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_WORDLIKE = re.compile(r"\w")
_BEGINS = frozenset('.!?:;•–—“”„«»"(*…')
_ALIKE = 0.8  # of two spellings in Latin letters
_SHORTEST = 4  # letters from which two forms of a name may differ in their ending
_PLURALS = re.compile(r"(?:ing|ed|ly|tions?|ments?|ness|ities|ity|ances?|ences?|ers|ors|ships?)$")
_RUSSIAN_NOUN = re.compile(r"(?:ни[еяю]|ость|ости|ация|ации|тели|ников|ство|ские|ный|ная|ное|ные)$")
_GERMAN_LEAD = re.compile(
    r"(?:[Dd](?:er|ie|as|en|em|es)|[Ee]in\w*|[Kk]ein\w*|[Uu]nser\w*|[Ii]hr\w*|[Ss]ein\w*|"
    r"[Dd]ies\w*|[Jj]ede\w*|[Aa]lle\w*|[Ii][mn]s?|[Zz]u[mr]|[Vv]om|[Bb]eim|[Aa][mn]s?|[Aa]ufs?|"
    r"mehr|weniger|viele?|\d.*|[a-zäöü]\w*(?:en|er|es|em|te|che|ige|ene|ale|ive|rte|ste|nde))$"
)
_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        _LATIN.split(),
        strict=True,
    )
)


@dataclass(frozen=True)
class Name:
    """A run of capitalised words, as it stands in the sentence."""

    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """The run as one string."""
        return " ".join(self.words)


def names_in(text: str) -> list[Name]:
    """Every name of a text that has no dates, codes or units left in it."""
    language = language_of(text)
    tokens = _TOKEN.findall(text)
    names: list[Name] = []
    run: list[str] = []
    for index, token in enumerate(tokens):
        if _is_name(tokens, index, language, inside=bool(run)):
            run.append(token)
        elif not (run and _joins(tokens, index, language)):
            _end(run, names)
            run = []
    _end(run, names)
    return names


class Mentions:
    """The names some texts mention: their words, and which word follows which."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        self._first: set[str] = set()
        self._last: set[str] = set()
        for text in texts:
            self._hear(_TOKEN.findall(text))
        self._cyrillic = {word for word in self._words if _cyrillic(word)}

    def and_in(self, texts: Iterable[str]) -> Mentions:
        """These names and those that more texts mention."""
        more = Mentions(texts)
        for name, known in vars(self).items():
            setattr(more, name, getattr(more, name) | known)
        return more

    def lacking(self, name: Name) -> str | None:
        """The part of a name that nobody mentions, or None if it stands as a whole."""
        words = [word for word in name.words if _key(word) not in lexicon().titles]
        for word in words:
            if not self._knows(word):
                return word
        for one, other in pairwise(words):
            if not self._together(one, other):
                return f"{one} {other}"
        return None

    def nearest(self, name: Name) -> str | None:
        """A mentioned name that shares a word with this one, to show beside it."""
        keys = {_key(word) for word in name.words}
        shared = [pair for pair in sorted(self._pairs) if keys & set(pair) and pair[0] != pair[1]]
        return " ".join(word.capitalize() for word in shared[0]) if shared else None

    def _hear(self, tokens: Sequence[str]) -> None:
        previous: str | None = None
        for index, token in enumerate(tokens):
            if not _WORDLIKE.match(token):
                continue
            for part in {token, *re.split(r"[-'’.]", token)} - {""}:
                self._words.add(_key(part))
            key = _key(token)
            if previous is not None:
                self._pairs.add((previous, key))
            if token[0].isupper():
                if not _capital_beside(tokens, index, -1):
                    self._first.add(key)
                if not _capital_beside(tokens, index, +1):
                    self._last.add(key)
            previous = key

    def _knows(self, word: str) -> bool:
        return any(self._alike(form) for form in _forms(word)) or all(
            any(self._alike(form) for form in _forms(part))
            for part in re.split(r"[-.]", word)
            if len(part) > 1 or part == word
        )

    def _alike(self, key: str) -> bool:
        if key in self._words:
            return True
        latin = _in_latin(key)
        if _cyrillic(key):
            return any(_same_name(latin, _in_latin(word)) for word in self._words)
        return any(_same_name(latin, _in_latin(word)) for word in self._cyrillic)

    def _together(self, one: str, other: str) -> bool:
        firsts, seconds = set(_forms(one)), set(_forms(other))
        if any((a, b) in self._pairs or (b, a) in self._pairs for a in firsts for b in seconds):
            return True
        if _cyrillic(one) or _cyrillic(other):
            return True  # inflected or transliterated: each word was found by itself
        ends, begins = firsts & self._last, seconds & self._first
        return bool(ends and begins) or not (
            firsts & (self._first | self._last) and seconds & (self._first | self._last)
        )


def _is_name(tokens: Sequence[str], index: int, language: str, *, inside: bool) -> bool:
    token = tokens[index]
    if not token[0].isupper() or token.lower() in lexicon().capitals or _roman(token):
        return False
    if token.lower() in lexicon().titles:
        return inside or _capital_beside(tokens, index, +1)
    if index == 0 or tokens[index - 1] in _BEGINS:
        return not _ordinary(token, language)
    return not (language == "de" and not inside and _german_noun(tokens, index))


def _ordinary(token: str, language: str) -> bool:
    """Whether a capitalised first word needs no more than the beginning of a sentence."""
    word = token.lower()
    lists = lexicon().ordinary
    language = "ru" if _cyrillic(token) else language
    known = any(word in words for words in lists.values())
    if known or word in lexicon().stop or word in lexicon().numbers:
        return True
    if language == "en":
        parts = word.split("-")
        return bool(_PLURALS.search(word)) or (
            len(parts) > 1 and all(part in lists["en"] for part in parts)
        )
    if language == "ru":
        return bool(_RUSSIAN_NOUN.search(word)) or any(
            stem(word, "ru") == stem(known, "ru") for known in lists["ru"]
        )
    return word.endswith(lexicon().german_heads)


def _german_noun(tokens: Sequence[str], index: int) -> bool:
    """A capitalised German word that a noun's ending, or the word before it, gives away."""
    word = tokens[index].lower()
    heads = lexicon().german_heads
    bare = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")}
    if any(form.endswith(heads) for form in bare if form) or word in lexicon().ordinary["de"]:
        return True
    beside = _capital_beside(tokens, index, +1)
    return not beside and bool(_GERMAN_LEAD.match(tokens[index - 1]))


def _joins(tokens: Sequence[str], index: int, language: str) -> bool:
    """“de”, “van der”, “&” between two capitalised words belong to the name."""
    articles = {"den", "der"} if language == "de" else frozenset[str]()
    return tokens[index].lower() in lexicon().connectors - articles and (
        _capital_beside(tokens, index, +1)
    )


def _end(run: list[str], names: list[Name]) -> None:
    """Keep a run as a name; a title alone is none."""
    if any(token.lower() not in lexicon().titles for token in run):
        names.append(Name(tuple(run)))


def _capital_beside(tokens: Sequence[str], index: int, step: int) -> bool:
    beside = index + step
    return 0 <= beside < len(tokens) and tokens[beside][0].isupper()


def _roman(token: str) -> bool:
    return bool(re.fullmatch(r"[IVX]+", token))


def _forms(word: str) -> Iterator[str]:
    """The word and what it may be the genitive, plural or other case of."""
    key = _key(re.sub(r"['’]s?$", "", word))
    yield key
    if len(key) >= _SHORTEST and key.endswith("s"):
        yield key[:-1]
    if _cyrillic(key):
        yield stem(key, "ru")


def _cyrillic(word: str) -> bool:
    return "а" <= word[-1:].casefold() <= "ё"


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    plain = normalize("NFKD", word.casefold().replace("ё", "е"))
    letters = "".join(char for char in plain if not combining(char))
    return re.sub(r"['’]s?$", "", letters)


@lru_cache(maxsize=50_000)
def _in_latin(word: str) -> str:
    if not _cyrillic(word):
        return word
    return "".join(_LETTERS.get(char, char) for char in stem(word, "ru"))


def _same_name(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST or one[0] not in {other[0], "i", "y", "e"}:
        return one == other
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
