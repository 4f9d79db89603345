"""What we sell and to whom: opportunities, products, rivals, policy and approvals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Record


class Opportunity(Record):
    """A deal. `status` is `open`, `won` or `lost`; `stage` is the exporting system's own word.

    `amount` is the value won or expected. `closes_on` is the expected or actual closing date.
    The buyer's reason and the rep's are kept apart. The eight `meddpicc_*` fields hold what a
    person recorded; whether an element counts is decided by citation, not by being filled.
    """

    __tablename__ = "opportunities"
    kind = "opportunity"

    account_id: Mapped[str | None] = mapped_column(index=True)
    owner_id: Mapped[str | None] = mapped_column(index=True)
    product_id: Mapped[str | None] = mapped_column(index=True)
    competitor_id: Mapped[str | None]
    name: Mapped[str]
    stage: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="open", index=True)
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]
    probability: Mapped[int | None]
    created_on: Mapped[date | None]
    closes_on: Mapped[date | None] = mapped_column(index=True)
    next_step: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    discount_percent: Mapped[Decimal | None]
    reason_buyer: Mapped[str | None] = mapped_column(Text)
    reason_buyer_said_by: Mapped[str | None]
    reason_rep: Mapped[str | None] = mapped_column(Text)
    meddpicc_metrics: Mapped[str | None] = mapped_column(Text)
    meddpicc_economic_buyer: Mapped[str | None] = mapped_column(Text)
    meddpicc_decision_criteria: Mapped[str | None] = mapped_column(Text)
    meddpicc_decision_process: Mapped[str | None] = mapped_column(Text)
    meddpicc_paper_process: Mapped[str | None] = mapped_column(Text)
    meddpicc_pain: Mapped[str | None] = mapped_column(Text)
    meddpicc_champion: Mapped[str | None] = mapped_column(Text)
    meddpicc_competition: Mapped[str | None] = mapped_column(Text)


class OpportunityLine(Record):
    """One product in a deal. `amount` is after discount."""

    __tablename__ = "opportunity_lines"
    kind = "opportunity_line"

    opportunity_id: Mapped[str | None] = mapped_column(index=True)
    product_id: Mapped[str | None]
    quantity: Mapped[Decimal | None]
    list_price: Mapped[Decimal | None]
    unit_price: Mapped[Decimal | None]
    discount_percent: Mapped[Decimal | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]


class OpportunityContact(Record):
    """A contact's role in a deal."""

    __tablename__ = "opportunity_contacts"
    kind = "opportunity_contact"

    opportunity_id: Mapped[str | None] = mapped_column(index=True)
    contact_id: Mapped[str | None]
    role: Mapped[str | None]


class Product(Record):
    """Something we sell. `list_price` is per unit."""

    __tablename__ = "products"
    kind = "product"

    name: Mapped[str] = mapped_column(index=True)
    family: Mapped[str | None]
    description: Mapped[str | None] = mapped_column(Text)
    list_price: Mapped[Decimal | None]
    currency: Mapped[str | None]


class Price(Record):
    """A price of a product in one price book, per unit."""

    __tablename__ = "prices"
    kind = "price"

    product_id: Mapped[str | None] = mapped_column(index=True)
    pricebook: Mapped[str | None]
    unit_price: Mapped[Decimal]
    currency: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)


class ValueDriver(Record):
    """How a product is worth money to a customer, with the formula that says how much.

    `formula` is arithmetic over named inputs, such as `hours_saved * cost_per_hour`; `inputs`
    names them with units; `proof` tells where it was shown; `point` is `difference` or `parity`
    against `alternative`; `audience` the role that is measured on it.
    """

    __tablename__ = "value_drivers"
    kind = "value_driver"

    product_id: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str]
    point: Mapped[str | None]
    alternative: Mapped[str | None]
    audience: Mapped[str | None]
    formula: Mapped[str | None]
    inputs: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None]
    proof: Mapped[str | None] = mapped_column(Text)


class ValueInput(Record):
    """A customer's own figure for a value formula, and who of theirs confirmed it.

    Unconfirmed means `confirmed_by` is None; `contested` means somebody of theirs disagreed.
    """

    __tablename__ = "value_inputs"
    kind = "value_input"

    account_id: Mapped[str | None] = mapped_column(index=True)
    value_driver_id: Mapped[str | None]
    name: Mapped[str]
    value: Mapped[Decimal]
    unit: Mapped[str | None]
    confirmed_by: Mapped[str | None]
    confirmed_on: Mapped[date | None]
    contested: Mapped[bool] = mapped_column(default=False)


class Competitor(Record):
    """A rival supplier; `implied` if only other rows speak of it."""

    __tablename__ = "competitors"
    kind = "competitor"

    name: Mapped[str] = mapped_column(index=True)
    strengths: Mapped[str | None] = mapped_column(Text)
    weaknesses: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None]
    implied: Mapped[bool] = mapped_column(default=False)


class Policy(Record):
    """A limit on price or customisation (Shapiro: clear limits and a written approval process).

    `subject` such as `discount_percent`, `payment_days`, `customisation`. Up to `inside_up_to`
    a rep decides; up to `approval_up_to` the `approver_role` does; beyond it is forbidden.
    """

    __tablename__ = "policies"
    kind = "policy"

    subject: Mapped[str]
    product_family: Mapped[str | None]
    tier: Mapped[str | None]
    inside_up_to: Mapped[Decimal | None]
    approval_up_to: Mapped[Decimal | None]
    unit: Mapped[str | None]
    approver_role: Mapped[str | None]
    rule: Mapped[str | None] = mapped_column(Text)


class Approval(Record):
    """A request to go outside what a rep may decide, and what became of it."""

    __tablename__ = "approvals"
    kind = "approval"

    account_id: Mapped[str | None] = mapped_column(index=True)
    opportunity_id: Mapped[str | None]
    policy_id: Mapped[str | None]
    subject: Mapped[str]
    value: Mapped[Decimal | None]
    requested_by_id: Mapped[str | None]
    requested_on: Mapped[date | None]
    approver_id: Mapped[str | None]
    decision: Mapped[str | None]
    decided_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Text)
