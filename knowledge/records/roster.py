"""The roster: every name a viewer may use in a question, and what it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from knowledge.records import tables as t
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_account

Kind = Literal["account", "contact", "deal", "colleague", "product", "rival"]


@dataclass(frozen=True)
class Named:
    """One name. `account_id` is whose it is; None for what belongs to no account.

    `parent_id` is the account that an account belongs to, where the records say.
    """

    kind: Kind
    id: str
    name: str
    account_id: str | None = None
    parent_id: str | None = None


def roster(database: Database, viewer: Viewer) -> tuple[Named, ...]:
    """Accounts, contacts and deals the viewer may see; our people, products and rivals.

    An outsider gets none of them.
    """
    if viewer.role == "outsider":
        return ()
    found: list[Named] = []
    with database.reading() as session:
        accounts = select(t.Account.id, t.Account.name, t.Account.parent_id).where(
            may_see_account(viewer, t.Account.id)
        )
        rows = session.execute(accounts)
        found += [Named("account", key, name, key, parent) for key, name, parent in rows]
        people = select(t.Contact.id, t.Contact.name, t.Contact.account_id).where(
            may_see_account(viewer, t.Contact.account_id)
        )
        found += [Named("contact", *row) for row in session.execute(people)]
        deals = select(t.Opportunity.id, t.Opportunity.name, t.Opportunity.account_id).where(
            may_see_account(viewer, t.Opportunity.account_id)
        )
        found += [Named("deal", *row) for row in session.execute(deals)]
        users = select(t.User.id, t.User.name)
        found += [Named("colleague", *row) for row in session.execute(users)]
        products = select(t.Product.id, t.Product.name)
        found += [Named("product", *row) for row in session.execute(products)]
        rivals = select(t.Competitor.id, t.Competitor.name)
        found += [Named("rival", *row) for row in session.execute(rivals)]
    return tuple(sorted(found, key=lambda one: (one.kind, one.name, one.id)))
