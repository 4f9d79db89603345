"""Months and windows: every rule cuts time the same way."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.periods import months_before, months_between, window

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def test_the_twelve_months_to_the_end_of_september_begin_in_october() -> None:
    year = window(date(2026, 9, 30), 12)
    assert (year.start, year.end) == (date(2025, 10, 1), date(2026, 9, 30))
    assert year.days == 365


def test_the_last_day_of_a_month_stays_a_last_day() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 2, 28), 12) == date(2025, 2, 28)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)


def test_a_month_counts_when_its_day_has_come() -> None:
    assert months_between(date(2026, 1, 15), date(2026, 3, 14)) == 1
    assert months_between(date(2026, 1, 15), date(2026, 3, 15)) == 2


@given(DAYS, st.integers(1, 24), st.integers(1, 4))
def test_windows_in_a_row_tile_time_without_gap_or_overlap(
    day: date, months: int, count: int
) -> None:
    spans = [window(day, months, back=months * place) for place in range(count)]
    assert spans[0].end == day
    for later, earlier in pairwise(spans):
        assert earlier.end + timedelta(days=1) == later.start
