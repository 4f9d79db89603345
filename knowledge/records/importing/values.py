"""What is written in a cell, as a value JSON can hold: ISO dates, decimal strings, booleans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal

from knowledge.records.landing import storable

DateOrder = Literal["mdy", "dmy", "mixed"]

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_NUMERIC = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})"
    r"(?:,?[T ]+(\d{1,2}:\d{2}(?::\d{2})?)\s*([AaPp]\.?[Mm]\.?)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_SPELLED = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d. %B %Y", "%d-%b-%Y", "%d-%b-%y")
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "₽": "RUB", "¥": "JPY", "US$": "USD"}
_MONEY = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<before>[^\d\s.,()+'-]{1,4})?\s*(?P<number>-?\d[\d\s.,']*)\s*"
    r"(?:(?P<scale>k|mn|mio|m|bn|b)(?![^\W\d_]))?\.?\s*(?P<after>[^\d\s.,()'-]{1,4})?",
    re.IGNORECASE,
)
_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9}
_TRUE = {"true", "yes", "y", "1", "t", "x", "ja", "wahr", "да", "on"}
_FALSE = {"false", "no", "n", "0", "f", "nein", "falsch", "нет", "off"}
#: Two-digit years from here on belong to the last century.
_PIVOT = 70
_MILLISECONDS = 13
_LARGEST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Habit:
    """How one column writes its dates and numbers; decided from all its values."""

    dates: DateOrder = "mdy"
    comma_decimals: bool = False


class NotAValue(ValueError):
    """A cell that is not what its column holds; the message says what it should have been."""


def parse(form: str, cell: Any, habit: Habit) -> Any:
    """A cell as the canonical JSON value of a field's form; None for an empty one.

    Raises:
        NotAValue: the cell cannot be read as that form.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, (dict, list)) and form != "list":
        raise NotAValue("is a structure where one value was expected")
    if form == "text":
        return text(cell)
    if form == "long":
        return storable(str(cell).replace("\r\n", "\n").strip("\n"))
    if form == "list":
        return _list(cell)
    return _typed(form, cell if isinstance(cell, (bool, int, float)) else text(cell), habit)


def text(cell: Any) -> str:
    """A cell in one line, without stray spaces."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return storable(" ".join(str(cell).split()))


def money(cell: str, habit: Habit) -> tuple[str, str | None]:
    """An amount as a decimal string, and the currency written beside it.

    Reads `1,234.50`, `1.234,50 €`, `$12k`, `(300)` and `USD 1 200`.
    """
    match = _MONEY.fullmatch(cell.strip("()").strip())
    if match is None:
        raise NotAValue("is not a number")
    negative = match["sign"] == "-" or (cell.startswith("(") and cell.endswith(")"))
    number = Decimal(_plain(match["number"], habit)) * _SCALES.get(
        (match["scale"] or "").lower(), 1
    )
    if abs(number) >= _LARGEST:
        raise NotAValue("is too large a number to keep")
    unit = (match["before"] or match["after"] or "").strip()
    currency = _CURRENCIES.get(unit) or (unit.upper() if _is_code(unit) else None)
    if unit and currency is None and unit != "%":
        raise NotAValue("is not a number")
    return canonical(-number if negative else number), currency


def canonical(number: Decimal) -> str:
    """A decimal without exponent or needless zeros, the same text for the same number."""
    plain = format(number.normalize(), "f")
    return "0" if plain in {"-0", ""} else plain


def _typed(form: str, cell: Any, habit: Habit) -> Any:
    if not isinstance(cell, str):  # a JSON number has no habits
        habit = Habit()
    if form == "money":
        return money(str(cell), habit)[0] if not isinstance(cell, bool) else _refuse("a number")
    if form == "int":
        return _integer(cell, habit)
    if form == "flag":
        return _flag(cell)
    moment = _moment(cell, habit)
    if form == "date":
        return moment.date().isoformat()
    return moment.isoformat()


def _refuse(what: str) -> Any:
    raise NotAValue(f"is not {what}")


def _integer(cell: Any, habit: Habit) -> int:
    number = Decimal(money(str(cell), habit)[0])
    if number != number.to_integral_value():
        if 0 < number < 1:  # a share: 0.25 is 25 %
            return int(number * 100)
        number = number.to_integral_value()
    if abs(number) >= 2**31:
        raise NotAValue("is too large a number to keep")
    return int(number)


def _flag(cell: Any) -> bool:
    word = str(cell).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise NotAValue("is neither yes nor no")


def _list(cell: Any) -> list[str]:
    parts = cell if isinstance(cell, list) else re.split(r"[;|,\n]", str(cell))
    return [part for part in (text(part) for part in parts) if part]


def _moment(cell: Any, habit: Habit) -> datetime:
    if isinstance(cell, bool):
        raise NotAValue("is not a date")
    if isinstance(cell, (int, float)) or (cell.isdigit() and len(cell) == _MILLISECONDS):
        return _epoch(float(cell))
    return _read_moment(cell, habit.dates)


@lru_cache(maxsize=65_536)
def _read_moment(cell: str, order: DateOrder) -> datetime:
    """Cached: exports repeat their days."""
    try:
        if iso := _ISO.fullmatch(cell):
            year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
            return _at(date(year, month, day), iso[4], None, iso[5])
        if numeric := _NUMERIC.fullmatch(cell):
            return _at(_ordered(numeric, order), numeric[5], numeric[6], None)
        if reverse := _YEAR_FIRST.fullmatch(cell):
            return _at(date(int(reverse[1]), int(reverse[2]), int(reverse[3])), None, None, None)
    except (ValueError, OverflowError) as error:
        raise NotAValue("is not a date of the calendar") from error
    for form in _SPELLED:
        try:
            return datetime.strptime(cell, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise NotAValue("is not a date")


def _ordered(match: re.Match[str], order: DateOrder) -> date:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:  # noqa: PLR2004 - two digits
        year += 1900 if year >= _PIVOT else 2000
    day_first = order == "dmy"
    if order == "mixed":
        if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 - months
            raise NotAValue("could be two different days, and its column writes both orders")
        day_first = first > 12  # noqa: PLR2004 - months
    return date(year, second, first) if day_first else date(year, first, second)


def _at(day: date, clock: str | None, half: str | None, zone: str | None) -> datetime:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if clock:
        hours, minutes, *seconds = (int(part) for part in clock.split(":"))
        if half:
            hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
        moment = moment.replace(hour=hours, minute=minutes, second=seconds[0] if seconds else 0)
    if zone and zone not in {"Z", "UTC"}:
        digits = zone[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        moment = moment - offset if zone[0] == "+" else moment + offset
    return moment


def _epoch(number: float) -> datetime:
    if not 10**11 < number < 10**13:
        raise NotAValue("is not a date")
    return datetime.fromtimestamp(int(number) // 1000, UTC)


def _is_code(unit: str) -> bool:
    return len(unit) == 3 and unit.isascii() and unit.isalpha()  # noqa: PLR2004 - ISO 4217


def _plain(number: str, habit: Habit) -> str:
    bare = re.sub(r"[\s']", "", number)
    comma_decimals = habit.comma_decimals
    if "," in bare and "." in bare:
        comma_decimals = bare.rindex(",") > bare.rindex(".")
    bare = bare.replace(".", "").replace(",", ".") if comma_decimals else bare.replace(",", "")
    try:
        return str(Decimal(bare))
    except InvalidOperation as error:
        raise NotAValue("is not a number") from error
