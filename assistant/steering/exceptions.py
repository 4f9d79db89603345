"""Exceptions for the pricing committee: what was approved again and again is no exception.

Source: Shapiro's standing pricing committee. A term that one account, or one family of products,
was granted repeatedly within a year belongs on its table: the limit may be wrong, or the price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.insight.limits import granted
from assistant.insight.periods import months_before
from assistant.office import Office
from knowledge.records import Viewer
from knowledge.records.dealings import Given, approvals_decided

#: From so many approvals of one subject on, and within so many months, it is a pattern.
REPEATED = 2
MONTHS = 12
Scope = Literal["account", "product family"]


@dataclass(frozen=True)
class RepeatedException:
    """One pattern. `highest` is in `unit`; `refs` are the approvals, the oldest first."""

    scope: Scope
    name: str
    subject: str
    n: int
    highest: Decimal | None
    unit: str | None
    last_on: date
    deals: tuple[str, ...]
    refs: tuple[str, ...]


def exceptions(office: Office, viewer: Viewer, day: date) -> list[RepeatedException]:
    """Terms granted repeatedly in the year before a day, to what the viewer may see; most first."""
    since = months_before(day, MONTHS)
    decided = approvals_decided(office.workspace.database, viewer, since=since, until=day)
    yes = [one for one in decided if granted(one.approval)]
    groups: dict[tuple[Scope, str, str], list[Given]] = defaultdict(list)
    for one in yes:
        groups["account", one.account, one.approval.subject].append(one)
        if one.family:
            groups["product family", one.family, one.approval.subject].append(one)
    found = [_pattern(*key, some) for key, some in groups.items() if len(some) >= REPEATED]
    return sorted(found, key=lambda one: (-one.n, one.scope, one.name, one.subject))


def _pattern(scope: Scope, name: str, subject: str, some: list[Given]) -> RepeatedException:
    values = [one.approval.value for one in some if one.approval.value is not None]
    return RepeatedException(
        scope=scope,
        name=name,
        subject=subject,
        n=len(some),
        highest=max(values, default=None),
        unit=next((one.unit for one in some if one.unit), None),
        last_on=max(one.approval.decided_on for one in some if one.approval.decided_on),
        deals=tuple(_once(one.deal for one in some)),
        refs=tuple(one.approval.ref for one in some),
    )


def _once(names: Iterable[str | None]) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)
