"""Snapshots: what was known of an account on a day, as plain JSON that can be kept and compared.

`{area: {key: {field: value}}}`. Amounts are decimal strings, days are ISO dates. Only facts a
plan rests on are kept, and what each rule concluded; not the evidence, which stays citable in
the source versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from assistant.claims import Finding
from assistant.insight import buying_centre as centre
from knowledge.records import AccountFile
from knowledge.records.tables import Case, Commitment, Contact, Contract, Opportunity, Record

R = TypeVar("R", bound=Record)

Fields = dict[str, Any]
Snapshot = dict[str, dict[str, Fields]]

_ACCOUNT = ("name", "tier", "type", "potential", "goals", "charter", "customer_since")
_APPROVAL = ("subject", "value", "decision", "expires_on")
_VALUE_INPUT = ("name", "value", "unit", "confirmed_by", "contested")
_SPEND = ("product_family", "business_unit", "low", "high", "currency")

#: Figures that move with the calendar alone; what they led a rule to conclude is kept.
_CLOCKS = frozenset({"days", "days_share", "idle_days", "oldest_days", "limit", "median_gap"})


def snapshot(file: AccountFile, findings: Iterable[Finding]) -> Snapshot:
    """The key facts of an account and its findings, as they stand in the file."""
    account = {**_fields(file.account, _ACCOUNT), "owner": centre.rep(file)}
    return {
        "account": {file.account.id: account},
        "contacts": {row.id: _contact(row) for row in _ordered(file.contacts)},
        "deals": {row.id: _deal(file, row) for row in _ordered(file.opportunities)},
        "commitments": {row.id: _commitment(row, file.as_of) for row in _ordered(file.commitments)},
        "cases": {row.id: _case(row) for row in _ordered(file.cases)},
        "contracts": {row.id: _contract(row) for row in _ordered(file.contracts)},
        "approvals": {row.id: _fields(row, _APPROVAL) for row in _ordered(file.approvals)},
        "value_inputs": {row.id: _fields(row, _VALUE_INPUT) for row in _ordered(file.value_inputs)},
        "spend": {row.id: _fields(row, _SPEND) for row in _ordered(file.spend)},
        "products": _products(file),
        "findings": {f.rule: _finding(f) for f in sorted(findings, key=lambda f: f.rule)},
    }


def _ordered(rows: Iterable[R]) -> list[R]:
    return sorted(rows, key=lambda row: row.id)


def _fields(row: Record, names: Iterable[str]) -> Fields:
    return {name: _json(getattr(row, name)) for name in names}


def _contact(row: Contact) -> Fields:
    assessed = bool(row.assessed_by and row.assessed_on)
    return {
        "name": row.name,
        "title": row.title,
        "roles": sorted(centre.roles(row)),
        "stance": row.stance if assessed else None,
        "left_on": _json(row.left_on),
    }


def _deal(file: AccountFile, row: Opportunity) -> Fields:
    rival = file.catalogue.competitors.get(row.competitor_id or "")
    names = ("name", "status", "stage", "amount", "currency", "closes_on", "discount_percent")
    return {
        **_fields(row, names),
        "competitor": rival.name if rival else None,
        "champion": row.meddpicc_champion,
        "economic_buyer": row.meddpicc_economic_buyer,
    }


def _commitment(row: Commitment, as_of: date) -> Fields:
    overdue = row.done_on is None and row.due_on is not None and row.due_on < as_of
    names = ("type", "side", "text", "owner_name", "due_on", "done_on")
    return {**_fields(row, names), "overdue": overdue}


def _case(row: Case) -> Fields:
    return {**_fields(row, ("subject", "priority")), "open": row.closed_at is None}


def _contract(row: Contract) -> Fields:
    return _fields(row, ("name", "ends_on", "renewals", "yearly_value", "currency", "terms"))


def _products(file: AccountFile) -> dict[str, Fields]:
    """What they have bought from us so far."""
    bought = sorted({row.product_id for row in file.revenue if row.product_id})
    products = file.catalogue.products
    return {one: {"name": products[one].name if one in products else one} for one in bought}


def _finding(finding: Finding) -> Fields:
    plain = {
        name: value
        for name, value in finding.values.items()
        if name not in _CLOCKS and _is_plain(value)
    }
    return {"outcome": finding.outcome, **{name: _json(plain[name]) for name in sorted(plain)}}


def _is_plain(value: object) -> bool:
    """Figures, words and lists of words; tables of detail are kept by their own area."""
    if isinstance(value, tuple):
        # An empty table cannot be told from an empty list of words: neither is kept.
        return bool(value) and all(isinstance(item, str) for item in value)
    return value is None or isinstance(value, (str, int, Decimal, date))


def _json(value: object) -> Any:
    if isinstance(value, Decimal):
        # 10.0 and 10.00 are one amount: without this a change of scale would look like one.
        return f"{value.normalize():f}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _json(item) for name, item in value.items()}
    return value
