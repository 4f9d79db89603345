"""Customers: accounts together with their subsidiaries, and where they stand among the others."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight.eighty_twenty import Place, Standing
from assistant.insight.evidence import computed
from assistant.insight.figures import cited, in_ours, number
from knowledge.records import Holding, Portfolio


def members(portfolio: Portfolio, order: Standing, place: Place) -> tuple[Holding, ...]:
    """The accounts that count together under one place."""
    return tuple(
        holding
        for holding in portfolio.holdings
        if order.members[holding.account.id] == place.account_id
    )


def revenue_of(portfolio: Portfolio, order: Standing, place: Place) -> Evidence:
    """A customer's revenue of twelve months, from that of its accounts."""
    parts = [
        Input("account", portfolio.revenue(holding, 0, 11), (), order.currency)
        for holding in members(portfolio, order, place)
    ]
    return computed(
        f"customer_revenue:{place.account_id}:{order.as_of}",
        title=f"{place.name} with subsidiaries: twelve months to {order.as_of}",
        value=place.revenue,
        unit=order.currency,
        formula="sum(account)",
        inputs=parts,
        as_of=order.as_of,
    )


def summed(portfolio: Portfolio, order: Standing, place: Place, field: str) -> Evidence | None:
    """A yearly money figure of a customer's accounts in our currency; None if none is known."""
    rows = [holding.account for holding in members(portfolio, order, place)]
    found = [in_ours(row, field, portfolio.catalogue) for row in rows]
    parts = [part for part in found if part is not None]
    if not parts:
        return None
    return computed(
        f"{field}:{place.account_id}:{order.as_of}",
        title=f"{place.name}: {field.replace('_', ' ')}",
        value=sum((number(part) or Decimal(0) for part in parts), Decimal(0)),
        unit=order.currency,
        formula=f"sum({field})",
        inputs=[cited(field, part) for part in parts],
        as_of=order.as_of,
    )


def percentile(
    name: str, *, title: str, values: Iterable[Decimal], rank: int, order: Standing
) -> Evidence | None:
    """The smallest value that `rank` % of all values do not exceed; None without values.

    Cited as the smallest of the values from there on up, so that it can be checked by eye.
    """
    ranked = sorted(values)
    if not ranked:
        return None
    at = max(1, -(-rank * len(ranked) // 100))
    return computed(
        f"{name}:{order.as_of}",
        title=title,
        value=ranked[at - 1],
        unit=order.currency,
        formula="min(above)",
        inputs=[Input("above", value, (), order.currency) for value in ranked[at - 1 :]],
        as_of=order.as_of,
    )
