"""Whether two ways to write something are the same: values of fields, words of quotes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal, InvalidOperation


def same(stored: object, quote: str) -> bool:
    """Whether two ways to write a value are the same value."""
    if stored is None or stored == "":
        return quote == ""
    if isinstance(stored, bool):
        return plain(quote) in ({"true", "yes", "1"} if stored else {"false", "no", "0"})
    if isinstance(stored, list | tuple):
        return plain(", ".join(map(str, stored))) == plain(quote)
    written = stored.isoformat() if isinstance(stored, date) else str(stored)
    if plain(written) == plain(quote):
        return True
    one, other = day_in(written), day_in(quote)
    if one or other:
        return one == other and bool(one)
    first, second = number_in(stored), number_in(quote)
    return first is not None and first == second


def plain(text: str) -> str:
    """A text without its case and spacing."""
    return " ".join(text.split()).casefold()


def day_in(text: str) -> date | None:
    """The day that an ISO date or instant names, else None."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None


def number_in(value: object) -> Decimal | None:
    """The finite number that a value is, thousands parted by commas or not, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(value).strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def contained(quote: str, texts: Collection[str]) -> bool:
    """Whether quoted words stand in one of the texts, whatever the spacing, case and quotes."""
    wanted = _loose(quote)
    return not wanted or any(wanted in _loose(text) for text in texts)


def _loose(text: str) -> str:
    letters = "".join(char if char.isalnum() else " " for char in text.casefold())
    return f" {' '.join(letters.split())} " if letters.strip() else ""
