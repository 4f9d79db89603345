"""Who is asking, and what they may see. No function returns account data without a viewer.

A rep sees the accounts they own or on whose team they are; a manager also what the people
under them see; an administrator (and the local operator of the command line) everything. Product
sheets, rivals and policies are for everyone in the company, the playbook for outsiders too. The
rights are derived at import (`Grant`, `Oversight`), so that every query filters with one indexed
look-up, before anything is ranked.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.errors import NotFound
from knowledge.records.people import User
from knowledge.records.sources import Grant, Oversight, Source


@dataclass(frozen=True)
class Viewer:
    """A person asking. `user_id` is None for the local operator and for an outsider."""

    user_id: str | None
    name: str
    email: str | None
    role: str  # rep | manager | admin | outsider

    @classmethod
    def operator(cls) -> Viewer:
        """The person at this machine's command line: sees everything."""
        return cls(None, "local operator", None, "admin")

    @classmethod
    def outsider(cls, email: str | None = None) -> Viewer:
        """Somebody the records do not know: the playbook, and nothing else."""
        return cls(None, email or "unknown", email, "outsider")

    @property
    def sees_all(self) -> bool:
        """Whether every account is theirs to see."""
        return self.role == "admin"


def identify(session: Session, who: str) -> Viewer:
    """The viewer behind an e-mail address, or behind a full name where an export has no addresses.

    Raises:
        NotFound: no active user fits, or several do.
    """
    wanted = who.strip().lower()
    fits = or_(func.lower(User.email) == wanted, func.lower(User.name) == wanted)
    users = session.scalars(select(User).where(fits, User.active)).all()
    if len(users) != 1:
        raise NotFound("user", who)
    return Viewer(users[0].id, users[0].name, users[0].email, users[0].role)


def may_see_account(
    viewer: Viewer, account_id: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    """The condition that an account is the viewer's to see; apply it to every account query."""
    if viewer.sees_all:
        return true()
    granted = select(Grant.account_id).where(Grant.user_id == (viewer.user_id or ""))
    return account_id.in_(granted)


def may_see_source(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that a `Source` is the viewer's to see; apply it to every text query."""
    if viewer.sees_all:
        return true()
    if viewer.role == "outsider":
        return and_(Source.audience == "everyone", Source.kind == "playbook")
    overseen = select(Oversight.owner_id).where(Oversight.user_id == (viewer.user_id or ""))
    return or_(
        Source.audience == "everyone",
        and_(Source.audience == "account", may_see_account(viewer, Source.account_id)),
        and_(Source.audience == "owner", Source.owner_id.in_(overseen)),
    )
