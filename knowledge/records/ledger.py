"""Reading the records: the ledger opens an account's file, or the portfolio, for a viewer.

Every public function takes the viewer first. What a viewer may not see does not exist for them:
the same `NotFound`, the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.errors import NotFound
from knowledge.records import tables as t
from knowledge.records.calling import find_account
from knowledge.records.citing import Cited, cited_texts
from knowledge.records.file import AccountFile, Catalogue, Revenue
from knowledge.records.landing import chunks
from knowledge.records.portfolio import Portfolio, open_portfolio
from knowledge.records.proofs import seen_drivers
from knowledge.records.ranking import Position
from knowledge.records.standing import View, open_position
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, identify, may_see_account

R = TypeVar("R", bound=t.Record)


class Ledger:
    """What the records say, for whoever may see it.

    Args:
        database: where they are kept.
        currency: the currency figures are told in, and that amounts without one are in.
        rates: units of it for one unit of another currency.
    """

    def __init__(
        self,
        database: Database,
        *,
        currency: str = "EUR",
        rates: Mapping[str, Decimal] | None = None,
    ) -> None:
        self.database = database
        self.currency = currency
        self.rates = dict(rates or {})

    def viewer(self, who: str) -> Viewer:
        """The viewer behind an e-mail address or a full name; raises `NotFound`."""
        with self.database.reading() as session:
            return identify(session, who)

    def overseen(self, viewer: Viewer, who: str) -> Viewer:
        """Somebody's eyes, for whoever oversees them: themselves, a manager, an administrator.

        Raises:
            NotFound: nobody of that name or address, or nobody the viewer oversees.
        """
        other = self.viewer(who)
        with self.database.reading() as session:
            rows = select(t.Oversight).where(
                t.Oversight.user_id == (viewer.user_id or ""),
                t.Oversight.owner_id == (other.user_id or ""),
            )
            # An administrator who reports to somebody sees more than that somebody may.
            mine = session.scalars(rows).first() is not None and not other.sees_all
            if viewer.sees_all or mine:
                return other
        raise NotFound("user", who)

    def accounts(self, viewer: Viewer) -> tuple[t.Account, ...]:
        """Every account the viewer may see, by name."""
        with self.database.reading() as session:
            rows = session.scalars(
                select(t.Account)
                .where(may_see_account(viewer, t.Account.id))
                .order_by(t.Account.name, t.Account.id)
            )
            return tuple(rows)

    def find_account(self, viewer: Viewer, name: str) -> t.Account:
        """The account with that id or name, or with the only name that begins with or holds it.

        Raises `NotFound`, or `Ambiguous` with the names that fit.
        """
        return find_account(self.database, viewer, name)

    def catalogue(self, viewer: Viewer) -> Catalogue:
        """Our own people, products, rivals and policies; an outsider sees none of them."""
        with self.database.reading() as session:
            return self._catalogue(session, viewer)

    def account_file(
        self, viewer: Viewer, account_id: str, as_of: date, catalogue: Catalogue | None = None
    ) -> AccountFile:
        """Everything known about an account on a day; raises `NotFound`.

        Who opens many files hands in the viewer's `catalogue`, so that it is read once.
        """
        with self.database.reading() as session:
            account = _visible(session, viewer, account_id)
            if account is None:
                raise NotFound("account", account_id)
            ours = catalogue or self._catalogue(session, viewer)
            return _open_file(session, viewer, account, as_of, ours)

    def readers(self, viewer: Viewer, account_id: str) -> tuple[t.User, ...]:
        """Whoever of us may see an account that the viewer sees, by name; raises `NotFound`."""
        with self.database.reading() as session:
            if _visible(session, viewer, account_id) is None:
                raise NotFound("account", account_id)
            granted = select(t.Grant.user_id).where(t.Grant.account_id == account_id)
            may = (t.User.role == "admin") | t.User.id.in_(granted)
            return _all(session, select(t.User).where(t.User.active, may).order_by(t.User.name))

    def portfolio(self, viewer: Viewer, as_of: date) -> Portfolio:
        """Every account the viewer may see, with its revenue by month up to a day."""
        with self.database.reading() as session:
            return open_portfolio(session, viewer, as_of, self._catalogue(session, viewer))

    def position(
        self, viewer: Viewer, account_id: str, as_of: date, catalogue: Catalogue | None = None
    ) -> Position | None:
        """Where an account stands in the viewer's portfolio; None if they do not see it."""
        view = View(viewer, as_of, catalogue or self.catalogue(viewer))
        return open_position(self.database, account_id, view)

    def source_text(self, viewer: Viewer, ref: str) -> Cited:
        """The source version a reference cites (`kind:id@version…`); raises `NotFound`.

        A value driver is read without a proof that is not the viewer's to know.
        """
        found = self.source_texts(viewer, (ref,))
        if ref not in found:
            raise NotFound("source", ref)
        return found[ref]

    def source_texts(self, viewer: Viewer, refs: Iterable[str]) -> dict[str, Cited]:
        """As `source_text`, for many references at once; those it would refuse are left out."""
        return cited_texts(self.database, viewer, refs)

    def _catalogue(self, session: Session, viewer: Viewer) -> Catalogue:
        if viewer.role == "outsider":
            return Catalogue({}, {}, (), {}, (), "orders", self.currency, self.rates)
        has_orders = bool(session.scalar(select(exists(select(t.Order.id)))))
        return Catalogue(
            users={row.id: row for row in _all(session, select(t.User))},
            products={row.id: row for row in _all(session, select(t.Product))},
            value_drivers=seen_drivers(session, viewer, _all(session, select(t.ValueDriver))),
            competitors={row.id: row for row in _all(session, select(t.Competitor))},
            policies=_all(session, select(t.Policy)),
            revenue_basis="orders" if has_orders else "won opportunities",
            currency=self.currency,
            rates=self.rates,
        )


def _visible(session: Session, viewer: Viewer, account_id: str | None) -> t.Account | None:
    return session.scalar(
        select(t.Account).where(t.Account.id == account_id, may_see_account(viewer, t.Account.id))
    )


def _open_file(
    session: Session, viewer: Viewer, account: t.Account, as_of: date, catalogue: Catalogue
) -> AccountFile:
    here = account.id
    end = datetime.combine(as_of + timedelta(days=1), time(), UTC)

    def rows(table: type[R], *conditions: ColumnElement[bool]) -> tuple[R, ...]:
        mine = table.account_id == here  # type: ignore[attr-defined]
        return _all(session, select(table).where(mine, *conditions))

    opportunities = _as_known(rows(t.Opportunity, _by(t.Opportunity.created_on, as_of)), as_of)
    deals = [deal.id for deal in opportunities]
    activities = rows(t.Activity, _by(t.Activity.occurred_at, end))
    orders = rows(t.Order, t.Order.ordered_on <= as_of)
    return AccountFile(
        account=account,
        as_of=as_of,
        catalogue=catalogue,
        parent=_visible(session, viewer, account.parent_id),
        subsidiaries=_all(
            session,
            select(t.Account).where(
                t.Account.parent_id == here, may_see_account(viewer, t.Account.id)
            ),
        ),
        team=rows(t.AccountTeamMember),
        contacts=_still_here(rows(t.Contact), as_of),
        opportunities=opportunities,
        lines=_of(session, t.OpportunityLine, deals),
        deal_contacts=_of(session, t.OpportunityContact, deals),
        activities=activities,
        participants=_of(session, t.ActivityContact, [touch.id for touch in activities]),
        commitments=_still_open(rows(t.Commitment, _by(t.Commitment.made_on, as_of)), as_of),
        cases=_unsolved(rows(t.Case, _by(t.Case.opened_at, end)), end),
        contracts=rows(t.Contract, _by(t.Contract.starts_on, as_of)),
        adaptations=rows(t.Adaptation, _by(t.Adaptation.made_on, as_of)),
        spend=rows(t.SpendEstimate, _by(t.SpendEstimate.estimated_on, as_of)),
        approvals=_undecided(rows(t.Approval, _by(t.Approval.requested_on, as_of)), as_of),
        value_inputs=rows(t.ValueInput, _by(t.ValueInput.confirmed_on, as_of)),
        documents=rows(t.Document, _by(t.Document.dated, as_of)),
        revenue=_revenue(orders, opportunities, catalogue),
    )


def _all(session: Session, query: Select[R]) -> tuple[R, ...]:
    """Rows in an order that does not depend on how they were imported."""
    return tuple(sorted(session.scalars(query), key=_place))


def _place(row: t.Record) -> tuple[str, str]:
    for name in ("occurred_at", "ordered_on", "created_on", "made_on", "opened_at", "dated"):
        moment = getattr(row, name, None)
        if moment is not None:
            return (moment.isoformat(), row.id)
    return ("", row.id)


def _by(column: InstrumentedAttribute[Any], limit: date | datetime) -> ColumnElement[bool]:
    """Known by then: dated no later, or without a date at all."""
    return or_(column.is_(None), column <= limit)


def _of(session: Session, table: type[R], parents: Sequence[str]) -> tuple[R, ...]:
    """The rows that belong to some deals or touches."""
    parent = table.activity_id if table is t.ActivityContact else table.opportunity_id  # type: ignore[attr-defined]
    found: list[R] = []
    for some in chunks(parents):
        found += session.scalars(select(table).where(parent.in_(some)))
    return tuple(sorted(found, key=_place))


# What a later day recorded is undone below on objects that no session holds any more: the file
# shows the account as it was known on the day, and nothing is ever written back.


def _as_known(deals: tuple[t.Opportunity, ...], as_of: date) -> tuple[t.Opportunity, ...]:
    for deal in deals:
        if deal.status != "open" and deal.closes_on is not None and deal.closes_on > as_of:
            deal.status = "open"
            deal.stage = deal.probability = None  # that of the day is not on record
            deal.reason_buyer = deal.reason_buyer_said_by = deal.reason_rep = None
    return deals


def _still_here(people: tuple[t.Contact, ...], as_of: date) -> tuple[t.Contact, ...]:
    for person in people:
        if person.left_on is not None and person.left_on > as_of:
            person.left_on = None
        if person.assessed_on is not None and person.assessed_on > as_of:
            person.stance = person.assessed_by = person.assessed_on = None
    return people


def _still_open(rows: tuple[t.Commitment, ...], as_of: date) -> tuple[t.Commitment, ...]:
    for row in rows:
        if row.done_on is not None and row.done_on > as_of:
            row.done_on = None
        if row.moved_on is not None and row.moved_on > as_of:
            row.moved_on = row.made_on
    return rows


def _unsolved(cases: tuple[t.Case, ...], end: datetime) -> tuple[t.Case, ...]:
    for case in cases:
        if case.closed_at is not None and case.closed_at >= end:
            case.closed_at = case.status = None
    return cases


def _undecided(approvals: tuple[t.Approval, ...], as_of: date) -> tuple[t.Approval, ...]:
    for approval in approvals:
        if approval.decided_on is not None and approval.decided_on > as_of:
            approval.decided_on = approval.decision = approval.approver_id = None
            approval.expires_on = approval.reason = None
    return approvals


def _revenue(
    orders: Iterable[t.Order], deals: Iterable[t.Opportunity], catalogue: Catalogue
) -> tuple[Revenue, ...]:
    """Orders where the company keeps them; else deals won, on the day they closed."""
    if catalogue.revenue_basis == "orders":
        return tuple(
            Revenue(
                on=order.ordered_on,
                amount=order.amount,
                currency=order.currency or catalogue.currency,
                product_id=order.product_id,
                business_unit=order.business_unit,
                cost=order.cost,
                ref=order.ref,
            )
            for order in orders
        )
    return tuple(
        Revenue(
            on=deal.closes_on,
            amount=deal.amount,
            currency=deal.currency or catalogue.currency,
            product_id=deal.product_id,
            business_unit=None,
            cost=None,
            ref=deal.ref,
        )
        for deal in deals
        if deal.status == "won" and deal.closes_on is not None and deal.amount is not None
    )
