"""The portfolio: every account a viewer may see, with its revenue by month, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, Select, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.records import tables as t
from knowledge.records.file import Catalogue
from knowledge.records.viewers import Viewer, may_see_account

Month = tuple[int, int]


@dataclass(frozen=True)
class Holding:
    """One account of a portfolio. `months` maps (year, month) to revenue by currency code."""

    account: t.Account
    months: Mapping[Month, Mapping[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Portfolio:
    """The accounts somebody may see, in order of name, with revenue no later than `as_of`."""

    as_of: date
    catalogue: Catalogue
    holdings: tuple[Holding, ...]


def open_portfolio(
    session: Session, viewer: Viewer, as_of: date, catalogue: Catalogue
) -> Portfolio:
    """Read a viewer's portfolio: two queries, whatever the number of accounts."""
    accounts = session.scalars(
        select(t.Account)
        .where(may_see_account(viewer, t.Account.id))
        .order_by(t.Account.name, t.Account.id)
    ).all()
    months: dict[str, dict[Month, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for account_id, year, month, currency, amount in session.execute(
        _monthly(viewer, as_of, catalogue)
    ):
        if account_id is None or amount is None:
            continue
        known = currency or catalogue.currency
        spot = months[account_id][int(year), int(month)]
        spot[known] = spot.get(known, Decimal(0)) + amount
    holdings = tuple(Holding(account, months.get(account.id, {})) for account in accounts)
    return Portfolio(as_of, catalogue, holdings)


def _monthly(
    viewer: Viewer, as_of: date, catalogue: Catalogue
) -> Select[str | None, int, int, str | None, Decimal | None]:
    table: type[t.Order | t.Opportunity]
    on: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
    conditions: list[ColumnElement[bool]]
    if catalogue.revenue_basis == "orders":
        table, on = t.Order, t.Order.ordered_on
        conditions = [on <= as_of]
    else:
        table, on = t.Opportunity, t.Opportunity.closes_on
        conditions = [on <= as_of, t.Opportunity.status == "won"]
    year = extract("year", on).cast(Integer)
    month = extract("month", on).cast(Integer)
    return (
        select(table.account_id, year, month, table.currency, func.sum(table.amount))
        .where(
            *conditions, may_see_account(viewer, table.account_id), table.account_id.is_not(None)
        )
        .group_by(table.account_id, year, month, table.currency)
    )
