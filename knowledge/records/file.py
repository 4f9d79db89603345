"""The file on an account: everything the records hold about it, as seen on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from knowledge.records.accounts import Account, Adaptation, Case, Contract, SpendEstimate
from knowledge.records.deals import (
    Approval,
    Competitor,
    Opportunity,
    OpportunityContact,
    OpportunityLine,
    Policy,
    Product,
    ValueDriver,
    ValueInput,
)
from knowledge.records.history import Activity, ActivityContact, Commitment, Document
from knowledge.records.people import AccountTeamMember, Contact, User


@dataclass(frozen=True)
class Revenue:
    """One amount of revenue: an order, or a won opportunity where no orders are kept."""

    on: date
    amount: Decimal
    currency: str
    product_id: str | None
    business_unit: str | None
    cost: Decimal | None
    ref: str


@dataclass(frozen=True)
class Catalogue:
    """What is the company's own and everyone's to know: people, products, rivals, policy.

    `revenue_basis` says what counts as revenue here: `orders`, or `won opportunities` in a
    workspace whose export has no orders. `currency` is the currency figures are told in;
    `rates` says how many units of it one unit of another is worth.
    """

    users: Mapping[str, User]
    products: Mapping[str, Product]
    value_drivers: tuple[ValueDriver, ...]
    competitors: Mapping[str, Competitor]
    policies: tuple[Policy, ...]
    revenue_basis: str
    currency: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def ours(self, amount: Decimal, currency: str | None) -> Decimal | None:
        """An amount in our currency, to the cent; None when no rate is set for its currency."""
        if currency is None or currency == self.currency:
            return amount
        rate = self.rates.get(currency)
        return None if rate is None else (amount * rate).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class AccountFile:
    """One account with all its records, none later than `as_of`.

    Rows are in a stable order (by date, then id), so that what is computed from them does not
    depend on how they were imported. `subsidiaries` are those the viewer may see.
    """

    account: Account
    as_of: date
    catalogue: Catalogue
    parent: Account | None = None
    subsidiaries: tuple[Account, ...] = ()
    team: tuple[AccountTeamMember, ...] = ()
    contacts: tuple[Contact, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    lines: tuple[OpportunityLine, ...] = ()
    deal_contacts: tuple[OpportunityContact, ...] = ()
    activities: tuple[Activity, ...] = ()
    participants: tuple[ActivityContact, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    cases: tuple[Case, ...] = ()
    contracts: tuple[Contract, ...] = ()
    adaptations: tuple[Adaptation, ...] = ()
    spend: tuple[SpendEstimate, ...] = ()
    approvals: tuple[Approval, ...] = ()
    value_inputs: tuple[ValueInput, ...] = ()
    documents: tuple[Document, ...] = ()
    revenue: tuple[Revenue, ...] = field(default=())

    @property
    def owner(self) -> User | None:
        """Our account manager, where the records name one."""
        return self.catalogue.users.get(self.account.owner_id or "")

    def contact(self, contact_id: str | None) -> Contact | None:
        """The contact with that id, if it is one of this account's."""
        return self._people.get(contact_id or "")

    @cached_property
    def touches(self) -> tuple[Activity, ...]:
        """What happened between us (not tasks, not internal notes), oldest first."""
        return tuple(
            act
            for act in self.activities
            if act.occurred_at is not None and act.type in {"call", "email", "meeting"}
        )

    def contacts_of(self, activity: Activity) -> tuple[Contact, ...]:
        """Everybody of theirs who took part in a touch."""
        ids = [activity.contact_id, *self._extra.get(activity.id, ())]
        people = (self.contact(contact_id) for contact_id in dict.fromkeys(ids))
        return tuple(person for person in people if person is not None)

    @cached_property
    def _people(self) -> dict[str, Contact]:
        return {person.id: person for person in self.contacts}

    @cached_property
    def _extra(self) -> dict[str, tuple[str, ...]]:
        extra: dict[str, tuple[str, ...]] = {}
        for row in self.participants:
            if row.activity_id and row.contact_id:
                extra[row.activity_id] = (*extra.get(row.activity_id, ()), row.contact_id)
        return extra
