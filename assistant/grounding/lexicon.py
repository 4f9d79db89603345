"""The words the check understands, read once from `lexicon.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Words:
    """A set of words; entries that end in `*` are beginnings of words."""

    exact: frozenset[str]
    beginnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a space-separated list; a hyphen stands for a space inside an entry."""
        entries = text.lower().split()
        return cls(
            frozenset(entry for entry in entries if not entry.endswith("*")),
            tuple(entry[:-1] for entry in entries if entry.endswith("*")),
        )

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (
            word in self.exact or bool(self.beginnings and word.startswith(self.beginnings))
        )

    def pattern(self) -> str:
        """A regular expression that matches any of them, the longest first."""
        entries = [re.escape(entry).replace(r"\-", r"[-\s]") for entry in self.exact]
        entries += [re.escape(entry) + r"\w*" for entry in self.beginnings]
        return "|".join(sorted(entries, key=len, reverse=True))


@dataclass(frozen=True)
class Opposite:
    """Two sides of one matter, such as won and lost."""

    one: Words
    other: Words


@dataclass(frozen=True)
class Lexicon:
    """Everything in `lexicon.toml`, ready to be asked."""

    months: Mapping[int, Words]
    before_month: Words
    numbers: Mapping[str, int]
    scales: Mapping[Decimal, Words]
    units: Mapping[str, Words]
    over: Words
    under: Words
    negation: Words
    idioms: tuple[str, ...]
    absence: Words
    counted: tuple[Words, ...]
    since: Words
    last: Words
    opposites: tuple[Opposite, ...]
    anchored: Words
    ordinary: Mapping[str, frozenset[str]]
    german_heads: tuple[str, ...]
    capitals: frozenset[str]
    titles: frozenset[str]
    connectors: frozenset[str]
    light: frozenset[str]
    same: Mapping[str, str]
    stop: frozenset[str]
    marks: Mapping[str, frozenset[str]]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.lower().split())


CURRENCIES = frozenset(
    {"EUR", "USD", "GBP", "CHF", "RUB", "KZT", "PLN", "SEK", "NOK", "DKK", "CZK", "JPY", "CNY"}
)

#: Units of things that are counted.
COUNTED = _set(
    "accounts orders opportunities contacts meetings touches promises requests cases contracts "
    "products"
)

#: Days of each unit of time; months and years by their mean length.
DAYS = {
    "minutes": Decimal(1) / 1440,
    "hours": Decimal(1) / 24,
    "days": Decimal(1),
    "weeks": Decimal(7),
    "months": Decimal("30.436875"),
    "quarters": Decimal("91.310625"),
    "years": Decimal("365.2425"),
}


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the product."""
    raw = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))
    ordinary, support, negation = raw["ordinary"], raw["support"], raw["negation"]
    return Lexicon(
        months={i: Words.of(names) for i, names in enumerate(raw["months"]["names"], start=1)},
        before_month=Words.of(raw["months"]["before"]),
        numbers=_numbers(raw["numbers"]),
        scales={Decimal(scale): Words.of(words) for scale, words in raw["scales"].items()},
        units={unit: Words.of(words) for unit, words in raw["units"].items()},
        over=Words.of(raw["bounds"]["over"]),
        under=Words.of(raw["bounds"]["under"]),
        negation=Words.of(negation["words"]),
        idioms=tuple(negation["idioms"]),
        absence=Words.of(negation["absence"]),
        counted=tuple(map(Words.of, negation["counted"])),
        since=Words.of(negation["since"]),
        last=Words.of(negation["last"]),
        opposites=tuple(
            Opposite(Words.of(one), Words.of(other)) for one, other in raw["opposites"]["pairs"]
        ),
        anchored=Words.of(raw["opposites"]["anchored"]),
        ordinary={language: _set(ordinary[language]) for language in ("en", "de", "ru")},
        german_heads=tuple(ordinary["german_heads"].split()),
        capitals=_set(ordinary["capitals"]),
        titles=_set(ordinary["titles"]),
        connectors=_set(ordinary["connectors"]),
        light=_set(support["light"]),
        same={word: line.split()[0] for line in support["same"] for word in line.split()},
        stop=_set(support["stop"]),
        marks={language: _set(words) for language, words in raw["marks"].items()},
    )


def unit_named(word: str | None) -> str | None:
    """The unit a word means (`EUR` for “euros” and “EUR a year”, `%` for “Prozent”), or None."""
    whole = (word or "").strip().lower().rstrip(".")
    for wanted in (whole, *re.split(r"[ /]", whole)[:1]):
        for unit, words in lexicon().units.items():
            if wanted and wanted in words:
                return unit
    return None


@lru_cache(maxsize=20_000)
def sides_of(word: str) -> frozenset[tuple[int, bool]]:
    """The sides a word takes: the number of each opposite, and whether it is the first side."""
    return frozenset(
        (number, first)
        for number, opposite in enumerate(lexicon().opposites)
        for first, side in ((True, opposite.one), (False, opposite.other))
        if word in side
    )


def _numbers(raw: Mapping[str, Any]) -> dict[str, int]:
    """Number words to their numbers, compounds such as “vierundzwanzig” included."""
    values = [*range(2, 21), *range(30, 100, 10)]
    forms = {value: words.split() for value, words in zip(values, raw.values(), strict=True)}
    found = {word: value for value, words in forms.items() for word in words}
    for tens in range(20, 100, 10):
        for ones in range(2, 10):
            english, german, *_ = forms[tens]
            found[f"{english}-{forms[ones][0]}"] = tens + ones
            found[f"{forms[ones][1]}und{german}"] = tens + ones
            found.update(_pairs(forms[tens][2:], forms[ones][2:], tens + ones))
    return found


def _pairs(tens: Iterable[str], ones: Iterable[str], value: int) -> dict[str, int]:
    return {f"{ten} {one}": value for ten in tens for one in ones}
