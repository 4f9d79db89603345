"""Customers: accounts together with their subsidiaries, and where they stand among the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight.eighty_twenty import Place, Standing
from assistant.insight.evidence import computed
from assistant.insight.figures import cited, in_ours, number
from knowledge.records import Holding, Portfolio


@dataclass(frozen=True)
class Customer:
    """A place in the portfolio with the accounts that count together under it."""

    place: Place
    holdings: tuple[Holding, ...]
    portfolio: Portfolio

    @property
    def revenue(self) -> Evidence:
        """Revenue of twelve months, from that of the accounts."""
        return computed(
            f"customer_revenue:{self.place.account_id}:{self.portfolio.as_of}",
            title=f"{self._name}: twelve months to {self.portfolio.as_of}",
            value=self.place.revenue,
            unit=self.portfolio.catalogue.currency,
            formula="sum(account)",
            inputs=[
                Input(
                    "account",
                    self.portfolio.revenue(holding, 0, 11),
                    (),
                    self.portfolio.catalogue.currency,
                )
                for holding in self.holdings
            ],
            as_of=self.portfolio.as_of,
        )

    def sum_of(self, field: str) -> Evidence | None:
        """A yearly money figure of the accounts in our currency; None if none has it."""
        rows = [holding.account for holding in self.holdings]
        found = [in_ours(row, field, self.portfolio.catalogue) for row in rows]
        parts = [part for part in found if part is not None]
        if not parts:
            return None
        return computed(
            f"{field}:{self.place.account_id}:{self.portfolio.as_of}",
            title=f"{self._name}: {field.replace('_', ' ')}",
            value=sum((number(part) or Decimal(0) for part in parts), Decimal(0)),
            unit=self.portfolio.catalogue.currency,
            formula=f"sum({field})",
            inputs=[cited(field, part) for part in parts],
            as_of=self.portfolio.as_of,
        )

    @property
    def _name(self) -> str:
        alone = len(self.holdings) == 1
        return self.place.name if alone else f"{self.place.name} with subsidiaries"


def customers(portfolio: Portfolio, order: Standing) -> tuple[Customer, ...]:
    """Every customer of a portfolio, in the order of its standing."""
    groups: dict[str, list[Holding]] = defaultdict(list)
    for holding in portfolio.holdings:
        groups[order.members[holding.account.id]].append(holding)
    return tuple(
        Customer(place, tuple(groups[place.account_id]), portfolio) for place in order.places
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
