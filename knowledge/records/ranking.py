"""The customers of a portfolio in order of revenue, and where one of them stands among them.

Companies that belong together count together: a subsidiary's revenue and potential are its
topmost parent's, as far as the viewer sees parents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from knowledge.records.portfolio import Portfolio

#: Lines and core sizes are kept for every whole per cent.
PERCENT = range(1, 101)


@dataclass(frozen=True, slots=True)
class Entry:
    """What of an account decides its rank: twelve months' revenue and yearly potential, in ours."""

    account_id: str
    name: str
    parent_id: str | None
    revenue: Decimal
    potential: Decimal | None


@dataclass(frozen=True, slots=True)
class Rank:
    """A customer (by its topmost account) in the order of revenue; the largest has rank 1.

    `reached` is the revenue down to this rank, its own included.
    """

    customer_id: str
    rank: int
    revenue: Decimal
    reached: Decimal


@dataclass(frozen=True)
class Profile:
    """A whole portfolio in figures whose number does not depend on its size.

    A line of p % is the smallest value that p % of all do not exceed. `core_sizes` says for
    every per cent how many of the largest customers reach it. All three have an entry for each
    of `PERCENT`, but for `potential_lines` where no potential is known.
    """

    customers: int
    total: Decimal
    revenue_lines: tuple[Decimal, ...]
    potential_lines: tuple[Decimal, ...]
    with_potential: int
    core_sizes: tuple[int, ...]

    def core_size(self, share: int) -> int:
        """How many customers reach that per cent of revenue together."""
        return self.core_sizes[share - 1]


@dataclass(frozen=True)
class Ranking:
    """Every customer's rank by its id, the largest first, and every account's customer."""

    ranks: Mapping[str, Rank]
    customer_of: Mapping[str, str]
    profile: Profile


@dataclass(frozen=True)
class Position:
    """Where the customer that an account counts under stands among all that a viewer sees.

    `book` holds the customer's own accounts and nothing else.
    """

    name: str
    rank: Rank
    profile: Profile
    book: Portfolio

    @property
    def as_of(self) -> date:
        """The day it looks from."""
        return self.book.as_of


def rank_customers(entries: Iterable[Entry]) -> Ranking:
    """Rank a portfolio: by revenue, then name, then id."""
    known = {entry.account_id: entry for entry in entries}
    customer_of = _topmost({entry.account_id: entry.parent_id for entry in known.values()})
    revenue: dict[str, Decimal] = {}
    potential: dict[str, Decimal] = {}
    for entry in known.values():
        customer = customer_of[entry.account_id]
        revenue[customer] = revenue.get(customer, Decimal(0)) + entry.revenue
        if entry.potential is not None:
            potential[customer] = potential.get(customer, Decimal(0)) + entry.potential
    ordered = sorted(revenue.items(), key=lambda pair: (-pair[1], known[pair[0]].name, pair[0]))
    sums = [bought for _, bought in ordered]
    ranks = {
        customer: Rank(customer, place, bought, reached)
        for place, ((customer, bought), reached) in enumerate(
            zip(ordered, accumulate(sums), strict=True), start=1
        )
    }
    return Ranking(ranks, customer_of, _profile(sums, sorted(potential.values())))


def rank_portfolio(portfolio: Portfolio) -> Ranking:
    """Rank a portfolio that has been read."""
    return rank_customers(
        Entry(
            holding.account.id,
            holding.account.name,
            holding.account.parent_id,
            portfolio.revenue(holding, 0, 11),
            None
            if holding.account.potential is None
            else portfolio.catalogue.ours(holding.account.potential, holding.account.currency),
        )
        for holding in portfolio.holdings
    )


def position_in(portfolio: Portfolio, account_id: str) -> Position | None:
    """Where an account stands in a portfolio that has been read; None if it is not in it."""
    ranking = rank_portfolio(portfolio)
    customer = ranking.customer_of.get(account_id)
    if customer is None:
        return None
    names = {holding.account.id: holding.account.name for holding in portfolio.holdings}
    own = tuple(
        holding
        for holding in portfolio.holdings
        if ranking.customer_of[holding.account.id] == customer
    )
    book = Portfolio(portfolio.as_of, portfolio.catalogue, own)
    return Position(names[customer], ranking.ranks[customer], ranking.profile, book)


def _profile(revenue: Sequence[Decimal], potential: Sequence[Decimal]) -> Profile:
    """Revenue is given largest first, potential smallest first."""
    total = sum(revenue, Decimal(0))
    before = [Decimal(0), *accumulate(revenue)][: sum(one > 0 for one in revenue)]
    return Profile(
        customers=len(revenue),
        total=total,
        revenue_lines=_lines(revenue[::-1]),
        potential_lines=_lines(potential),
        with_potential=len(potential),
        core_sizes=tuple(bisect_left(before, total * share / 100) for share in PERCENT),
    )


def _lines(ranked: Sequence[Decimal]) -> tuple[Decimal, ...]:
    if not ranked:
        return ()
    return tuple(ranked[max(1, -(-percent * len(ranked) // 100)) - 1] for percent in PERCENT)


def _topmost(parents: Mapping[str, str | None]) -> dict[str, str]:
    """Each account's topmost known parent; a circle of parents ends where it began."""
    found = {}
    for account_id in parents:
        top, seen = account_id, {account_id}
        while (parent := parents[top]) in parents and parent not in seen:
            top = str(parent)
            seen.add(top)
        found[account_id] = top
    return found
