"""Quantities in text: numbers in three languages' formats, with their units and precision."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from assistant.grounding.lexicon import COUNTED, CURRENCIES, DAYS, lexicon, unit_named

_GROUP = "[ \u00a0\u2009\u202f'’.,]"
_DIGITS = rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_MOST_ROUNDING = Decimal("0.05")  # “EUR 2 million” is no rounding of 1.6 million
_BEYOND = Decimal("1.25")  # “over 20” still holds for 25, and no further
_LEAST_AMOUNT = 1_000  # from here on a number without a currency may be an amount
_ABBREVIATION = 3  # letters of “Mio.”, “Tsd.”, “млн”
_TIMES_A_RATIO = 100

#: The unit of how many sources or inputs there are: it may be told as any things counted.
ITEMS = "items"


@dataclass(frozen=True)
class Reading:
    """One way to read a number: its value, and half the last place it was written to."""

    value: Decimal
    half: Decimal


@dataclass(frozen=True)
class Quantity:
    """A number as it stands in a text.

    `readings` are two where the format leaves it open (“1.234” is 1234 or 1.234). `bound` is
    `over` or `under` for “more than 20”, “almost 20”. `noun` says that a word follows which is
    no unit we know; `typed` that it is a bare value, which names no unit because it has none.
    """

    said: str
    readings: tuple[Reading, ...]
    unit: str | None = None
    bound: str = ""
    start: int = 0
    end: int = 0
    noun: bool = False
    typed: bool = False

    @property
    def value(self) -> Decimal:
        """Its value in the likelier reading."""
        return self.readings[0].value

    @classmethod
    def exactly(cls, value: Decimal, unit: str | None, said: str | None = None) -> Quantity:
        """A typed value, exact as it stands."""
        shown = said if said is not None else f"{value:,}{f' {unit}' if unit else ''}"
        known = unit_named(unit) or unit
        return cls(shown, (Reading(value, Decimal(0)),), known, typed=True)


def quantities_in(text: str) -> list[Quantity]:
    """Every quantity in a text that has no dates or codes left in it, in reading order."""
    found = []
    for match in _pattern().finditer(text):
        quantity = _quantity(match, text)
        if quantity is not None:
            found.append(quantity)
    return found


def agrees(said: Quantity, found: Quantity, around: Collection[str | None] = ()) -> bool:
    """Whether what is said follows from what was found, by rounding, unit or format.

    `around` are the units of the sentence's other quantities: in “45 against 14 days” the first
    number has the unit of the second.
    """
    bound = "" if found.bound == said.bound else said.bound
    return any(
        _near(mine, theirs, bound)
        for theirs in _in_unit_of(said, found, around)
        for mine in said.readings
    )


def _near(said: Reading, found: Decimal, bound: str) -> bool:
    mine, theirs = abs(said.value), abs(found)
    if mine == theirs:
        return True
    if bound == "over":
        return mine <= theirs <= mine * _BEYOND
    if bound == "under":
        return mine / _BEYOND <= theirs <= mine
    return abs(mine - theirs) <= said.half


def _in_unit_of(
    said: Quantity, found: Quantity, around: Collection[str | None]
) -> tuple[Decimal, ...]:
    """What was found, told in the unit that is said; empty where the units contradict."""
    values = tuple(reading.value for reading in found.readings)
    mine, theirs = said.unit, found.unit
    if mine == "%" and theirs in {None, "share", "ratio", "fraction"}:
        return tuple(v * _TIMES_A_RATIO for v in values if abs(v) <= 1) + (
            values if theirs is None else ()
        )
    if theirs == ITEMS:
        return values if mine is None or mine in COUNTED else ()
    if mine in DAYS and theirs in DAYS:
        return tuple(v * DAYS[theirs] / DAYS[mine] for v in values)
    if mine is None or theirs is None or mine == theirs:
        return values if _compatible(said, found, around) else ()
    return ()


def _compatible(said: Quantity, found: Quantity, around: Collection[str | None]) -> bool:
    if said.unit == found.unit or found.unit in around:
        return True
    if said.unit is None:
        if found.unit in CURRENCIES:
            return not said.noun and abs(said.value) >= _LEAST_AMOUNT
        return found.unit not in {"%", *DAYS}
    if found.typed and found.unit is None and said.unit in {*CURRENCIES, *DAYS}:
        return False
    return said.unit not in COUNTED or found.unit is None


@cache
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    scale = "|".join(group.pattern() for group in words.scales.values())
    units = "|".join(group.pattern() for group in words.units.values())
    money = "|".join(words.units[unit].pattern() for unit in sorted(CURRENCIES))
    numbers = "|".join(sorted(map(re.escape, words.numbers), key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<before>(?<!\w)(?:{money})(?:(?<=\W)|(?=[\s\d−-])))\s?)?"
        rf"(?:(?P<sign>(?<![\w.,)])[-−+])?(?<![\w.,])(?P<digits>{_DIGITS})"
        rf"|(?<![\w-])(?P<word>{numbers}|(?:one|ein|eine|einem|einen|один|одна|одного)"
        rf"(?=\s+(?:{scale}|{units})(?!\w)))(?![\w-]*\w))"
        rf"(?:(?:st|nd|rd|th)(?!\w))?"
        rf"(?:[\s\u00a0\u202f-]?(?P<scale>{scale})(?![\w]))?\.?"
        rf"(?:[\s\u00a0\u202f-]{{0,2}}(?P<unit>percentage points|п\. ?п\.|{units})(?!\w))?",
        re.IGNORECASE,
    )


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    scale_word, unit_word, before = match["scale"], match["unit"], match["before"]
    unit = unit_named(before) or _unit_of(unit_word)
    if scale_word and scale_word.lower() in {"m", "t"} and unit not in CURRENCIES:
        unit, scale_word = unit or scale_word.lower(), None
    scale = _scale_of(scale_word)
    if match["digits"]:
        readings = _readings(match["digits"])
    else:
        number = Decimal(lexicon().numbers.get(match["word"].lower(), 1))
        readings = (Reading(number, Decimal("0.5")),)
    if scale != 1:
        readings = tuple(_scaled(reading, scale) for reading in readings)
    said = match[0].strip()
    if said.endswith(".") and not (scale_word and len(scale_word) <= _ABBREVIATION):
        said = said[:-1]
    end = match.start() + len(match[0].rstrip())
    noun = unit is None and bool(re.match(r"[\s-]+[^\W\d_]{3,}", text[end:]))
    return Quantity(said, readings, unit, _bound(text, match.start()), match.start(), end, noun)


def _unit_of(word: str | None) -> str | None:
    if word is None:
        return None
    squeezed = word.lower().replace(" ", "-")
    return "points" if squeezed.startswith("п.") else unit_named(squeezed)


def _scale_of(word: str | None) -> Decimal:
    if word:
        for scale, words in lexicon().scales.items():
            if word.lower() in words:
                return scale
    return Decimal(1)


def _scaled(reading: Reading, scale: Decimal) -> Reading:
    value = reading.value * scale
    return Reading(value, min(reading.half * scale, abs(value) * _MOST_ROUNDING))


def _readings(digits: str) -> tuple[Reading, ...]:
    """The number, twice where one separator may part thousands or decimals."""
    plain = re.sub("[ \u00a0\u2009\u202f'’]", "", digits)
    marks = re.findall(r"[.,]", plain)
    if len(set(marks)) == 2:  # noqa: PLR2004 - the second of two separators is the decimal one
        last = marks[-1]
        whole = plain.replace("," if last == "." else ".", "")
        return (_decimal(whole.replace(last, ".")),)
    if len(marks) > 1:
        return (_decimal(re.sub(r"[.,]", "", plain)),)
    if not marks:
        return (_decimal(plain),)
    as_decimal = _decimal(plain.replace(",", "."))
    if plain != digits or not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        return (as_decimal,)
    return (_decimal(re.sub(r"[.,]", "", plain)), as_decimal)


def _decimal(text: str) -> Reading:
    places = len(text.partition(".")[2])
    return Reading(Decimal(text), Decimal(1).scaleb(-places) / 2)


@cache
def _bounds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = lexicon()
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{group.pattern()})\s+\W*$", re.IGNORECASE))
        for name, group in (("under", words.under), ("over", words.over))
    )


def _bound(text: str, start: int) -> str:
    before = text[max(0, start - 24) : start]
    return next((name for name, pattern in _bounds() if pattern.search(before)), "")
