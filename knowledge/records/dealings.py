"""Deals closed and approvals given, across all accounts that a viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import and_, or_, select

from knowledge.records.accounts import Account
from knowledge.records.deals import Approval, Opportunity, OpportunityLine, Policy, Product
from knowledge.records.file import AccountFile, Catalogue
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_account


@dataclass(frozen=True)
class Closed:
    """A deal won or lost, with the name of its account."""

    deal: Opportunity
    account: str


@dataclass(frozen=True)
class Given:
    """An approval that was decided, with what it was for. `family` is of the deal's product."""

    approval: Approval
    account: str
    deal: str | None
    family: str | None
    unit: str | None


def without_reasons(
    database: Database, viewer: Viewer, *, since: date, until: date
) -> Sequence[Closed]:
    """Deals closed in a span that lack the buyer's reason, its speaker or ours, newest first."""
    silent = or_(
        Opportunity.reason_buyer.is_(None),
        Opportunity.reason_buyer_said_by.is_(None),
        Opportunity.reason_rep.is_(None),
    )
    query = (
        select(Opportunity, Account.name)
        .join(Account, Account.id == Opportunity.account_id)
        .where(
            may_see_account(viewer, Opportunity.account_id),
            Opportunity.status.in_(("won", "lost")),
            Opportunity.closes_on > since,
            Opportunity.closes_on <= until,
            silent,
        )
        .order_by(Opportunity.closes_on.desc(), Opportunity.id)
    )
    with database.reading() as session:
        return [Closed(deal, account) for deal, account in session.execute(query)]


def told_deals(
    database: Database, viewer: Viewer, catalogue: Catalogue, until: date
) -> Sequence[AccountFile]:
    """Files that hold nothing but closed deals whose buyer said why, one an account, by id."""
    told = (
        may_see_account(viewer, Opportunity.account_id),
        Opportunity.status.in_(("won", "lost")),
        Opportunity.closes_on <= until,
        Opportunity.reason_buyer.is_not(None),
        Opportunity.reason_buyer_said_by.is_not(None),
    )
    ours = OpportunityLine.opportunity_id == Opportunity.id
    with database.reading() as session:
        query = select(Account, Opportunity).join(Account, Account.id == Opportunity.account_id)
        rows = session.execute(query.where(*told).order_by(Account.id, Opportunity.id)).all()
        lines = session.scalars(select(OpportunityLine).join(Opportunity, ours).where(*told)).all()
    return [
        AccountFile(
            account=account,
            as_of=until,
            catalogue=catalogue,
            opportunities=tuple(deal for _, deal in some),
            lines=tuple(lines),
        )
        for account, some in ((a, list(group)) for a, group in groupby(rows, lambda row: row[0]))
    ]


def approvals_decided(
    database: Database, viewer: Viewer, *, since: date, until: date
) -> Sequence[Given]:
    """The approvals decided in a span, the oldest first."""
    query = (
        select(
            Approval,
            Account.name,
            Opportunity.name,
            Product.family,
            Policy.product_family,
            Policy.unit,
        )
        .join(Account, Account.id == Approval.account_id)
        .outerjoin(Opportunity, Opportunity.id == Approval.opportunity_id)
        .outerjoin(Product, Product.id == Opportunity.product_id)
        .outerjoin(Policy, Policy.id == Approval.policy_id)
        .where(
            may_see_account(viewer, Approval.account_id),
            and_(Approval.decided_on > since, Approval.decided_on <= until),
        )
        .order_by(Approval.decided_on, Approval.id)
    )
    with database.reading() as session:
        return [
            Given(approval, account, deal, family or bound, unit)
            for approval, account, deal, family, bound, unit in session.execute(query)
        ]
