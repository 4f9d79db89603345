"""Figures built on figures: money in our currency, shares, and dates, each citing what it is from.

Every function returns an `Evidence` whose formula evaluates to its value, so that a rule never
holds a bare number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight.evidence import computed, recorded
from knowledge.records import Catalogue, Revenue
from knowledge.records.tables import Record

CENT = Decimal("0.01")
TENTH = Decimal("0.1")


def number(evidence: Evidence | None) -> Decimal | None:
    """The quantity behind a piece of evidence; None where there is none."""
    value = evidence.value if evidence else None
    if isinstance(value, bool):
        return None
    return Decimal(value) if isinstance(value, (int, Decimal)) else None


def cited(name: str, evidence: Evidence) -> Input:
    """A figure as the input of another one; it keeps its sources."""
    return Input(name, evidence.value, evidence.refs, evidence.unit)


def in_ours(row: Record, field: str, catalogue: Catalogue) -> Evidence | None:
    """A record's money figure in our currency; None where it is empty or no rate is set."""
    amount, currency = getattr(row, field), getattr(row, "currency", None)
    if amount is None:
        return None
    if currency is None or currency == catalogue.currency:
        return recorded(row, field)
    ours = catalogue.ours(amount, currency)
    if ours is None:
        return None
    as_recorded = recorded(row, field)
    return computed(
        f"{field}:{row.id}",
        title=as_recorded.title,
        value=ours,
        unit=catalogue.currency,
        formula="round(amount * rate, 2)",
        inputs=[cited("amount", as_recorded), Input("rate", catalogue.rates[currency])],
        as_of=as_recorded.dated,
    )


def percent(name: str, *, title: str, part: Evidence, whole: Evidence, as_of: date) -> Evidence:
    """One figure as a percentage of another, to one place. The whole is not zero."""
    above, below = number(part) or Decimal(0), number(whole) or Decimal(1)
    return computed(
        name,
        title=title,
        value=(above / below * 100).quantize(TENTH),
        unit="%",
        formula="round(part / whole * 100, 1)",
        inputs=[cited("part", part), cited("whole", whole)],
        as_of=as_of,
    )


def gap_percent(name: str, *, title: str, have: Evidence, most: Evidence, as_of: date) -> Evidence:
    """What is left to win of a potential, in per cent of it; never below 0."""
    now, potential = number(have) or Decimal(0), number(most) or Decimal(1)
    left = max(Decimal(0), (potential - now) / potential * 100)
    return computed(
        name,
        title=title,
        value=left.quantize(TENTH),
        unit="%",
        formula="round(max(0, (potential - current) / potential * 100), 1)",
        inputs=[cited("potential", most), cited("current", have)],
        as_of=as_of,
    )


def days_since(name: str, *, title: str, event: Evidence, on: date, today: date) -> Evidence:
    """Days from a dated event to today."""
    return computed(
        name,
        title=title,
        value=(today - on).days,
        unit="days",
        formula="days(event, today)",
        inputs=[Input("event", on, event.refs), Input("today", today)],
        as_of=today,
    )


def counted(
    name: str,
    *,
    title: str,
    inputs: Iterable[Input],
    unit: str,
    as_of: date | None,
    item: str = "item",
) -> Evidence:
    """How many things there are: all inputs bear the name of one `item`."""
    items = tuple(inputs)
    return computed(
        name,
        title=title,
        value=len(items),
        unit=unit,
        formula=f"count({item})",
        inputs=items,
        as_of=as_of,
    )


def summed(
    name: str,
    *,
    title: str,
    inputs: Iterable[Input],
    unit: str,
    as_of: date | None,
    item: str = "amount",
) -> Evidence:
    """What quantities of one unit add up to: all inputs bear the name of one `item`."""
    parts = tuple(inputs)
    return computed(
        name,
        title=title,
        value=sum((Decimal(str(part.value)) for part in parts), Decimal(0)),
        unit=unit,
        formula=f"sum({item})",
        inputs=parts,
        as_of=as_of,
    )


def amounts(rows: Iterable[Revenue], catalogue: Catalogue) -> Iterator[Input]:
    """What was bought, in our currency, row by row; a row without a rate is left out."""
    for row in rows:
        ours = catalogue.ours(row.amount, row.currency)
        if ours is not None:
            yield Input("amount", ours, (f"{row.ref}#amount",), catalogue.currency)


def bought(row: Revenue, title: str) -> Evidence:
    """The day of one amount of revenue, from the order or the won deal that it was read from."""
    field = "ordered_on" if row.ref.startswith("order:") else "closes_on"
    return Evidence(
        "record", f"{row.ref}#{field}", title, row.on.isoformat(), dated=row.on, value=row.on
    )
