"""Periods as people say them, in English, German and Russian: `last quarter`, `seit März`, `2025`.

Quarters and years are the company's fiscal ones. “Last quarter” is the last full one before the
day; “this quarter” runs up to the day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from assistant.insight.periods import Window, months_before

MONTHS = (
    r"jan\w*|январ\w*",
    r"feb\w*|феврал\w*",
    r"mar(?:ch)?|märz|maerz|март\w*",
    r"apr\w*|апрел\w*",
    r"may|mai|ма[йяе]",
    r"june?|juni|июн\w*",
    r"july?|juli|июл\w*",
    r"aug\w*|август\w*",
    r"sept?\w*|сентябр\w*",
    r"oct\w*|okt\w*|октябр\w*",
    r"nov\w*|ноябр\w*",
    r"de[cz]\w*|декабр\w*",
)
_LAST = r"(?:last|past|previous|letzt\w*|vergangen\w*|vorig\w*|прошл\w*|последн\w*|предыдущ\w*)"
THIS = r"(?:this|current|dies\w*|laufend\w*|эт\w+|текущ\w*)"
QUARTER, YEAR = r"(?:quarter|quartal\w*|квартал\w*)", r"(?:year|jahr\w*|год\w*)"
MONTH, HALF = r"(?:months?|monat\w*|месяц\w*)", r"(?:half[- ]year|halbjahr\w*|полугоди\w*)"
FISCAL = r"(?:fiscal |business |calendar )?"
_SINCE = r"(?:since|seit(?: dem)?|ab|с|со)"


@dataclass(frozen=True)
class Period:
    """A span of days; `whole_year` marks the twelve months to the day, the usual look back."""

    window: Window
    whole_year: bool = False


def period_in(text: str, day: date, fiscal_start: int = 1) -> Period | None:
    """The period a question names; None where it names none.

    Args:
        text: the question, in small letters.
        day: the day it is asked on.
        fiscal_start: first month of the fiscal year, 1 to 12.
    """
    return (
        _isolated(text, day)
        or _rolling(text, day)
        or _fiscal(text, day, fiscal_start)
        or _named(text, day, fiscal_start)
    )


def _isolated(text: str, day: date) -> Period | None:
    """ISO days: one is a beginning, two are a span."""
    days = [_iso(found) for found in re.findall(r"\b(\d{4}-\d{2}-\d{2})\b", text)]
    known = sorted(one for one in days if one is not None)
    if not known:
        return None
    return Period(Window(known[0], known[-1] if len(known) > 1 else day))


def _rolling(text: str, day: date) -> Period | None:
    """“the last 12 months”, “in den letzten 90 Tagen”, “past year”."""
    if found := re.search(rf"{_LAST} (\d+|three|six|twelve|drei|sechs|zwölf) {MONTH}", text):
        words = {"three": 3, "drei": 3, "six": 6, "sechs": 6, "twelve": 12, "zwölf": 12}
        many = words.get(found[1]) or int(found[1])
        if 0 < many <= 120:  # noqa: PLR2004 - ten years
            start = months_before(day, many) + timedelta(days=1)
            return Period(Window(start, day), many == 12)  # noqa: PLR2004
    if re.search(r"последн\w+ год|past year|twelve months|zwölf monat|rolling year", text):
        return Period(Window(months_before(day, 12) + timedelta(days=1), day), whole_year=True)
    if found := re.search(rf"{_LAST} (\d+) (?:days|tage\w*|дн\w+)", text):
        return Period(Window(day - timedelta(days=int(found[1]) - 1), day))
    return None


def _fiscal(text: str, day: date, start: int) -> Period | None:
    """“Last quarter”, “dieses Jahr”, “в прошлом месяце”, by the company's own year."""
    year = fiscal_year(day, start)
    quarter = months_before(year, -3 * (months_of(year, day) // 3))
    half = months_before(year, -6 * (months_of(year, day) // 6))
    month, monday = day.replace(day=1), day - timedelta(days=day.weekday())
    any_year = rf"{FISCAL}{YEAR}"
    known = (
        (rf"{_LAST} {QUARTER}|vorquartal", between(months_before(quarter, 3), quarter)),
        (rf"{THIS} {QUARTER}", Window(quarter, day)),
        (rf"{_LAST} {HALF}", between(months_before(half, 6), half)),
        (rf"{_LAST} {any_year}|vorjahr", between(months_before(year, 12), year)),
        (rf"{THIS} {any_year}|year to date|\bytd\b|\bheuer\b", Window(year, day)),
        (rf"{_LAST} {MONTH}|vormonat", between(months_before(month, 1), month)),
        (rf"{THIS} {MONTH}", Window(month, day)),
        (rf"{_LAST} (?:week|woche|недел\w*)", between(monday - timedelta(days=7), monday)),
    )
    return next((Period(span) for said, span in known if re.search(said, text)), None)


def _named(text: str, day: date, start: int) -> Period | None:
    """“Q2 2026”, “in March”, “since May 2025”, “2025”."""
    if found := re.search(r"\b(?:q|quartal |кв\.? ?)([1-4])(?:[ /-]*(20\d\d))?\b", text):
        begin = fiscal_year(day, start)
        if found[2]:
            begin = date(int(found[2]), start, 1)
        first = months_before(begin, -3 * (int(found[1]) - 1))
        if first > day:
            first = months_before(first, 12)
        return Period(between(first, months_before(first, -3)))
    since = re.search(rf"\b{_SINCE} ", text) is not None
    if found := _month_pattern().search(text):
        month = next(n for n, name in enumerate(MONTHS, 1) if re.fullmatch(name, found["month"]))
        year = int(found["year"]) if found["year"] else day.year - (month > day.month)
        last = monthrange(year, month)[1]
        first = date(year, month, min(int(found["day"] or 1), last))
        if since:
            return Period(Window(first, day)) if first <= day else None
        return Period(Window(first, date(year, month, last)))
    if found := re.search(r"\b(20[0-3]\d)\b", text):
        first = date(int(found[1]), start, 1)
        if first > day:
            return None
        return Period(Window(first, day) if since else between(first, months_before(first, -12)))
    return None


@cache
def _month_pattern() -> re.Pattern[str]:
    names = "|".join(MONTHS)
    before = r"(?:\b(?:in|im|since|seit|for|during|of|с|со|в|за|vom|ab)\s+(?:the\s+)?)"
    return re.compile(
        rf"{before}(?:(?P<day>[12]?\d|3[01])\.?\s+)?(?P<month>{names})\b(?:\s+(?P<year>20\d\d))?"
    )


def fiscal_year(day: date, start: int) -> date:
    """The first day of the fiscal year that a day is in; `start` is its first month, 1 to 12."""
    begin = date(day.year, start, 1)
    return begin if begin <= day else date(day.year - 1, start, 1)


def months_of(earlier: date, later: date) -> int:
    """How many months lie between the months of two days."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def between(start: date, end: date) -> Window:
    """From a day to the eve of another."""
    return Window(start, end - timedelta(days=1))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
