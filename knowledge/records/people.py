"""People on both sides: our users and teams, their contacts."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Record


class User(Record):
    """One of us. `role` is `rep`, `manager` or `admin`; `function` such as sales, service.

    `role` is derived: `profile` is what the exporting system lets them do, and whoever others
    report to is a manager. `implied` marks somebody whom only other rows name.
    """

    __tablename__ = "users"
    kind = "user"

    name: Mapped[str] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str | None]
    function: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="rep")
    profile: Mapped[str | None]
    manager_id: Mapped[str | None] = mapped_column(index=True)
    team_id: Mapped[str | None] = mapped_column(index=True)
    active: Mapped[bool] = mapped_column(default=True)
    implied: Mapped[bool] = mapped_column(default=False)


class Team(Record):
    """A sales team and who leads it; `implied` if only its members speak of it."""

    __tablename__ = "teams"
    kind = "team"

    name: Mapped[str]
    region: Mapped[str | None]
    manager_id: Mapped[str | None]
    implied: Mapped[bool] = mapped_column(default=False)


class AccountTeamMember(Record):
    """A user on an account's team: it is what lets them see the account."""

    __tablename__ = "account_team"
    kind = "account_team_member"

    account_id: Mapped[str | None] = mapped_column(index=True)
    user_id: Mapped[str | None] = mapped_column(index=True)
    role: Mapped[str | None]


class Contact(Record):
    """One of theirs.

    `buying_roles` are roles of the buying centre (Webster & Wind 1972): initiator, user,
    influencer, buyer, decider, gatekeeper; and sponsor, champion, coach, anti-sponsor.
    `stance` (supporter, neutral, opponent) is set by a person (`assessed_by`, `assessed_on`),
    never guessed from text. `owner_id` is the user of ours who keeps the contact.
    """

    __tablename__ = "contacts"
    kind = "contact"

    account_id: Mapped[str | None] = mapped_column(index=True)
    owner_id: Mapped[str | None]
    name: Mapped[str] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None]
    title: Mapped[str | None]
    function: Mapped[str | None]
    language: Mapped[str | None]
    reports_to_id: Mapped[str | None]
    buying_roles: Mapped[list[str]] = mapped_column(default=list)
    stance: Mapped[str | None]
    assessed_by: Mapped[str | None]
    assessed_on: Mapped[date | None]
    measured_on: Mapped[str | None]
    left_on: Mapped[date | None]
