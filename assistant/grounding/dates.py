"""Moments in text: days, months, quarters and years, in three languages' formats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from assistant.grounding.lexicon import lexicon

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NTH = {
    **dict.fromkeys(("first", "erste", "ersten", "erstes", "первый", "первого", "первом"), 1),
    **dict.fromkeys(("second", "zweite", "zweiten", "второй", "второго", "втором"), 2),
    **dict.fromkeys(("third", "dritte", "dritten", "третий", "третьего", "третьем"), 3),
    **dict.fromkeys(("fourth", "vierte", "vierten", "четвёртый", "четвертый", "четвертом"), 4),
}
_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
_MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Moment:
    """A day, or less of one: what is not said is None. `part` is a quarter or a half, `Q3`."""

    said: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    start: int = 0
    end: int = 0

    @classmethod
    def of(cls, day: date) -> Moment:
        """A calendar day."""
        return cls(day.isoformat(), day.year, day.month, day.day)

    def follows_from(self, other: Moment) -> bool:
        """Whether this says no more than the other: “March 2026” follows from 3 March 2026."""
        return (
            self.year in {None, other.year}
            and self.month in {None, other.month}
            and self.day in {None, other.day}
            and (self.part is None or self.part in other.parts)
        )

    @property
    def parts(self) -> frozenset[str]:
        """The quarter and the half of the calendar year it lies in."""
        known = {self.part} if self.part else set()
        if self.month:
            known |= {f"Q{(self.month + 2) // _MONTHS_A_QUARTER}", f"H{(self.month + 5) // 6}"}
        return frozenset(part for part in known if part)


def moments_in(text: str) -> tuple[list[Moment], str]:
    """Every moment of a text, and the text with them blanked out.

    A date that reads two ways (10/03/2026) comes as two moments over the same place.
    """
    found: list[Moment] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            moments = [m for m in _understood(match) if _possible(m)]
            if moments:
                found += [replace(m, start=match.start(), end=match.end()) for m in moments]
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda moment: moment.start), text


def spans_of(moments: Iterable[Moment]) -> list[tuple[date, date]]:
    """Pairs of days that follow each other in a text, taken as the two ends of a period."""
    days = [date(m.year, m.month, m.day) for m in moments if m.year and m.month and m.day]
    return [(first, last) for first, last in pairwise(days) if first < last]


def _possible(moment: Moment) -> bool:
    try:
        date(moment.year or 2000, moment.month or 1, moment.day or 1)
    except ValueError:
        return False
    return True


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The longest formats first: each one blanks what it understood."""
    words = lexicon()
    month = "|".join(group.pattern() for group in words.months.values())
    before = words.before_month.pattern()
    named = rf"(?P<name>{month})(?!\w)"
    year = rf"(?P<y>{_YEAR})(?!\d)(?:\s?(?:г\.|года|году)(?!\w))?"
    nth = rf"(?P<nth>{'|'.join(_NTH)})"
    which = rf"(?:{nth}|(?P<q>[1-4])(?:st|nd|rd|th|\.|-й|-м|-го)?|(?P<roman>I{{1,3}}|IV))"
    written = [
        rf"(?<![\d-])(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?:{_CLOCK})?(?![\d-])",
        rf"(?<!\d)(?P<d>\d\d?)\.\s?(?P<m>\d\d?)\.\s?(?P<y>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{_YEAR})(?!\d)",
        rf"(?<![\d.,])(?P<d>\d\d?)(?:st|nd|rd|th|\.|-го)?\s+(?:of\s+)?{named}\.?,?(?:\s+{year})?",
        rf"(?<!\w){named}\.?\s+(?P<d>\d\d?)(?:st|nd|rd|th)?(?!\d|[.,]\d|\s?%)(?:,?\s+{year})?",
        rf"(?<!\w){named}\.?,?\s+{year}",
        rf"(?<!\w)Q(?P<q>[1-4])(?:[\s/-]*(?P<y>{_YEAR})(?!\d))?(?!\w)",
        rf"(?<!\w)H(?P<h>[12])[\s/-]*(?P<y>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<y>{_YEAR})[\s/-]*Q(?P<q>[1-4])(?!\w)",
        rf"(?<!\w){which}\s+(?:quarter|Quartals?|квартал\w*)(?:\s+(?:of\s+)?{year})?",
        rf"(?<![\d.,/-])(?P<y>{_YEAR})(?P<to>/\d\d)?(?![\d/%]|[.,]\d|-\d)(?:\s?г\.)?",
        rf"(?:(?<=\s)|^)(?P<lead>(?:{before})\s+)(?P<name>{month})(?!\w)",
    ]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in written)


def _understood(match: re.Match[str]) -> list[Moment]:
    """The moments a match may mean; empty where a month's name is an ordinary word here."""
    parts = match.groupdict()
    said = match[0].strip(" ,")
    year = int(parts["y"]) if parts.get("y") else None
    if parts.get("a"):
        one, other = int(parts["a"]), int(parts["b"])
        return [Moment(said, year, m, d) for m, d in dict.fromkeys(((one, other), (other, one)))]
    if parts.get("name"):
        return _named_month(match, year)
    if parts.get("to"):
        return [Moment(said, year), Moment(said, (year or 0) + 1)]
    quarter = _quarter(parts)
    if quarter or parts.get("h"):
        return [Moment(said, year, part=quarter or f"H{parts['h']}")]
    month, day = (int(parts[key]) if parts.get(key) else None for key in ("m", "d"))
    return [Moment(said, year, month, day)]


def _named_month(match: re.Match[str], year: int | None) -> list[Moment]:
    name = match["name"]
    month = next(n for n, words in lexicon().months.items() if name.lower() in words)
    parts = match.groupdict()
    if parts.get("lead"):
        if not name[0].isupper() and name[0].isascii():
            return []
        return [Moment(name, None, month)]
    day = int(parts["d"]) if parts.get("d") else None
    return [Moment(match[0].strip(" ,"), year, month, day)]


def _quarter(parts: dict[str, str | None]) -> str | None:
    if digit := parts.get("q"):
        return f"Q{digit}"
    if roman := parts.get("roman"):
        return f"Q{_ROMAN[roman.lower()]}"
    if nth := parts.get("nth"):
        return f"Q{_NTH[nth.lower()]}"
    return None
