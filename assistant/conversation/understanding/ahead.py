"""Days that lie ahead, and how long a silence is meant: `the next 12 months`, `seit drei Monaten`.

Quarters and years are the company's fiscal ones; “by” a month or year is by its last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.conversation.understanding.periods import (
    FISCAL,
    HALF,
    MONTH,
    MONTHS,
    QUARTER,
    THIS,
    YEAR,
    between,
    fiscal_year,
    months_of,
)
from assistant.insight.periods import Window, months_before

_COUNTS = (
    r"an?|one|eine?[mnrs]?|один|одного",
    r"two|zwei|дв[ае]|двух",
    r"three|drei|три|тр[её]х",
    r"four|vier|четыр\w+",
    r"five|fünf|пять|пяти",
    r"six|sechs|шесть|шести",
    r"seven|sieben|семь|семи",
    r"eight|acht|восемь|восьми",
    r"nine|neun|девять|девяти",
    r"ten|zehn|десять|десяти",
    r"eleven|elf|одиннадцат\w+",
    r"twelve|zwölf|двенадцат\w+",
)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_UNITS = {
    "days": r"days?|tage?n?|дн\w+|день",
    "weeks": r"weeks?|wochen?|недел\w+",
    "months": rf"{MONTH}|мес",
    "quarters": rf"quarters?|{QUARTER}",
    "years": rf"years?|{YEAR}|лет",
}
_UNIT = rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _UNITS.items())})"
_MONTHS_IN = {"months": 1, "quarters": 3, "years": 12}
_NEXT = r"(?:next|coming|following|upcoming|nächst\w*|kommend\w*|следующ\w*|ближайш\w*|будущ\w*)"
_WITHIN = rf"(?:within|inside|in|binnen|innerhalb|в течение)(?: the| d\w+)? (?:{_NEXT} )?"
_BY = r"(?:by|until|till|before|up to|bis(?: zum| zu)?|vor|до|к)(?: the)?(?: end of| ende| конца)?"
_END = r"(?:end of (?:the )?|ende (?:des )?(?:dieses )?|конца )"
_HALF_YEAR = r"half an? year|halbe\w* jahr\w*|полгода|полугоди\w*"
_SILENT = (
    r"(?:for|in|since|within|over|more than|longer than|at least|mehr als|länger als|über|seit|"
    r"mindestens|больше|более|дольше|уже|за|около)(?: the)?(?: more than| at least| mehr als|"
    r" über)?(?: (?:last|past|letzten|vergangenen|последни\w+))?"
)


def ahead_in(text: str, day: date, fiscal_start: int = 1) -> Window | None:
    """The days to come that a question names, from the day it is asked or later; else None.

    Args:
        text: the question, in small letters.
        day: the day it is asked on.
        fiscal_start: first month of the fiscal year, 1 to 12.
    """
    found = _rolling(text, day) or _fiscal(text, day, fiscal_start) or _named(text, day)
    return found if found is not None and found.end >= day else None


def foreseen_in(text: str, day: date, fiscal_start: int = 1) -> Window | None:
    """Days to come by the question's own words: not “in 12 months”, which may be past."""
    found = ahead_in(text, day, fiscal_start)
    plainly = found is not None and (found.start > day or re.search(rf"\b(?:{_NEXT}|{_BY}) ", text))
    return found if plainly else None


def silent_since(text: str, day: date) -> date | None:
    """The first day of a silence of the length that a question names; None where it names none.

    Args:
        text: the question, in small letters.
        day: the day it is asked on.
    """
    if re.search(rf"\b(?:{_HALF_YEAR})", text):
        return months_before(day, 6)
    found = re.search(rf"\b{_SILENT} (?:{_COUNT} )?{_UNIT}\b", text)
    found = found or re.search(rf"\b{_COUNT} {_UNIT}\b", text)
    return _back(found, day) if found else None


def _rolling(text: str, day: date) -> Window | None:
    """“In the next 12 months”, “binnen 90 Tagen”, “в ближайшие полгода”."""
    if re.search(rf"\b(?:{_NEXT}|{_WITHIN})[^.]{{0,6}}\b(?:{_HALF_YEAR})", text):
        return Window(day, months_before(day, -6))
    counted = re.search(rf"\b(?:{_NEXT} |{_WITHIN}){_COUNT} {_UNIT}\b", text)
    counted = counted or re.search(rf"\b{_COUNT} {_NEXT} {_UNIT}\b", text)
    if counted is None or not (many := _many(counted["count"])):
        return None
    unit = _unit(counted)
    if unit in _MONTHS_IN:
        return Window(day, months_before(day, -many * _MONTHS_IN[unit]))
    return Window(day, day + timedelta(days=many * (7 if unit == "weeks" else 1)))


def _fiscal(text: str, day: date, start: int) -> Window | None:
    """“This month”, “nächstes Quartal”, “до конца года”."""
    year = fiscal_year(day, start)
    quarter = months_before(year, -3 * (months_of(year, day) // 3))
    half = months_before(year, -6 * (months_of(year, day) // 6))
    month, monday = day.replace(day=1), day - timedelta(days=day.weekday())
    week = timedelta(days=7)
    spans = (
        ("week|woche|недел\\w+", (monday, monday + week, monday + 2 * week)),
        (MONTH, (month, months_before(month, -1), months_before(month, -2))),
        (QUARTER, (quarter, months_before(quarter, -3), months_before(quarter, -6))),
        (HALF, (half, months_before(half, -6), months_before(half, -12))),
        (rf"{FISCAL}{YEAR}", (year, months_before(year, -12), months_before(year, -24))),
    )
    for unit, (_, second, third) in spans:
        if re.search(rf"\b{_NEXT} (?:{unit})", text):
            return between(second, third)
        if re.search(rf"\b(?:{THIS} (?:{unit})|{_END}(?:{THIS} )?(?:{unit}))", text):
            return Window(day, second - timedelta(days=1))
    if re.search(r"year[- ]end|jahresende|конц[ауе] года|bis ende des jahres", text):
        return Window(day, months_before(year, -12) - timedelta(days=1))
    return None


def _named(text: str, day: date) -> Window | None:
    """“By 31 March 2027”, “in December”, “until 2027”, “bis Ende Juni”."""
    until = re.search(rf"\b{_BY} ", text) is not None
    if iso := re.search(r"\b(20\d\d)-(\d\d)-(\d\d)\b", text):
        return _span(day, _day(int(iso[1]), int(iso[2]), int(iso[3])), until=True)
    names = "|".join(MONTHS)
    said = re.search(
        rf"\b(?:{_BY}|in|im|within|during|в|за|on|am)\s+(?:(?P<day>\d{{1,2}})\.?\s+)?"
        rf"(?P<month>{names})\b(?:\s+(?P<year>20\d\d))?",
        text,
    )
    if said:
        month = next(n for n, name in enumerate(MONTHS, 1) if re.fullmatch(name, said["month"]))
        year = int(said["year"]) if said["year"] else day.year + (month < day.month)
        first = date(year, month, 1)
        if said["day"]:
            return _span(first, _day(year, month, int(said["day"])), until=until, today=day)
        last = _day(year, month, 31)
        return _span(first, last, until=until, today=day)
    if found := re.search(r"\b(20[0-9]\d)\b", text):
        first = date(int(found[1]), 1, 1)
        return _span(first, first.replace(month=12, day=31), until=until, today=day)
    return None


def _span(first: date, last: date, *, until: bool, today: date | None = None) -> Window | None:
    begin = max(first, today) if today and not until else (today or first)
    return Window(begin, last) if last >= begin else None


def _back(found: re.Match[str], day: date) -> date | None:
    count = found.groupdict().get("count")
    many = _many(count) if count else 1
    unit = _unit(found)
    if not many:
        return None
    if unit in _MONTHS_IN:
        return months_before(day, many * _MONTHS_IN[unit])
    return day - timedelta(days=many * (7 if unit == "weeks" else 1))


def _unit(found: re.Match[str]) -> str:
    return next(name for name in _UNITS if found[name])


def _many(said: str) -> int:
    """A number in figures or words; nought where it is beyond any plan."""
    if said.isdigit():
        return int(said) if int(said) <= 999 else 0  # noqa: PLR2004
    return next(n for n, words in enumerate(_COUNTS, 1) if re.fullmatch(words, said))


def _day(year: int, month: int, day: int) -> date:
    """A day of a month; the last one where the month is shorter."""
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))
