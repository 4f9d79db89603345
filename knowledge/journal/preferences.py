"""How each person wants to be nudged: how often, when, and when not."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import BadInput
from knowledge.records.base import Base

DIGESTS = ("daily", "weekly", "off")
_HOURS = range(24)
_MONDAY = 0


class Preference(Base):
    """One person's. Hours are whole hours of their own clock; quiet ones may pass midnight."""

    __tablename__ = "preferences"

    user: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(default="weekly")
    hour: Mapped[int] = mapped_column(default=8)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    quiet_from: Mapped[int] = mapped_column(default=18)
    quiet_until: Mapped[int] = mapped_column(default=8)
    snoozed_until: Mapped[datetime | None]


def preference(session: Session, user: str) -> Preference:
    """What somebody chose, or what holds for whoever chose nothing."""
    return session.get(Preference, user) or Preference(
        user=user,
        digest="weekly",
        hour=8,
        time_zone="UTC",
        quiet_from=18,
        quiet_until=8,
        snoozed_until=None,
    )


def choose(session: Session, wanted: Preference) -> None:
    """Keep somebody's choice.

    Raises:
        BadInput: an unknown rhythm, hour or time zone.
    """
    if wanted.digest not in DIGESTS:
        raise BadInput(f"A digest comes {', '.join(DIGESTS)}, not “{wanted.digest}”.")
    if not {wanted.hour, wanted.quiet_from, wanted.quiet_until} <= set(_HOURS):
        raise BadInput("Hours are whole hours of the clock, 0 to 23.")
    _zone(wanted.time_zone)
    session.merge(wanted)


def snooze(session: Session, user: str, until: datetime) -> None:
    """Send nothing to somebody before an instant."""
    chosen = preference(session, user)
    chosen.snoozed_until = until
    session.merge(chosen)


def is_quiet(chosen: Preference, now: datetime) -> bool:
    """Whether somebody is to be left alone now: off, snoozed, or in their quiet hours."""
    if chosen.digest == "off" or (chosen.snoozed_until and now < chosen.snoozed_until):
        return True
    hour, first, last = now.astimezone(_zone(chosen.time_zone)).hour, *_quiet(chosen)
    return first <= hour < last if first <= last else hour >= first or hour < last


def digest_due(chosen: Preference, last_sent: datetime | None, now: datetime) -> bool:
    """Whether a digest should go out now: at their hour or later, once a day or a week.

    A weekly one comes on Monday, or on the first day after it that was not quiet.
    """
    if is_quiet(chosen, now):
        return False
    zone = _zone(chosen.time_zone)
    here = now.astimezone(zone)
    start = here.replace(hour=chosen.hour, minute=0, second=0, microsecond=0)
    if chosen.digest == "weekly":
        start -= timedelta(days=(here.weekday() - _MONDAY) % 7)
    return start <= here and (last_sent is None or last_sent.astimezone(zone) < start)


def _quiet(chosen: Preference) -> tuple[int, int]:
    return chosen.quiet_from, chosen.quiet_until


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"“{name}” is no time zone; write one like Europe/Berlin.") from error
