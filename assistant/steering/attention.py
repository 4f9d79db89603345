"""Somebody's accounts by the attention they need, and what makes a nudge a new one.

What an account asks for is what the rules say to do first; a review that is due and a closed
deal nobody has told the story of are added. The same list stands on Home and feeds the digest.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.drafting import Brief
from assistant.insight.priorities import Priority
from assistant.office import Office
from assistant.steering.debriefs import Debriefs, OwedDebrief
from knowledge.records import Viewer
from knowledge.records.references import source_of

#: Accounts that are looked through for one list, the largest first; the others are only counted.
MOST_STUDIED = 60
#: Days after which something overdue is told once more.
LONG_OVERDUE = 30
#: Times its limit after which a silence is told once more.
LONG_SILENCE = 2
_OWED = frozenset({"answer_request", "keep_promise", "do_action", "review_overdue"})
#: What changes from day to day although nothing has happened.
_MOVING = frozenset({"days", "limit", "share", "ours", "theirs", "months", "account"})
_REVIEW_OVERDUE, _DEBRIEF, _REVIEW_DUE = 74, 57, 52


@dataclass(frozen=True)
class Wanting:
    """An account with all that it asks for, the most urgent first; nothing if it runs steadily.

    `revenue` is of twelve months; `owned` whether the viewer owns the account.
    """

    account_id: str
    account: str
    tier: str | None
    revenue: Decimal
    owned: bool
    priorities: tuple[Priority, ...]

    @property
    def weight(self) -> int:
        """How urgent the most urgent thing is; 0 without one."""
        return self.priorities[0].weight if self.priorities else 0


@dataclass(frozen=True)
class Worklist:
    """Somebody's accounts, the most urgent first. `unread` ones were too many to look through."""

    as_of: date
    currency: str
    accounts: tuple[Wanting, ...]
    unread: int = 0

    @property
    def attention(self) -> tuple[Wanting, ...]:
        """The accounts that ask for something."""
        return tuple(one for one in self.accounts if one.priorities)

    @property
    def steady(self) -> int:
        """How many ask for nothing."""
        return len(self.accounts) - len(self.attention)

    def account(self, account_id: str) -> Wanting | None:
        """One of them; None if it is not among those that were looked through."""
        return next((one for one in self.accounts if one.account_id == account_id), None)

    def owned(self) -> Worklist:
        """Only the accounts that the viewer owns."""
        kept = tuple(one for one in self.accounts if one.owned)
        return Worklist(self.as_of, self.currency, kept, self.unread)

    def of(self, name: str) -> Worklist:
        """What is somebody's own to do: on accounts of others, only what carries their name."""
        kept = []
        for one in self.accounts:
            mine = tuple(p for p in one.priorities if one.owned or p.owner == name)
            if one.owned or mine:
                kept.append(_with(one, mine))
        return Worklist(self.as_of, self.currency, _ordered(kept), self.unread)


def largest(office: Office, viewer: Viewer, day: date) -> tuple[Sequence[Brief], int]:
    """The briefs of the viewer's largest accounts, and how many smaller ones were left out."""
    portfolio = office.ledger.portfolio(viewer, day)
    found = sorted(
        portfolio.holdings, key=lambda one: (-portfolio.revenue(one, 0, 11), one.account.name)
    )
    read = [one.account.id for one in found[:MOST_STUDIED]]
    return office.briefs(viewer, portfolio, read), len(found) - len(read)


def worklist(
    office: Office,
    viewer: Viewer,
    briefs: Sequence[Brief],
    day: date,
    *,
    next_days: Mapping[str, date],
    unread: int = 0,
) -> Worklist:
    """The accounts of a viewer on a day, from their briefs.

    `next_days` are the reviews that meetings have set, by account.
    """
    told = defaultdict[str, list[OwedDebrief]](list)
    for owed in Debriefs(office).owed(viewer, day):
        told[owed.account_id].append(owed)
    wanting = [_wanting(viewer, brief, next_days, told[brief.file.account.id]) for brief in briefs]
    return Worklist(day, office.ledger.currency, _ordered(wanting), unread)


def nudge_key(account_id: str, priority: Priority) -> str:
    """What a nudge is about: two with the same key are the same nudge.

    It names the account, the kind and the record or the people behind it, with the day it was
    due: another due day makes it another nudge. What grows with time does not, but for one step:
    overdue for `LONG_OVERDUE` days, or silent for `LONG_SILENCE` times the limit, it may be told
    once more. What no record dates is told once a calendar year.
    """
    facts = {name: str(value) for name, value in priority.values.items() if name not in _MOVING}
    if "what" in facts and priority.evidence:
        facts["what"] = source_of(priority.evidence[0].ref)
    if not facts:
        facts["year"] = str(priority.by.year)
    about = hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()[:16]
    return f"{priority.kind}:{account_id}:{about}" + ("+" if _long(priority) else "")


def _long(priority: Priority) -> bool:
    days, limit = priority.values.get("days"), priority.values.get("limit")
    if priority.kind == "break_silence":
        return bool(days and limit and days > LONG_SILENCE * limit)
    return priority.kind in _OWED and int(days or 0) >= LONG_OVERDUE


def _wanting(
    viewer: Viewer, brief: Brief, next_days: Mapping[str, date], debriefs: Iterable[OwedDebrief]
) -> Wanting:
    account = brief.file.account
    review = next_days.get(account.id, account.next_review_on)
    asked = [*brief.priorities, *_review(brief, review), *_debriefs(debriefs, brief)]
    return Wanting(
        account.id,
        account.name,
        account.tier,
        brief.study["revenue"].values["latest"] or Decimal(0),
        viewer.user_id is not None and account.owner_id == viewer.user_id,
        tuple(sorted(asked, key=lambda one: -one.weight)),
    )


def _review(brief: Brief, due: date | None) -> Iterator[Priority]:
    """A review that should have been held, or will have to be soon."""
    day, rules = brief.as_of, brief.study.thresholds
    if due is None or due > day + timedelta(days=rules.soon_days):
        return
    rep = brief.file.owner.name if brief.file.owner else None
    if due < day:
        values = {"due": due, "days": (day - due).days}
        soon = day + timedelta(days=rules.urgent_days)
        yield Priority("review_overdue", _REVIEW_OVERDUE, soon, rep, values)
    else:
        yield Priority("review_due", _REVIEW_DUE, due, rep, {"due": due})


def _debriefs(owed: Iterable[OwedDebrief], brief: Brief) -> Iterator[Priority]:
    """Closed deals of which somebody still remembers why."""
    by = brief.as_of + timedelta(days=brief.study.thresholds.soon_days)
    for one in owed:
        values = {"deal": one.deal, "due": one.closed_on}
        yield Priority("hold_debrief", _DEBRIEF, by, one.owner, values)


def _with(one: Wanting, priorities: tuple[Priority, ...]) -> Wanting:
    return Wanting(one.account_id, one.account, one.tier, one.revenue, one.owned, priorities)


def _ordered(accounts: Iterable[Wanting]) -> tuple[Wanting, ...]:
    return tuple(sorted(accounts, key=lambda one: (-one.weight, -one.revenue, one.account)))


__all__ = ["MOST_STUDIED", "Wanting", "Worklist", "largest", "nudge_key", "worklist"]
