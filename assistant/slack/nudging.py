"""Nudges: whom a digest is for, when it may come, and what in it is new to them.

A nudge is claimed before it is sent, in the name of the round it goes out with; a round that was
cut short and begins again finds its own claims, and one that could not send gives them back. So
nothing is told twice, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from assistant.drafting import Pen
from assistant.slack.home import attention_of
from assistant.slack.people import Person
from assistant.slack.reception import Reception
from assistant.slack.views.nudge import Digest
from assistant.steering import Wanting, nudge_key
from knowledge.journal.nudges import hold, release, sent, unsent
from knowledge.journal.preferences import Preference, occasion, preference, snoozed_accounts
from knowledge.records import Viewer

#: Accounts in one digest; the others come with the next.
MOST = 8
_EXPLAINED = "digest:explained"


@dataclass(frozen=True)
class Recipient:
    """Somebody in Slack whom the records know. `key` is what their choices are kept under."""

    person: Person
    viewer: Viewer

    @property
    def key(self) -> str:
        """The address, in lower case."""
        return (self.viewer.email or self.viewer.name).lower()


def recipients(reception: Reception) -> Iterator[Recipient]:
    """Everybody on record who is a colleague in Slack and sees accounts as a rep or a lead."""
    ledger = reception.desk.workspace.ledger
    for user in ledger.catalogue(Viewer.operator()).users.values():
        person = reception.people.with_address(user.email) if user.active else None
        found = recipient(reception, person) if person else None
        if found is not None and ledger.accounts(found.viewer):
            yield found


def recipient(reception: Reception, person: Person) -> Recipient | None:
    """Somebody as the records know them; None if they do not."""
    viewer = reception.people.viewer_of(person)
    return None if viewer.role == "outsider" else Recipient(person, viewer)


def chosen_by(reception: Reception, one: Recipient) -> Preference:
    """What somebody chose, on the clock that Slack has for them."""
    usual = reception.desk.settings.company.slack.digest
    with reception.desk.workspace.database.reading() as session:
        chosen = preference(
            session,
            one.key,
            {
                "digest": usual.often,
                "hour": usual.hour,
                "quiet_from": usual.quiet_from,
                "quiet_until": usual.quiet_until,
            },
        )
        session.expunge_all()
    chosen.time_zone = one.person.timezone or chosen.time_zone
    return chosen


def mark(period: date) -> str:
    """Under which a day's or week's digest counts as made, whether or not it had anything."""
    return f"digest:{period.isoformat()}"


def due(reception: Reception, one: Recipient, now: datetime) -> date | None:
    """The day whose digest somebody is to get now; None if none is due or they had it."""
    period = occasion(chosen_by(reception, one), now)
    if period is None:
        return None
    with reception.desk.workspace.database.reading() as session:
        return None if sent(session, one.key, mark(period)) else period


def news(reception: Reception, one: Recipient, period: date, due_at: datetime) -> Digest | None:
    """What is new to somebody, claimed for the round of an instant; None where nothing is.

    Called again for the same instant, it claims nothing more.
    """
    desk = reception.desk
    chosen, language = chosen_by(reception, one), reception.language(one.person.id)
    work = desk.steering.worklist(one.viewer, desk.day(None)).of(one.viewer.name)
    with desk.workspace.database.writing() as session:
        if not hold(session, one.key, [mark(period)], due_at):
            return None
        snoozed = snoozed_accounts(session, one.key, due_at)
        awake = [account for account in work.attention if account.account_id not in snoozed]
        keys = [key for account in awake for key in _keys(account)]
        fresh = unsent(session, one.key, keys, due_at)
        told = [new for account in awake if (new := _only(account, fresh)).priorities]
        shown, more = told[:MOST], told[MOST:]
        if not shown:
            return None
        hold(session, one.key, [key for account in shown for key in _keys(account)], due_at)
        first = bool(hold(session, one.key, [_EXPLAINED], due_at))
    frequency: Literal["daily", "weekly"] = "daily" if chosen.digest == "daily" else "weekly"
    accounts = attention_of(shown, Pen(language, work.currency))
    return Digest(work.as_of, accounts, frequency, language, len(more), first)


def give_back(reception: Reception, one: Recipient, due_at: datetime) -> None:
    """A round could not send: what it claimed is new again."""
    with reception.desk.workspace.database.writing() as session:
        release(session, one.key, due_at)


def _keys(account: Wanting) -> list[str]:
    return [nudge_key(account.account_id, priority) for priority in account.priorities]


def _only(account: Wanting, keys: set[str]) -> Wanting:
    kept = tuple(p for p in account.priorities if nudge_key(account.account_id, p) in keys)
    return replace(account, priorities=kept)
