"""The last day on which notice of a contract can be given, where its terms name a period.

Terms are the contract's own words (“six months notice”, „drei Monate Kündigungsfrist“); a period
is only read, never assumed. What the law or a later letter adds stands in no record, so the day
is told with the terms as its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.claims import Evidence, Input
from assistant.insight.evidence import computed, excerpt
from assistant.insight.periods import months_before
from knowledge.records import AccountFile
from knowledge.records.tables import Contract

_COUNTS = (
    "one ein eine einem einer один одну",
    "two zwei два две",
    "three drei три",
    "four vier четыре",
    "five fünf пять",
    "six sechs шесть",
    "seven sieben семь",
    "eight acht восемь",
    "nine neun девять",
    "ten zehn десять",
    "eleven elf одиннадцать",
    "twelve zwölf двенадцать",
)
_VALUES = {word: value for value, words in enumerate(_COUNTS, 1) for word in words.split()}
_DAYS = {"day": 1, "tag": 1, "дн": 1, "ден": 1, "week": 7, "woche": 7, "недел": 7}
_MONTHS = {"month": 1, "monat": 1, "месяц": 1, "year": 12, "jahr": 12, "год": 12}
_LENGTH = rf"(\d{{1,3}}|{'|'.join(_VALUES)})[\s-]+({'|'.join([*_DAYS, *_MONTHS])})\w*"
#: The length before the word for notice, or after it.
_PERIODS = (
    re.compile(rf"\b{_LENGTH}['’]?\s+(?:\w+\s+)?(?:notice|kündigungsfrist)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:notice(?: period)?|kündigungsfrist|уведомлен\w+|предупрежден\w+)\W+"
        rf"(?:(?:of|is|by|von|beträgt|за|не менее чем)\s+){{0,2}}{_LENGTH}",
        re.IGNORECASE,
    ),
)
#: Notice of something else than the end of the contract.
_OTHER = re.compile(
    r"pric|deliver|call-?off|change|visit|shift|preis|liefer|abruf|änder|цен|поставк|измен",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Notice:
    """The last day for notice of a contract, with what it is read and reckoned from."""

    last_day: date
    evidence: tuple[Evidence, ...]


def notice_of(file: AccountFile, contract: Contract) -> Notice | None:
    """The last day for notice before the contract ends; None where its terms name no period."""
    if contract.ends_on is None:
        return None
    clauses = [c for c in re.split(r"[;,.]", contract.terms or "") if not _OTHER.search(c)]
    found = (pattern.search(clause) for clause in clauses for pattern in _PERIODS)
    period = next((match for match in found if match), None)
    if period is None:
        return None
    last = _before(contract.ends_on, period[1].casefold(), period[2].casefold())
    left = computed(
        f"notice:{contract.id}:{file.as_of}",
        title=f"Days to the last day for notice: {contract.name}",
        value=(last - file.as_of).days,
        unit="days",
        formula="days(as_of, notice)",
        inputs=[
            Input("as_of", file.as_of),
            Input("notice", last, (f"{contract.ref}#ends_on", f"{contract.ref}#terms")),
        ],
        as_of=file.as_of,
    )
    return Notice(last, (excerpt(contract, "name", "ends_on", "terms"), left))


def _before(end: date, count: str, unit: str) -> date:
    number = int(count) if count.isdigit() else _VALUES[count]
    if unit in _MONTHS:
        return months_before(end, number * _MONTHS[unit])
    return end - timedelta(days=number * _DAYS[unit])
