"""Customers: accounts together with their subsidiaries, and where they stand among the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight.eighty_twenty import Place, Standing
from assistant.insight.evidence import computed
from assistant.insight.figures import cited, in_ours, summed
from knowledge.records import Holding, Portfolio, Position


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
        return summed(
            f"{field}:{self.place.account_id}:{self.portfolio.as_of}",
            title=f"{self._name}: {field.replace('_', ' ')}",
            inputs=[cited(field, part) for part in parts],
            unit=self.portfolio.catalogue.currency,
            as_of=self.portfolio.as_of,
            item=field,
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
    figure: str, lines: Sequence[Decimal], percent: int, known: int, position: Position
) -> Evidence | None:
    """The smallest value that so many % of all customers do not exceed; None without values.

    Cited as the value of the customer that stands there among the `known` ones.
    """
    if not lines:
        return None
    value, currency = lines[percent - 1], position.book.catalogue.currency
    return computed(
        f"{figure}_p{percent}:{position.as_of}",
        title=f"Percentile {percent} of the {figure} of {known} customers",
        value=value,
        unit=currency,
        formula=figure,
        inputs=[
            Input(figure, value, (), currency),
            Input("rank", known - max(1, -(-percent * known // 100)) + 1),
            Input("customers", known),
        ],
        as_of=position.as_of,
    )
