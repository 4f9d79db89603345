"""A text taken apart: its moments, its codes, and what numbers are left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.grounding.dates import Moment, moments_in, spans_of
from assistant.grounding.quantities import Quantity, quantities_in

_CODE = re.compile(
    r"(?<![\w-])(?=[\w/-]*\d)(?=[\w/-]*[^\W\d_])[^\W_]+(?:[-/][^\W_]+)*(?![\w-])"
    r"|(?<![\w.,-])\d+(?:-\d+)+(?![\w-])|(?<![\w.,-])(?<!\d\s)0\d{2,}(?![\w.,]\d|\w)"
)

_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Saying:
    """A text taken apart: its moments, codes (“VX-2023-118”) and quantities."""

    text: str
    moments: tuple[Moment, ...]
    codes: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    rest: str


@lru_cache(maxsize=20_000)
def take_apart(text: str) -> Saying:
    """Read a text: dates first, then codes, then what numbers are left."""
    text = text.replace("_", " ")
    moments, rest = moments_in(text)
    codes: list[str] = []
    for match in _CODE.finditer(rest):
        if not _is_quantity(match[0]):
            codes.append(match[0])
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return Saying(text, tuple(moments), tuple(codes), tuple(quantities_in(rest)), rest)


def _is_quantity(code: str) -> bool:
    """“24-month”, “15kWh”, “3rd”, “1990s”: a number with a unit, not a name."""
    found = quantities_in(code)
    return (
        len(found) == 1
        and found[0].start == 0
        and found[0].end >= len(code)
        and code[0].isdigit()
        and not code.isdigit()
    ) or bool(re.fullmatch(r"\d+(?:st|nd|rd|th|s|x|er|fach|й|го)", code.lower()))


def code_key(code: str) -> str:
    """What two ways to write a code have in common: “VX 200”, “vx-200”."""
    return re.sub(r"[\W_]", "", code).casefold()


def lengths(moments: Iterable[Moment]) -> Iterator[Quantity]:
    """How long a period is that a text gives by its first and last day."""
    for first, last in spans_of(moments):
        days = (last - first).days
        yield Quantity.exactly(Decimal(days + 1), "days")
        months = (last.year - first.year) * _MONTHS_A_YEAR + last.month - first.month
        if abs(last.day - first.day) <= 1:
            yield Quantity.exactly(Decimal(months), "months")
        elif first.day == 1 and last.day >= 28:  # noqa: PLR2004 - the end of any month
            yield Quantity.exactly(Decimal(months + 1), "months")
