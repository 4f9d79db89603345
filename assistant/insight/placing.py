"""What an account is placed in the customer portfolio by: revenue, potential, cost and bonds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence
from assistant.insight.bonds import Bond, bonds, score
from assistant.insight.customers import Customer, percentile
from assistant.insight.eighty_twenty import place_in
from assistant.insight.figures import gap_percent, number, percent
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile, Position


@dataclass(frozen=True)
class Placing:
    """The figures of one account, in our currency a year, and the lines they are held against."""

    revenue: Evidence
    high_line: Evidence
    low_line: Evidence
    potential: Evidence | None
    low_potential: Evidence | None
    cost_share: Evidence | None
    gap: Evidence | None
    score: Evidence
    bonds: tuple[Bond, ...]

    @property
    def high(self) -> bool:
        """Whether revenue is in the top of the book."""
        return size(self.revenue) >= size(self.high_line) and size(self.revenue) > 0

    @property
    def low(self) -> bool | None:
        """Whether revenue and potential are both low; None where the potential is not known."""
        if size(self.revenue) >= size(self.low_line) > 0:
            return False
        if self.potential is None or self.low_potential is None:
            return None
        return size(self.potential) < size(self.low_potential)

    @property
    def unrecorded(self) -> tuple[Bond, ...]:
        """The parts of the relationship the records are silent about."""
        return tuple(bond for bond in self.bonds if bond.earned is None)


def placing(file: AccountFile, position: Position | None, thresholds: Thresholds) -> Placing | None:
    """The figures of an account; None where the portfolio lacks it or has no revenue."""
    if position is None or not position.profile.total:
        return None
    book = position.book
    mine = Customer(place_in(position, thresholds), book.holdings, book)
    potential, parts = mine.sum_of("potential"), bonds(file, thresholds)
    return Placing(
        revenue=mine.revenue,
        high_line=_line(position, thresholds.portfolio_high),
        low_line=_line(position, thresholds.portfolio_low),
        potential=potential,
        low_potential=_low_potential(position, thresholds.portfolio_low),
        cost_share=_cost_share(mine),
        gap=_gap(mine, potential),
        score=score(file, parts),
        bonds=parts,
    )


def size(evidence: Evidence | None) -> Decimal:
    """The quantity behind a figure; nothing counts as 0 only where a figure is compared."""
    return number(evidence) or Decimal(0)


def _line(position: Position, percent: int) -> Evidence:
    profile = position.profile
    line = percentile("revenue", profile.revenue_lines, percent, profile.customers, position)
    assert line is not None, "a portfolio with revenue has places"
    return line


def _low_potential(position: Position, percent: int) -> Evidence | None:
    profile = position.profile
    lines = profile.potential_lines
    return percentile("potential", lines, percent, profile.with_potential, position)


def _cost_share(mine: Customer) -> Evidence | None:
    cost, margin = mine.sum_of("cost_to_serve"), mine.sum_of("gross_margin")
    if cost is None or margin is None or size(margin) <= 0:
        return None
    return percent(
        f"cost_share:{mine.place.account_id}:{mine.portfolio.as_of}",
        title=f"{mine.place.name}: cost to serve in gross margin",
        part=cost,
        whole=margin,
        as_of=mine.portfolio.as_of,
    )


def _gap(mine: Customer, potential: Evidence | None) -> Evidence | None:
    if potential is None or size(potential) <= 0:
        return None
    return gap_percent(
        f"gap:{mine.place.account_id}:{mine.portfolio.as_of}",
        title=f"{mine.place.name}: potential still to win",
        have=mine.revenue,
        most=potential,
        as_of=mine.portfolio.as_of,
    )
