"""Time against tier: touches and hours with each account, and what its tier asks for.

What a tier asks for in a year is the days of the year over its days between touches
(`contact_days`). Only what is on record counts, so the figures compare accounts with each other
and do not add up to anybody's working time. Practice of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed
from assistant.insight.figures import counted
from assistant.insight.periods import window
from assistant.insight.rhythm import tier_days
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

_YEAR = 12
_MINUTES = 60
#: Working days of a week: “two days a week” is two fifths of the time on record.
WEEK = 5


@dataclass(frozen=True)
class AccountTime:
    """Twelve months of touches with an account. `asked` is how many its tier asks for."""

    account_id: str
    name: str
    tier: str
    minutes: tuple[Input, ...]
    touches: tuple[Input, ...]
    asked: Evidence

    @property
    def total(self) -> int:
        """Minutes on record."""
        return sum(int(str(given.value)) for given in self.minutes)

    @property
    def wanted(self) -> int:
        """Touches the tier asks for in twelve months."""
        return int(str(self.asked.value))

    @property
    def short(self) -> bool:
        """Whether there were fewer than the tier asks for."""
        return len(self.touches) < self.wanted


@dataclass(frozen=True)
class TierTime:
    """The accounts of a tier together. `share` is per cent of all hours on record."""

    tier: str
    accounts: tuple[AccountTime, ...]
    hours: Evidence
    share: Evidence | None
    touches: Evidence
    asked: Evidence


@dataclass(frozen=True)
class Shifted:
    """An account's year before and after time was moved; minutes and touches."""

    time: AccountTime
    minutes: Decimal
    touches: Decimal
    receives: bool = False

    @property
    def falls_short(self) -> bool:
        """Whether its touches only now fall under what the tier asks for."""
        return not self.time.short and self.touches < self.time.wanted

    @property
    def is_enough(self) -> bool:
        """Whether its touches only now reach what the tier asks for."""
        return self.time.short and self.touches >= self.time.wanted


def account_time(file: AccountFile, thresholds: Thresholds) -> AccountTime:
    """The touches of the last twelve months; tasks and notes are none."""
    span = window(file.as_of, _YEAR)
    recent = [touch for touch in centre.touches(file) if centre.day(touch) in span]
    days = tier_days(file, thresholds)
    return AccountTime(
        account_id=file.account.id,
        name=file.account.name,
        tier=file.account.tier or "",
        minutes=tuple(
            Input("minutes", touch.duration_minutes, (f"{touch.ref}#duration_minutes",))
            for touch in recent
            if touch.duration_minutes
        ),
        touches=tuple(
            Input("touch", centre.day(touch), (f"{touch.ref}#occurred_at",)) for touch in recent
        ),
        asked=computed(
            f"touches_asked:{file.account.id}:{file.as_of}",
            title=f"Touches that the tier of {file.account.name} asks for in twelve months",
            value=int((Decimal(span.days) / days).quantize(Decimal(1))),
            unit="touches",
            formula="round(year / tier_days, 0)",
            inputs=[
                Input("year", span.days, (), "days"),
                Input("tier_days", days, (f"{file.account.ref}#tier",), "days"),
            ],
            as_of=file.as_of,
        ),
    )


def hours_with(name: str, whom: str, minutes: Iterable[Input], as_of: date) -> Evidence:
    """Hours on record in twelve months with whom the minutes are of; `name` is its reference's."""
    each = tuple(minutes)
    total = sum(int(str(given.value)) for given in each)
    return computed(
        f"{name}:{as_of}",
        title=f"Hours with {whom}, twelve months to {as_of}",
        value=(Decimal(total) / _MINUTES).quantize(Decimal(1)),
        unit="hours",
        formula="round(sum(minutes) / 60, 0)",
        inputs=each,
        as_of=as_of,
    )


def tier_times(times: Iterable[AccountTime], as_of: date) -> tuple[TierTime, ...]:
    """The accounts by tier, in order of its name; accounts without a tier stand first."""
    known = tuple(times)
    whole = sum(time.total for time in known)
    by_tier: dict[str, list[AccountTime]] = defaultdict(list)
    for time in known:
        by_tier[time.tier].append(time)
    return tuple(_tier(tier, some, whole, as_of) for tier, some in sorted(by_tier.items()))


def shifted(
    times: Iterable[AccountTime], receivers: Collection[str], days: Decimal
) -> tuple[Shifted, ...]:
    """The same touches and minutes, some days a week of them moved to some accounts.

    The others give the same share of theirs (`days` of `WEEK`), and the receivers get equal
    parts. What is moved is conserved: both sums stay as they are.
    """
    known = tuple(times)
    taking = [time for time in known if time.account_id in receivers]
    giving = [time for time in known if time.account_id not in receivers]
    share = min(max(days, Decimal(0)), Decimal(WEEK)) / WEEK if taking else Decimal(0)
    parts = max(len(taking), 1)
    minutes = sum(time.total for time in giving) * share / parts
    touches = sum(len(time.touches) for time in giving) * share / parts
    return tuple(
        Shifted(time, time.total + minutes, len(time.touches) + touches, receives=True)
        if time.account_id in receivers
        else Shifted(time, time.total * (1 - share), len(time.touches) * (1 - share))
        for time in known
    )


def _tier(tier: str, some: Sequence[AccountTime], whole: int, as_of: date) -> TierTime:
    minutes = [given for time in some for given in time.minutes]
    touches = [given for time in some for given in time.touches]
    total = sum(time.total for time in some)
    name = tier or "none"
    share = None
    if whole:
        share = computed(
            f"hours_share:{name}:{as_of}",
            title=f"Share of hours, tier {name}",
            value=(Decimal(total) / whole * 100).quantize(Decimal("0.1")),
            unit="%",
            formula="round(sum(minutes) / whole * 100, 1)",
            inputs=[*minutes, Input("whole", whole, (), "minutes")],
            as_of=as_of,
        )
    return TierTime(
        tier=tier,
        accounts=tuple(some),
        hours=hours_with(f"hours:{name}", f"accounts of tier {name}", minutes, as_of),
        share=share,
        touches=counted(
            f"touches:{name}:{as_of}",
            title=f"Touches with accounts of tier {name}, twelve months to {as_of}",
            item="touch",
            inputs=touches,
            unit="touches",
            as_of=as_of,
        ),
        asked=computed(
            f"touches_asked:{name}:{as_of}",
            title=f"Touches that tier {name} asks for in twelve months",
            value=sum(time.wanted for time in some),
            unit="touches",
            formula="sum(asked)",
            inputs=[Input("asked", time.wanted, time.asked.refs, "touches") for time in some],
            as_of=as_of,
        ),
    )
