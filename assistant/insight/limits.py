"""Limits: which line of the policy binds a request, and which approval covers it.

A policy may hold for one product family, one tier, both, or all. The most specific line binds;
a family outranks a tier, because the reason for a family's limit lies in what is sold. Nobody
approves their own request, whatever their rank; an approval covers a value up to its own, is
decided before the offer leaves, and lapses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.insight import buying_centre as centre
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Activity, Approval, Opportunity, Policy, User

_RANKS = {"rep": 0, "manager": 1, "admin": 2}
_GRANTED = frozenset({"approved", "granted", "genehmigt", "согласовано", "одобрено"})
#: A mail of ours on a deal whose subject has one of these words is taken for the offer.
_OFFER = frozenset(
    {"offer", "bid", "quote", "quotation", "proposal", "angebot", "gebot", "предложение", "кп"}
)


@dataclass(frozen=True)
class Cover:
    """An approval beside the request it might cover; `flaws` say why it does not hold."""

    approval: Approval
    expires_on: date | None
    expired: bool
    flaws: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether it covers the request today."""
        return not self.flaws and not self.expired


def binding(file: AccountFile, subject: str, family: str | None) -> Policy | None:
    """The line of the policy that binds a subject for a product family at this account."""
    tier = _plain(file.account.tier)
    fitting = [
        policy
        for policy in file.catalogue.policies
        if _plain(policy.subject) == _plain(subject)
        and (not policy.product_family or _plain(policy.product_family) == _plain(family))
        and (not policy.tier or _plain(policy.tier) == tier)
    ]
    return max(fitting, key=_specific, default=None)


def covers(
    file: AccountFile,
    thresholds: Thresholds,
    *,
    subject: str,
    value: Decimal,
    deal: Opportunity | None,
    deal_id: str | None,
    policy: Policy,
) -> tuple[Cover, ...]:
    """Every approval on record for a request, the one that holds (or nearly does) first."""
    sent = offer_of(file, deal)
    offer = sent.occurred_at.date() if sent and sent.occurred_at else None
    found = [
        _cover(file, thresholds, approval, value=value, offer=offer, policy=policy, deal=deal)
        for approval in file.approvals
        if _plain(approval.subject) == _plain(subject)
        and approval.opportunity_id == deal_id
        and _plain(approval.decision) in _GRANTED
    ]
    return tuple(sorted(found, key=lambda c: (c.flaws, c.expired, str(c.approval.decided_on))))


def offer_of(file: AccountFile, deal: Opportunity | None) -> Activity | None:
    """The mail with which the newest offer of a deal left, if one is on record."""
    sent = [
        touch
        for touch in centre.touches(file)
        if deal is not None
        and touch.opportunity_id == deal.id
        and (touch.type, touch.direction) == ("email", "out")
        and _OFFER & set(re.findall(r"\w+", touch.subject.casefold()))
    ]
    return sent[-1] if sent else None


def may_approve(user: User | None, policy: Policy) -> bool:
    """Whether somebody's role is at or above the approver's of a policy."""
    if user is None:
        return False
    wanted = _plain(policy.approver_role) or "manager"
    if wanted in _RANKS:
        return _RANKS.get(user.role, 0) >= _RANKS[wanted]
    return user.role == "admin" or wanted in _plain(user.title)


def approver(file: AccountFile, policy: Policy, requested_by: str | None) -> str | None:
    """The nearest person above our account manager who may approve, and did not ask."""
    user, seen = file.owner, set[str]()
    while user is not None and user.id not in seen:
        seen.add(user.id)
        if user.id != requested_by and user is not file.owner and may_approve(user, policy):
            return user.name
        user = file.catalogue.users.get(user.manager_id or "")
    return None


def pending(approval: Approval) -> bool:
    """Whether nobody has decided yet."""
    return approval.decided_on is None and _plain(approval.decision) in {"", "pending", "open"}


def lapses(approval: Approval, thresholds: Thresholds) -> date | None:
    """The last day an approval holds; without one of its own, `approval_days` after it."""
    if approval.expires_on or not approval.decided_on:
        return approval.expires_on
    return approval.decided_on + timedelta(days=thresholds.approval_days)


def granted(approval: Approval) -> bool:
    """Whether somebody said yes."""
    return _plain(approval.decision) in _GRANTED


def _cover(
    file: AccountFile,
    thresholds: Thresholds,
    approval: Approval,
    *,
    value: Decimal,
    offer: date | None,
    policy: Policy,
    deal: Opportunity | None,
) -> Cover:
    asked_by = approval.requested_by_id or (deal.owner_id if deal else None)
    by = file.catalogue.users.get(approval.approver_id or "")
    last, decided = lapses(approval, thresholds), approval.decided_on
    tests = {
        "self_approved": approval.approver_id is not None and approval.approver_id == asked_by,
        "wrong_approver": not may_approve(by, policy),
        "value_not_covered": approval.value is None or approval.value < value,
        "undated": decided is None,
        "not_yet": decided is not None and decided > file.as_of,
        "after_the_offer": offer is not None and decided is not None and decided > offer,
    }
    flaws = tuple(name for name, failed in tests.items() if failed)
    return Cover(approval, last, last is not None and last < file.as_of, flaws)


def _specific(policy: Policy) -> tuple[bool, bool, Decimal, str]:
    strict = -(policy.inside_up_to if policy.inside_up_to is not None else Decimal(0))
    return (bool(policy.product_family), bool(policy.tier), strict, policy.id)


def _plain(words: str | None) -> str:
    return (words or "").strip().casefold()
