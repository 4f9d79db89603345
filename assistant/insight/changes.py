"""What changed between two reviews, by type, and which line of the plan each change makes false.

The difference of a snapshot with itself is empty, and a snapshot with its changes applied is the
later one exactly: what is not on the page has not changed. Practice of ours; the types follow
what an account review asks (who came and went, what opened, moved and closed, what fell due).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from assistant.insight.snapshots import Fields, Snapshot, snapshot

Operation = Literal["added", "removed", "changed"]

#: The plan section each area belongs to; findings by their rule.
SECTIONS = {
    "account": "portfolio",
    "contacts": "stakeholders",
    "deals": "deals",
    "commitments": "actions",
    "cases": "risks",
    "contracts": "relationship",
    "approvals": "approvals",
    "value_inputs": "strengths",
    "spend": "revenue",
    "products": "revenue",
}
FIELD_SECTIONS = {
    ("account", "goals"): "customer",
    ("account", "charter"): "charter",
    ("account", "potential"): "revenue",
    ("account", "customer_since"): "relationship",
    ("deals", "competitor"): "competition",
    ("deals", "champion"): "stakeholders",
    ("deals", "economic_buyer"): "stakeholders",
    ("deals", "discount_percent"): "approvals",
}
RULE_SECTIONS = {
    "cases": "risks",
    "decline": "relationship",
    "eighty_twenty": "portfolio",
    "health": "summary",
    "investment_stance": "invest",
    "kam_structure": "relationship",
    "life_cycle": "relationship",
    "meddpicc": "deals",
    "mutual_actions": "actions",
    "nurture": "portfolio",
    "plan_quality": "unknown",
    "plan_type": "summary",
    "policy": "approvals",
    "promises": "actions",
    "revenue": "revenue",
    "rhythm": "relationship",
    "solvency": "risks",
    "stakeholders": "stakeholders",
    "strategic_portfolio": "portfolio",
    "value": "strengths",
    "whitespace": "revenue",
    "win_loss": "lessons",
}
#: Where a change belongs that fits no other section.
ELSEWHERE = "unknown"
#: The type of a change by area and field; whole records by area and operation.
_TYPES = {
    ("contacts", "added"): "person_joined",
    ("contacts", "removed"): "person_removed",
    ("contacts", "left_on"): "person_left",
    ("contacts", "roles"): "role_changed",
    ("contacts", "stance"): "stance_changed",
    ("deals", "added"): "deal_opened",
    ("deals", "removed"): "deal_removed",
    ("deals", "closes_on"): "deal_moved",
    ("deals", "amount"): "deal_amount_changed",
    ("commitments", "added"): "commitment_made",
    ("commitments", "removed"): "commitment_removed",
    ("commitments", "done_on"): "commitment_done",
    ("commitments", "due_on"): "commitment_moved",
    ("commitments", "overdue"): "commitment_fell_due",
    ("cases", "added"): "case_opened",
    ("cases", "open"): "case_closed",
    ("contracts", "added"): "contract_signed",
    ("contracts", "ends_on"): "contract_end_moved",
    ("products", "added"): "product_new",
    ("account", "tier"): "tier_changed",
    ("findings", "outcome"): "conclusion_changed",
}
_ONE = {
    "account": "account",
    "contacts": "person",
    "deals": "deal",
    "commitments": "commitment",
    "cases": "case",
    "contracts": "contract",
    "approvals": "approval",
    "value_inputs": "figure",
    "spend": "estimate",
    "products": "product",
    "findings": "measure",
}


@dataclass(frozen=True)
class PlanLine:
    """The line of the plan a change makes false: its section, what it is about, what it said.

    `said` is None where the plan had no such line, which is then what is false about it.
    """

    section: str
    subject: str
    field: str | None
    said: Any = dataclasses.field(default=None, hash=False)


@dataclass(frozen=True)
class Change:
    """One difference. `field` is None when the whole record came or went."""

    type: str
    operation: Operation
    area: str
    key: str
    field: str | None
    subject: str
    before: Any = dataclasses.field(hash=False)
    after: Any = dataclasses.field(hash=False)

    @property
    def plan_line(self) -> PlanLine:
        """The line of the plan that is no longer true."""
        section = SECTIONS.get(self.area, ELSEWHERE)
        if self.area == "findings":
            section = RULE_SECTIONS.get(self.key, ELSEWHERE)
        section = FIELD_SECTIONS.get((self.area, self.field or ""), section)
        return PlanLine(section, self.subject, self.field, self.before)


def difference(earlier: Snapshot, later: Snapshot) -> tuple[Change, ...]:
    """Every change from one snapshot to a later one, by area, record and field."""
    return tuple(
        change
        for area in _names(earlier, later)
        for key in _names(earlier.get(area, {}), later.get(area, {}))
        for change in _of_record(
            area, key, earlier.get(area, {}).get(key), later.get(area, {}).get(key)
        )
    )


def apply(earlier: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """The snapshot after some changes; the one given stays as it is."""
    later = deepcopy(earlier)
    for change in changes:
        area = later.setdefault(change.area, {})
        if change.field is None:
            _put(area, change.key, change)
        else:
            _put(area.setdefault(change.key, {}), change.field, change)
    return later


def _of_record(
    area: str, key: str, before: Fields | None, after: Fields | None
) -> Iterator[Change]:
    subject = _subject(key, after or before or {})
    if before is None or after is None:
        operation: Operation = "added" if before is None else "removed"
        kind = _TYPES.get((area, operation), f"{_ONE.get(area, area)}_{operation}")
        yield Change(kind, operation, area, key, None, subject, before, after)
        return
    for name in _names(before, after):
        if name in before and name in after and before[name] == after[name]:
            continue
        operation = "changed" if name in before and name in after else "added"
        operation = operation if name in after else "removed"
        was, now = before.get(name), after.get(name)
        yield Change(_type(area, name, now), operation, area, key, name, subject, was, now)


def _type(area: str, name: str, now: object) -> str:
    if (area, name) == ("deals", "status"):
        return "deal_reopened" if now == "open" else f"deal_{now}"
    if now in (None, False) and (area, name) in {
        ("contacts", "left_on"),
        ("commitments", "done_on"),
        ("commitments", "overdue"),
    }:
        return f"{_ONE[area]}_changed"
    if (area, name, now) == ("cases", "open", True):
        return "case_reopened"
    return _TYPES.get((area, name), f"{_ONE.get(area, area)}_changed")


def _subject(key: str, fields: Fields) -> str:
    """What a person would call the record."""
    for name in ("name", "text", "subject", "product_family"):
        if fields.get(name):
            return str(fields[name])
    return key


def _put(place: dict[str, Any], key: str, change: Change) -> None:
    if change.operation == "removed":
        place.pop(key, None)
    else:
        place[key] = deepcopy(change.after)


def _names(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return sorted({*one, *other})


__all__ = ["Change", "PlanLine", "apply", "difference", "snapshot"]
