"""What a customer is to us: the account, its orders, contracts, cases and room to grow."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Record


class Account(Record):
    """A customer or prospect. Money figures about the account itself are in `currency`.

    `annual_revenue` is theirs, not ours. `potential` is our estimated yearly potential with
    them, `cost_to_serve` and `gross_margin` are yearly. `implied` marks an account that exists
    only because other rows name it.
    """

    __tablename__ = "accounts"
    kind = "account"

    name: Mapped[str] = mapped_column(index=True)
    parent_id: Mapped[str | None] = mapped_column(index=True)
    owner_id: Mapped[str | None] = mapped_column(index=True)
    type: Mapped[str | None]
    tier: Mapped[str | None]
    industry: Mapped[str | None]
    website: Mapped[str | None]
    email_domain: Mapped[str | None] = mapped_column(index=True)
    country: Mapped[str | None]
    city: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str | None]
    employees: Mapped[int | None]
    founded: Mapped[int | None]
    currency: Mapped[str | None]
    annual_revenue: Mapped[Decimal | None]
    potential: Mapped[Decimal | None]
    cost_to_serve: Mapped[Decimal | None]
    gross_margin: Mapped[Decimal | None]
    goals: Mapped[str | None] = mapped_column(Text)
    charter: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    customer_since: Mapped[date | None]
    next_review_on: Mapped[date | None]
    implied: Mapped[bool] = mapped_column(default=False)


class Order(Record):
    """Revenue: one invoiced order line. `cost` is what it cost us, in the same currency."""

    __tablename__ = "orders"
    kind = "order"

    account_id: Mapped[str | None] = mapped_column(index=True)
    product_id: Mapped[str | None] = mapped_column(index=True)
    business_unit: Mapped[str | None]
    ordered_on: Mapped[date] = mapped_column(index=True)
    quantity: Mapped[Decimal | None]
    amount: Mapped[Decimal]
    cost: Mapped[Decimal | None]
    currency: Mapped[str | None]


class Contract(Record):
    """A running agreement: frame, service or supply; `renewals` counts how often it was renewed."""

    __tablename__ = "contracts"
    kind = "contract"

    account_id: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str]
    type: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    renewals: Mapped[int | None]
    yearly_value: Mapped[Decimal | None]
    currency: Mapped[str | None]
    terms: Mapped[str | None] = mapped_column(Text)


class Adaptation(Record):
    """Something one side changed for the other: a product variant, a process, a shared system."""

    __tablename__ = "adaptations"
    kind = "adaptation"

    account_id: Mapped[str | None] = mapped_column(index=True)
    side: Mapped[str | None]
    type: Mapped[str | None]
    description: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date | None]
    yearly_cost: Mapped[Decimal | None]
    currency: Mapped[str | None]


class SpendEstimate(Record):
    """What a business unit of theirs spends a year on a product family, and with whom now.

    `low` and `high` are the range in `currency`; `source_note` and `estimated_on` say who says so.
    """

    __tablename__ = "spend_estimates"
    kind = "spend_estimate"

    account_id: Mapped[str | None] = mapped_column(index=True)
    business_unit: Mapped[str | None] = mapped_column(index=True)
    product_family: Mapped[str]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    currency: Mapped[str | None]
    competitor_id: Mapped[str | None]
    source_note: Mapped[str | None]
    estimated_on: Mapped[date | None]


class Case(Record):
    """A complaint or service request."""

    __tablename__ = "cases"
    kind = "case"

    account_id: Mapped[str | None] = mapped_column(index=True)
    contact_id: Mapped[str | None]
    product_id: Mapped[str | None]
    subject: Mapped[str]
    description: Mapped[str | None] = mapped_column(Text)
    type: Mapped[str | None]
    status: Mapped[str | None]
    priority: Mapped[str | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
