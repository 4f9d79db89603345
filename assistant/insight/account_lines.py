"""The accounts of a portfolio as a list: who owns them, what they bought in twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.records import Holding, Portfolio


@dataclass(frozen=True)
class AccountLine:
    """An account in a list; `revenue` is of the last twelve months in `currency`."""

    id: str
    name: str
    owner: str | None
    tier: str | None
    parent: str | None
    revenue: Decimal
    currency: str


def account_lines(portfolio: Portfolio) -> list[AccountLine]:
    """One line an account, in order of name; a parent the viewer may not see is not named."""
    names = {holding.account.id: holding.account.name for holding in portfolio.holdings}
    return [_line(portfolio, holding, names) for holding in portfolio.holdings]


def _line(portfolio: Portfolio, holding: Holding, names: dict[str, str]) -> AccountLine:
    account = holding.account
    owner = portfolio.catalogue.users.get(account.owner_id or "")
    return AccountLine(
        id=account.id,
        name=account.name,
        owner=owner.name if owner else None,
        tier=account.tier,
        parent=names.get(account.parent_id or ""),
        revenue=portfolio.revenue(holding, 0, 11),
        currency=portfolio.catalogue.currency,
    )
