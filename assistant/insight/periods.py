"""Months, windows and periods: every rule cuts time the same way.

A window of n months to a day ends on that day and begins n calendar months before, exclusive:
the twelve months to 30 September 2026 are 1 October 2025 to 30 September 2026.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Window:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` earlier; the last day of a shorter month.

    The last day of a month stays a last day, so that windows of whole months tile.
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def window(to: date, months: int, *, back: int = 0) -> Window:
    """The window of `months` ending `back` months before `to`."""
    end = months_before(to, back)
    return Window(months_before(to, back + months) + timedelta(days=1), end)


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to a later one."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if later.day >= earlier.day else months - 1
