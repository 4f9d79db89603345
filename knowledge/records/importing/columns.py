"""How a column writes its dates and numbers, decided by all its values, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.records.importing.values import DateOrder, Habit

_DAY = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})\b")
_ISO_DAY = re.compile(r"\s*\d{4}-\d{2}-\d{2}\b")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PRICE = re.compile(r"\s*(?:[€$£]\s?\d|-?\d[\d.,\s]*\s?[€$£])")
_MONTHS = 12
#: Currencies of places that write the month first; everyone else writes the day first.
_MONTH_FIRST = {"USD"}
#: Currencies of places that write decimals with a comma.
_COMMA = {"EUR", "RUB", "UAH", "PLN", "SEK", "DKK", "NOK", "CZK", "BRL", "TRY"}
_SAMPLE = 200


def date_order(
    cells: Iterable[Any], told: DateOrder | None, currency: str | None
) -> tuple[DateOrder, str | None]:
    """Which of day and month comes first, and a note where the values did not decide it."""
    day_first = month_first = dotted = unclear = False
    for cell in cells:
        if not (isinstance(cell, str) and (match := _DAY.match(cell))):
            continue
        dotted = dotted or match[2] == "."
        day_first = day_first or int(match[1]) > _MONTHS
        month_first = month_first or int(match[3]) > _MONTHS
        unclear = True
    if told:
        return told, None
    if day_first and month_first:
        return "mixed", "writes days both ways round; a day that could be two is rejected"
    if day_first or month_first:
        return ("dmy" if day_first else "mdy"), None
    if not unclear:
        return "mdy", None
    return _by_hint(currency, dotted=dotted)


def _by_hint(currency: str | None, *, dotted: bool) -> tuple[DateOrder, str]:
    open_ = "does not say whether day or month comes first"
    if dotted:
        return "dmy", f"{open_}; dots mean day first"
    if currency and currency not in _MONTH_FIRST:
        return "dmy", f"{open_}; {currency} means day first"
    return "mdy", f"{open_}; read as month first"


def comma_decimals(cells: Iterable[Any], currency: str | None) -> tuple[bool, str | None]:
    """Whether a comma is the decimal sign, and a note where the values did not decide it."""
    unclear = False
    symbol = currency
    for cell in cells:
        if not isinstance(cell, str) or not ("," in cell or "." in cell):
            continue
        symbol = symbol or ("EUR" if "€" in cell else None)
        decided = _decides(re.sub(r"[^\d.,]", "", cell))
        if decided is not None:
            return decided, None
        unclear = True
    comma = symbol in _COMMA
    if unclear and comma:
        return True, f"does not say which sign is the decimal; {symbol} means a comma"
    return False, None


def habit(
    cells: Sequence[Any], form: str, told: DateOrder | None, currency: str | None
) -> tuple[Habit, str | None]:
    """The habit of a column whose field has that form."""
    if form in {"date", "instant"}:
        order, note = date_order(cells, told, currency)
        return Habit(dates=order), note
    if form in {"money", "int"}:
        comma, note = comma_decimals(cells, currency)
        return Habit(comma_decimals=comma), note
    return Habit(), None


def shape(cells: Sequence[Any], stages: frozenset[str]) -> str | None:
    """What nearly all values of an unknown column are: date, email, money, stage, or None."""
    filled = [str(cell).strip() for cell in cells[:_SAMPLE] if cell not in (None, "")]
    if not filled:
        return None

    def share(test: re.Pattern[str]) -> float:
        return sum(bool(test.match(cell)) for cell in filled) / len(filled)

    for name, test in (("email", _EMAIL), ("date", _ISO_DAY), ("date", _DAY), ("money", _PRICE)):
        if share(test) >= 0.9:  # noqa: PLR2004 - nearly all
            return name
    known = sum(cell.casefold() in stages for cell in filled)
    return "stage" if known / len(filled) >= 0.5 else None  # noqa: PLR2004 - most


def _decides(number: str) -> bool | None:
    """Whether this number proves a decimal comma (True), a decimal point (False), or neither."""
    if "," in number and "." in number:
        return number.rindex(",") > number.rindex(".")
    sign = "," if "," in number else "."
    head, _, tail = number.rpartition(sign)
    if sign in head:  # a sign that stands twice only groups thousands
        return sign == "."
    if len(tail) == 3 and head not in {"", "0"} and len(head) <= 3:  # noqa: PLR2004 - thousands
        return None
    return sign == ","
