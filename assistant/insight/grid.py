"""The grid: what the customer could buy, business unit by product family, cell by cell.

A cell is `owned` (we sold there within twelve months), `open` (a live deal), `competitor`
(somebody else is named), `empty` (they were asked, and buy nothing) or `unknown`. Empty is
knowledge, unknown is homework: only an estimate of nothing makes a cell empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.claims import Evidence
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import CENT, amounts, cited, in_ours, number, summed
from assistant.insight.periods import window
from knowledge.records import AccountFile
from knowledge.records.naming import normalised
from knowledge.records.tables import Opportunity, SpendEstimate

CellState = Literal["owned", "open", "competitor", "empty", "unknown"]


@dataclass(frozen=True)
class Cell:
    """One business unit (None: not named) and product family. Money a year, in our currency.

    `low` and `high` are the range of what they spend; `left` is the middle of the range less
    what they buy from us, never below 0, and None without an estimate.
    """

    unit: str | None
    family: str
    state: CellState
    current: Evidence
    low: Evidence | None
    high: Evidence | None
    left: Evidence | None
    deals: tuple[Evidence, ...]
    competitor: str | None
    said_by: str | None
    estimate: SpendEstimate | None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything the cell rests on."""
        shown = (self.current if number(self.current) else None, self.low, self.high, self.left)
        return (*(e for e in shown if e is not None), *self.deals)


def grid(file: AccountFile) -> tuple[Cell, ...]:
    """Every cell, by unit and family. Rows are the units that orders, estimates or deals name."""
    families = _families(file)
    units = _units(file)
    deals = _deals(file, units)
    return tuple(
        _cell(file, unit, family, deals.get((unit, family), ()))
        for unit in units
        for family in families
    )


def family_of(file: AccountFile, product_id: str | None) -> str | None:
    """The family of a product we sell."""
    product = file.catalogue.products.get(product_id or "")
    return product.family if product else None


def _families(file: AccountFile) -> tuple[str, ...]:
    ours = {product.family for product in file.catalogue.products.values() if product.family}
    return tuple(sorted(ours | {row.product_family for row in file.spend}))


def _units(file: AccountFile) -> tuple[str | None, ...]:
    """Named units in alphabetical order, then the row of what names none."""
    named = {row.business_unit for row in file.revenue}
    named |= {row.business_unit for row in file.spend}
    unplaced = {unit for unit, _ in _deals(file, tuple(sorted(filter(None, named))))}
    rows = sorted(unit for unit in named if unit)
    return (*rows, None) if None in named | unplaced or not rows else tuple(rows)


def _deals(
    file: AccountFile, units: tuple[str | None, ...]
) -> dict[tuple[str | None, str], tuple[Opportunity, ...]]:
    """Open deals by cell: a deal is placed in the unit its name contains, or in the only one."""
    placed: dict[tuple[str | None, str], tuple[Opportunity, ...]] = {}
    for deal in centre.open_deals(file):
        for family in _deal_families(file, deal):
            key = (_unit_of(deal, units), family)
            placed[key] = (*placed.get(key, ()), deal)
    return placed


def _deal_families(file: AccountFile, deal: Opportunity) -> tuple[str, ...]:
    products = [line.product_id for line in file.lines if line.opportunity_id == deal.id]
    found = {family_of(file, product_id) for product_id in (deal.product_id, *products)}
    return tuple(sorted(family for family in found if family))


def _unit_of(deal: Opportunity, units: tuple[str | None, ...]) -> str | None:
    named = [unit for unit in units if unit]
    words = f" {normalised(deal.name)} "
    fitting = [unit for unit in named if f" {normalised(unit)} " in words]
    if len(fitting) == 1:
        return fitting[0]
    return named[0] if len(named) == 1 else None


def _cell(file: AccountFile, unit: str | None, family: str, deals: tuple[Opportunity, ...]) -> Cell:
    current = _current(file, unit, family)
    estimate = _estimate(file, unit, family)
    low, high = _range(file, estimate)
    rival = file.catalogue.competitors.get((estimate.competitor_id if estimate else None) or "")
    named = estimate.competitor_id if estimate else None
    return Cell(
        unit=unit,
        family=family,
        state=_state(current, high, named, open_deals=bool(deals)),
        current=current,
        low=low,
        high=high,
        left=_left(file, current, low, high),
        deals=tuple(recorded(deal, "name") for deal in deals),
        competitor=rival.name if rival else named,
        said_by=estimate.source_note if estimate else None,
        estimate=estimate,
    )


def _state(
    current: Evidence, high: Evidence | None, competitor: str | None, *, open_deals: bool
) -> CellState:
    if number(current):
        return "owned"
    if open_deals:
        return "open"
    if competitor:
        return "competitor"
    return "empty" if high is not None and number(high) == 0 else "unknown"


def _current(file: AccountFile, unit: str | None, family: str) -> Evidence:
    year = window(file.as_of, 12)
    rows = [
        row
        for row in file.revenue
        if row.on in year
        and row.business_unit == unit
        and family_of(file, row.product_id) == family
    ]
    return summed(
        f"current:{unit}:{family}:{file.account.id}:{file.as_of}",
        title=f"{_where(file, unit, family)}, twelve months to {file.as_of}",
        inputs=amounts(rows, file.catalogue),
        unit=file.catalogue.currency,
        as_of=file.as_of,
    )


def _estimate(file: AccountFile, unit: str | None, family: str) -> SpendEstimate | None:
    """The newest estimate for a cell."""
    rows = [r for r in file.spend if r.business_unit == unit and r.product_family == family]
    return max(rows, key=lambda row: (str(row.estimated_on or ""), row.id), default=None)


def _range(
    file: AccountFile, estimate: SpendEstimate | None
) -> tuple[Evidence | None, Evidence | None]:
    """The low and the high end; where only one is given, it is both."""
    if estimate is None:
        return None, None
    low = in_ours(estimate, "low", file.catalogue)
    high = in_ours(estimate, "high", file.catalogue)
    return low or high, high or low


def _left(
    file: AccountFile, current: Evidence, low: Evidence | None, high: Evidence | None
) -> Evidence | None:
    if low is None or high is None:
        return None
    lowest, highest, now = (number(e) or Decimal(0) for e in (low, high, current))
    return computed(
        current.ref.replace("computed:current:", "left:"),
        title=f"{current.title}: potential less current",
        value=max(Decimal(0), (lowest + highest) / 2 - now).quantize(CENT),
        unit=file.catalogue.currency,
        formula="round(max(0, (low + high) / 2 - current), 2)",
        inputs=[cited("low", low), cited("high", high), cited("current", current)],
        as_of=file.as_of,
    )


def _where(file: AccountFile, unit: str | None, family: str) -> str:
    return f"{file.account.name}, {unit}, {family}" if unit else f"{file.account.name}, {family}"
