"""What must hold of every what-if: it is arithmetic, and undone without a trace."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.formulas import evaluate
from assistant.insight.eighty_twenty import eighty_twenty, standing
from assistant.insight.team_time import WEEK, account_time, shifted
from assistant.insight.what_if import (
    Change,
    Grows,
    Leaves,
    altered,
    grow,
    join,
    leave,
    members,
    shape,
    what_if,
)
from assistant.thresholds import Thresholds
from knowledge.records import Holding, Portfolio
from tests.assistant.insight.builders import TODAY, account, file, holding, portfolio, touch

RULES = Thresholds()
AMOUNTS = st.integers(0, 1_000_000)
PERCENT = st.integers(-150, 400).map(Decimal)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """Up to eight accounts, some of which belong to another, with two years of revenue."""
    count = draw(st.integers(1, 8))
    held: list[Holding] = []
    for number in range(count):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        held.append(
            holding(
                f"c{number}",
                draw(AMOUNTS),
                draw(AMOUNTS),
                parent_id=None if parent is None else f"c{parent}",
                potential=draw(st.none() | AMOUNTS.map(Decimal)),
            )
        )
    return portfolio(*held)


@st.composite
def changes(draw: st.DrawFn, most: int = 7) -> Change:
    key = f"c{draw(st.integers(0, most))}"
    return draw(
        st.just(Leaves(key, key.title())) | PERCENT.map(lambda p: Grows(key, key.title(), p))
    )


@given(portfolios(), st.integers(0, 7))
def test_who_leaves_and_returns_leaves_no_trace(book: Portfolio, number: int) -> None:
    gone = members(book, f"c{number}")
    back = join(leave(book, f"c{number}"), gone)
    assert back == book
    assert standing(back, RULES) == standing(book, RULES)


@given(portfolios(), st.none() | st.integers(0, 7), st.integers(0, 1_000_000))
def test_a_customer_without_revenue_takes_none_away(
    book: Portfolio, parent: int | None, earlier: int
) -> None:
    assume(standing(book, RULES).total > 0)
    poor = holding("poor", 0, earlier, parent_id=None if parent is None else f"c{parent}")
    with_them, without = (shape(one, RULES) for one in (join(book, [poor]), book))
    assert shape(leave(join(book, [poor]), "poor"), RULES) == without
    for figure in ("total", "k", "core", "top1", "top5", "hhi", "outcome"):
        assert getattr(with_them, figure) == getattr(without, figure)


@given(portfolios(), st.lists(changes(), max_size=4))
def test_shares_always_sum_to_one(book: Portfolio, some: list[Change]) -> None:
    after = standing(altered(book, some), RULES)
    assume(after.total > 0)
    assert abs(sum((place.share for place in after.places), Decimal(-1))) < Decimal("1e-20")
    assert Decimal(1) / len(after.places) - Decimal("0.001") <= after.concentration <= 1


@given(portfolios(), st.integers(0, 7), PERCENT, PERCENT)
def test_more_growth_never_makes_less_revenue(
    book: Portfolio, number: int, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    totals = [standing(grow(book, f"c{number}", p), RULES).total for p in (low, high)]
    assert 0 <= totals[0] <= totals[1]


@given(portfolios(), st.integers(0, 7))
def test_who_leaves_takes_exactly_their_revenue(book: Portfolio, number: int) -> None:
    gone = sum((book.revenue(one, 0, 11) for one in members(book, f"c{number}")), Decimal(0))
    total = standing(book, RULES).total
    assert standing(leave(book, f"c{number}"), RULES).total == total - gone


@given(portfolios(), st.integers(0, 7))
def test_growing_by_nothing_changes_nothing(book: Portfolio, number: int) -> None:
    found = what_if(book, [Grows(f"c{number}", "C", Decimal(0))], RULES)
    assert found.outcome in {"unchanged", "unknown"}


@given(portfolios(), st.lists(changes(), min_size=1, max_size=3))
def test_every_figure_of_a_what_if_can_be_computed_again(
    book: Portfolio, some: list[Change]
) -> None:
    found = what_if(book, some, RULES)
    for evidence in found.evidence:
        assert evidence.title.startswith("What if"), evidence.title
        assert evidence.formula is not None
        assert evaluate(evidence.formula, evidence.inputs) == Decimal(str(evidence.value))
    if found.known:
        today = eighty_twenty(book, RULES).values
        assert found.values["before"].total == today["total"]


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=6),
    st.sets(st.integers(0, 5)),
    st.decimals(0, WEEK, places=1),
    st.decimals(0, WEEK, places=1),
)
def test_time_is_moved_and_never_made(
    counts: list[int], taking: set[int], one: Decimal, other: Decimal
) -> None:
    times = [
        account_time(
            file(
                account(f"c{number}", tier="Major"),
                *(
                    touch(f"{number}-{each}", TODAY, duration_minutes=30, account_id=f"c{number}")
                    for each in range(count)
                ),
            ),
            RULES,
        )
        for number, count in enumerate(counts)
    ]
    receivers = {f"c{number}" for number in taking}
    low, high = (shifted(times, receivers, days) for days in sorted((one, other)))
    for moved in (low, high):
        minutes = sum((each.minutes for each in moved), Decimal(0))
        touches = sum((each.touches for each in moved), Decimal(0))
        assert abs(minutes - sum(time.total for time in times)) < Decimal("0.01")
        assert abs(touches - sum(counts)) < Decimal("0.01")
    for less, more in zip(low, high, strict=True):
        if less.receives:
            assert more.minutes >= less.minutes
        elif receivers & {time.account_id for time in times}:
            assert more.minutes <= less.minutes
        else:
            assert more.minutes == less.minutes == less.time.total
