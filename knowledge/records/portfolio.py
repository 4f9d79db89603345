"""The portfolio: every account a viewer may see, with its revenue by month, as of a day."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, Select, case, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.records import tables as t
from knowledge.records.file import Catalogue
from knowledge.records.viewers import Viewer, may_see_account

#: Revenue by age in months and currency code.
Months = Mapping[int, Mapping[str, Decimal]]


@dataclass(frozen=True)
class Holding:
    """One account of a portfolio.

    `months` maps an age in months to the revenue of that month by currency code: age 0 is the
    month that ends on the portfolio's day, age 1 the one before, so that ages 0 to 11 are exactly
    the twelve months to that day.
    """

    account: t.Account
    months: Months = field(default_factory=dict)


@dataclass(frozen=True)
class Portfolio:
    """The accounts somebody may see, in order of name, with revenue no later than `as_of`."""

    as_of: date
    catalogue: Catalogue
    holdings: tuple[Holding, ...]

    def revenue(self, holding: Holding, first: int, last: int) -> Decimal:
        """A holding's revenue over the ages `first` to `last`, both included, in our currency."""
        return earned(holding.months, self.catalogue, first, last)


def earned(months: Months, catalogue: Catalogue, first: int, last: int) -> Decimal:
    """Revenue over the ages `first` to `last`, both included, in our currency."""
    amounts = (
        catalogue.ours(amount, code)
        for age in range(first, last + 1)
        for code, amount in months.get(age, {}).items()
    )
    return sum((ours for ours in amounts if ours is not None), Decimal(0))


def open_portfolio(
    session: Session,
    viewer: Viewer,
    as_of: date,
    catalogue: Catalogue,
    only: Collection[str] | None = None,
) -> Portfolio:
    """Read a viewer's portfolio, or some accounts of it: two queries, whatever their number."""
    accounts = select(t.Account).where(may_see_account(viewer, t.Account.id))
    if only is not None:
        accounts = accounts.where(t.Account.id.in_(only))
    found = session.scalars(accounts.order_by(t.Account.name, t.Account.id)).all()
    months = revenue_by_month(session, viewer, as_of, catalogue, only=only)
    holdings = tuple(Holding(account, months.get(account.id, {})) for account in found)
    return Portfolio(as_of, catalogue, holdings)


def revenue_by_month(
    session: Session,
    viewer: Viewer,
    as_of: date,
    catalogue: Catalogue,
    *,
    only: Collection[str] | None = None,
    since: date | None = None,
) -> Mapping[str, Months]:
    """Revenue by account, age in months and currency; of some accounts, or since a day."""
    found: dict[str, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    query = _monthly(viewer, as_of, catalogue, only, since)
    for account_id, month, currency, amount in session.execute(query):
        if account_id is None or amount is None:
            continue
        age = as_of.year * 12 + as_of.month - int(month)
        known = currency or catalogue.currency
        spot = found[account_id][age]
        spot[known] = spot.get(known, Decimal(0)) + amount
    return found


def _monthly(
    viewer: Viewer,
    as_of: date,
    catalogue: Catalogue,
    only: Collection[str] | None,
    since: date | None,
) -> Select[str | None, int, str | None, Decimal | None]:
    """Sums by account, month and currency; a month ends on the day of the month of `as_of`."""
    table: type[t.Order | t.Opportunity]
    on: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
    conditions: list[ColumnElement[bool]]
    if catalogue.revenue_basis == "orders":
        table, on = t.Order, t.Order.ordered_on
        conditions = [on <= as_of]
    else:
        table, on = t.Opportunity, t.Opportunity.closes_on
        conditions = [on <= as_of, t.Opportunity.status == "won"]
    if only is not None:
        conditions.append(table.account_id.in_(only))
    if since is not None:
        conditions.append(on >= since)
    is_last = as_of.day == calendar.monthrange(as_of.year, as_of.month)[1]
    later = case((extract("day", on) > (31 if is_last else as_of.day), 1), else_=0)
    month = (
        extract("year", on).cast(Integer) * 12 + extract("month", on).cast(Integer) + later
    ).label("month")
    return (
        select(table.account_id, month, table.currency, func.sum(table.amount))
        .where(
            *conditions, may_see_account(viewer, table.account_id), table.account_id.is_not(None)
        )
        .group_by(table.account_id, month, table.currency)
    )
