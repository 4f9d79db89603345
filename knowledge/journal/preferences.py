"""How each person wants to be nudged: how often, when, and when not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import BadInput
from knowledge.records.base import Base

DIGESTS = ("daily", "weekly", "off")
_HOURS = range(24)
_SATURDAY = 5
#: What holds for whoever chose nothing.
USUAL: Mapping[str, Any] = {
    "digest": "weekly",
    "hour": 8,
    "weekday": 0,
    "time_zone": "UTC",
    "quiet_from": 18,
    "quiet_until": 8,
}


class Preference(Base):
    """One person's. Hours are whole hours of their own clock; quiet ones may pass midnight.

    A weekly digest comes on `weekday`, 0 for Monday.
    """

    __tablename__ = "preferences"

    user: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(default="weekly")
    hour: Mapped[int] = mapped_column(default=8)
    weekday: Mapped[int] = mapped_column(default=0, server_default="0")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    quiet_from: Mapped[int] = mapped_column(default=18)
    quiet_until: Mapped[int] = mapped_column(default=8)
    snoozed_until: Mapped[datetime | None]


class AccountSnooze(Base):
    """Somebody wants to hear nothing of an account for a while."""

    __tablename__ = "account_snoozes"

    user: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]


def preference(session: Session, user: str, usual: Mapping[str, Any] | None = None) -> Preference:
    """What somebody chose, or what holds for whoever chose nothing.

    Args:
        session: reads.
        user: whose.
        usual: the company's own in place of some of `USUAL`.
    """
    kept = session.get(Preference, user)
    return kept or Preference(user=user, snoozed_until=None, **{**USUAL, **(usual or {})})


def choose(session: Session, wanted: Preference) -> None:
    """Keep somebody's choice.

    Raises:
        BadInput: an unknown rhythm, hour or time zone.
    """
    if wanted.digest not in DIGESTS:
        raise BadInput(f"A digest comes {', '.join(DIGESTS)}, not “{wanted.digest}”.")
    if not {wanted.hour, wanted.quiet_from, wanted.quiet_until} <= set(_HOURS):
        raise BadInput("Hours are whole hours of the clock, 0 to 23.")
    if (wanted.weekday or 0) not in range(_SATURDAY):
        raise BadInput("A weekly digest comes on a working day, Monday (0) to Friday (4).")
    _zone(wanted.time_zone)
    session.merge(wanted)


def snooze(session: Session, user: str, until: datetime) -> None:
    """Send nothing to somebody before an instant."""
    chosen = preference(session, user)
    chosen.snoozed_until = until
    session.merge(chosen)


def snooze_account(session: Session, user: str, account_id: str, until: datetime) -> None:
    """Send nothing about an account to somebody before an instant."""
    session.merge(AccountSnooze(user=user, account_id=account_id, until=until))


def snoozed_accounts(session: Session, user: str, now: datetime) -> set[str]:
    """The accounts somebody wants to hear nothing of now."""
    mine = (AccountSnooze.user == user) & (AccountSnooze.until > now)
    return set(session.scalars(select(AccountSnooze.account_id).where(mine)))


def is_quiet(chosen: Preference, now: datetime) -> bool:
    """Whether somebody is to be left alone now: off, snoozed, or in their quiet hours."""
    if chosen.digest == "off" or (chosen.snoozed_until and now < chosen.snoozed_until):
        return True
    hour, first, last = now.astimezone(_zone(chosen.time_zone)).hour, *_quiet(chosen)
    return first <= hour < last if first <= last else hour >= first or hour < last


def occasion(chosen: Preference, now: datetime) -> date | None:
    """The day whose digest may go out now, on somebody's own calendar; None where none may.

    A daily one is for working days. A weekly one comes on its weekday, or as soon after it as it
    was not quiet.
    """
    start = _start(chosen, now)
    return None if start is None else start.date()


def digest_due(chosen: Preference, last_sent: datetime | None, now: datetime) -> bool:
    """Whether a digest should go out now: at their hour or later, once a day or a week."""
    start = _start(chosen, now)
    return start is not None and (last_sent is None or last_sent < start)


def _start(chosen: Preference, now: datetime) -> datetime | None:
    """From when on the digest of today or this week may go out; None where it may not now."""
    if is_quiet(chosen, now):
        return None
    here = now.astimezone(_zone(chosen.time_zone))
    start = here.replace(hour=chosen.hour, minute=0, second=0, microsecond=0)
    if chosen.digest == "weekly":
        start -= timedelta(days=(here.weekday() - (chosen.weekday or 0)) % 7)
    elif here.weekday() >= _SATURDAY:
        return None
    return start if start <= here else None


def _quiet(chosen: Preference) -> tuple[int, int]:
    return chosen.quiet_from, chosen.quiet_until


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"“{name}” is no time zone; write one like Europe/Berlin.") from error
