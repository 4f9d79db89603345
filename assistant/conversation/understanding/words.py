"""Words of a question as they are compared: plain letters, other scripts spelt in Latin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True)),
        "ё": "e",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "ł": "l",
    }
)
_SHORT, _LONG = 5, 8  # letters from which one, and two, slips of the finger are forgiven


@dataclass(frozen=True)
class Word:
    """A word with where it stands and how it is compared."""

    said: str
    plain: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written as a name is."""
        return self.said[:1].isupper() or any(char.isdigit() for char in self.said)


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text, in order."""
    return tuple(
        Word(match[0], plainly(match[0]), match.start(), match.end())
        for match in _WORD.finditer(text)
    )


@lru_cache(maxsize=100_000)
def plainly(word: str) -> str:
    """A word in small Latin letters without accents."""
    spelt = word.casefold().translate(_LATIN)
    letters = normalize("NFKD", spelt)
    return "".join(char for char in letters if not combining(char)).translate(_LATIN)


def slips_allowed(word: str) -> int:
    """How many slips of the finger a word of that length may hold and still be meant."""
    return 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2


def alike(word: str, name: str) -> bool:
    """Whether a word may be meant for a name: itself, its genitive, or with a slip or two.

    A Russian ending or a German or English `s` is no slip.
    """
    if word == name:
        return True
    short = min(len(word), len(name))
    if short < _SHORT:
        return word in {f"{name}s", f"{name}es"}
    if word.startswith(name) and len(word) - len(name) <= 2:  # noqa: PLR2004 - an ending
        return True
    allowed = slips_allowed(name)
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed and word[0] == name[0]
