"""Small accounts by hand: each function builds one row, `file` puts rows together.

Rows are made without a database, so the defaults of the columns are set here. `file` takes rows
of any kind in any order and keeps them as the ledger would.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from knowledge.records import AccountFile, Catalogue, Holding, Portfolio, Revenue
from knowledge.records import tables as t

R = TypeVar("R", bound=t.Record)

TODAY = date(2026, 9, 30)
ACCOUNT = "acme"

_PLACES: Mapping[type[t.Record], str] = {
    t.AccountTeamMember: "team",
    t.Contact: "contacts",
    t.Opportunity: "opportunities",
    t.OpportunityLine: "lines",
    t.OpportunityContact: "deal_contacts",
    t.Activity: "activities",
    t.ActivityContact: "participants",
    t.Commitment: "commitments",
    t.Case: "cases",
    t.Contract: "contracts",
    t.Adaptation: "adaptations",
    t.SpendEstimate: "spend",
    t.Approval: "approvals",
    t.ValueInput: "value_inputs",
    t.Document: "documents",
}


def row(table: type[R], key: str, **fields: Any) -> R:
    """Any record, with the defaults its columns would give it in the database."""
    defaults: dict[str, Any] = {}
    for column in table.__table__.columns:
        default = column.default
        if default is not None and default.is_scalar:
            defaults[column.key] = default.arg
        elif default is not None:
            defaults[column.key] = []
    source = {"id": key, "source_id": f"{table.kind}:{key}", "version": 1}
    return table(**{**defaults, **source, **fields})


def account(key: str = ACCOUNT, **fields: Any) -> t.Account:
    return row(t.Account, key, **{"name": "Acme Dairy", "currency": "EUR", **fields})


def user(key: str, **fields: Any) -> t.User:
    return row(t.User, key, **{"name": key.title(), "function": "Sales", **fields})


def contact(key: str, *roles: str, **fields: Any) -> t.Contact:
    given = {"name": key.title(), "buying_roles": list(roles), "account_id": ACCOUNT}
    return row(t.Contact, key, **{**given, **fields})


def deal(key: str, status: str = "open", **fields: Any) -> t.Opportunity:
    given = {"name": key.title(), "status": status, "account_id": ACCOUNT, "currency": "EUR"}
    return row(t.Opportunity, key, **{**given, **fields})


def touch(
    key: str, on: date, contact_id: str | None = None, user_id: str | None = None, **fields: Any
) -> t.Activity:
    given = {
        "account_id": ACCOUNT,
        "contact_id": contact_id,
        "user_id": user_id,
        "type": "meeting",
        "subject": f"Meeting {key}",
        "occurred_at": datetime(on.year, on.month, on.day, 10, tzinfo=UTC),
    }
    return row(t.Activity, key, **{**given, **fields})


def order(key: str, on: date, amount: int | Decimal, **fields: Any) -> Revenue:
    given: dict[str, Any] = {
        "on": on,
        "amount": Decimal(amount),
        "currency": "EUR",
        "product_id": None,
        "business_unit": None,
        "cost": None,
        "ref": f"order:{key}@1",
    }
    return Revenue(**{**given, **fields})


def commitment(key: str, kind: str = "promise", side: str = "ours", **fields: Any) -> t.Commitment:
    given = {"type": kind, "side": side, "text": f"{kind} {key}", "account_id": ACCOUNT}
    return row(t.Commitment, key, **{**given, **fields})


def case(key: str, opened: date, closed: date | None = None, **fields: Any) -> t.Case:
    given = {
        "account_id": ACCOUNT,
        "subject": f"Case {key}",
        "opened_at": datetime(opened.year, opened.month, opened.day, 9, tzinfo=UTC),
        "closed_at": closed and datetime(closed.year, closed.month, closed.day, 9, tzinfo=UTC),
    }
    return row(t.Case, key, **{**given, **fields})


def product(key: str, family: str | None = None, **fields: Any) -> t.Product:
    return row(t.Product, key, **{"name": key.upper(), "family": family, **fields})


def competitor(key: str, **fields: Any) -> t.Competitor:
    return row(t.Competitor, key, **{"name": key.title(), **fields})


def contract(key: str, starts: date | None, ends: date | None, **fields: Any) -> t.Contract:
    given = {"name": key.title(), "account_id": ACCOUNT, "starts_on": starts, "ends_on": ends}
    return row(t.Contract, key, **{**given, **fields})


def adaptation(key: str, on: date | None, side: str = "ours", **fields: Any) -> t.Adaptation:
    given = {"description": f"Adapted: {key}", "account_id": ACCOUNT, "made_on": on, "side": side}
    return row(t.Adaptation, key, **{**given, **fields})


def estimate(
    key: str, unit: str | None, family: str, low: int | None, high: int | None, **fields: Any
) -> t.SpendEstimate:
    given = {
        "account_id": ACCOUNT,
        "business_unit": unit,
        "product_family": family,
        "low": None if low is None else Decimal(low),
        "high": None if high is None else Decimal(high),
        "currency": "EUR",
    }
    return row(t.SpendEstimate, key, **{**given, **fields})


def line(key: str, deal_id: str, product_id: str, **fields: Any) -> t.OpportunityLine:
    given = {"opportunity_id": deal_id, "product_id": product_id}
    return row(t.OpportunityLine, key, **{**given, **fields})


def limit(key: str, inside: int, approval: int | None, **fields: Any) -> t.Policy:
    given = {
        "subject": "discount_percent",
        "inside_up_to": Decimal(inside),
        "approval_up_to": None if approval is None else Decimal(approval),
        "approver_role": "manager",
    }
    return row(t.Policy, key, **{**given, **fields})


def approval(key: str, value: int, **fields: Any) -> t.Approval:
    given = {"subject": "discount_percent", "value": Decimal(value), "account_id": ACCOUNT}
    return row(t.Approval, key, **{**given, "decision": "approved", **fields})


def holding(key: str, latest: int, before: int = 0, **fields: Any) -> Holding:
    """An account with its revenue of the last twelve months and of the twelve before."""
    months = {0: {"EUR": Decimal(latest)}, 12: {"EUR": Decimal(before)}}
    return Holding(account(key, **{"name": key.title(), **fields}), months)


def portfolio(*holdings: Holding, as_of: date = TODAY, users: tuple[t.User, ...] = ()) -> Portfolio:
    """A portfolio as the ledger opens it, in order of name."""
    catalogue = Catalogue({one.id: one for one in users}, {}, (), {}, (), "orders", "EUR")
    ranked = sorted(holdings, key=lambda each: (each.account.name, each.account.id))
    return Portfolio(as_of, catalogue, tuple(ranked))


def file(
    *rows: t.Record | Revenue,
    as_of: date = TODAY,
    rates: Mapping[str, Decimal] | None = None,
    revenue_basis: str = "orders",
    parent: t.Account | None = None,
    subsidiaries: tuple[t.Account, ...] = (),
) -> AccountFile:
    """The file on the first account among the rows, or on a plain one."""
    by_place: dict[str, list[t.Record]] = {}
    for entry in rows:
        if isinstance(entry, t.Record) and type(entry) in _PLACES:
            by_place.setdefault(_PLACES[type(entry)], []).append(entry)
    return AccountFile(
        account=next((entry for entry in rows if isinstance(entry, t.Account)), account()),
        as_of=as_of,
        catalogue=Catalogue(
            users={entry.id: entry for entry in rows if isinstance(entry, t.User)},
            products={entry.id: entry for entry in rows if isinstance(entry, t.Product)},
            value_drivers=tuple(entry for entry in rows if isinstance(entry, t.ValueDriver)),
            competitors={entry.id: entry for entry in rows if isinstance(entry, t.Competitor)},
            policies=tuple(entry for entry in rows if isinstance(entry, t.Policy)),
            revenue_basis=revenue_basis,
            currency="EUR",
            rates=dict(rates or {}),
        ),
        parent=parent,
        subsidiaries=subsidiaries,
        revenue=tuple(entry for entry in rows if isinstance(entry, Revenue)),
        **{place: tuple(sorted(kept, key=_order)) for place, kept in by_place.items()},  # type: ignore[arg-type]
    )


def _order(entry: t.Record) -> tuple[str, str]:
    for name in ("occurred_at", "created_on", "made_on", "opened_at", "dated"):
        moment = getattr(entry, name, None)
        if moment is not None:
            return (moment.isoformat(), entry.id)
    return ("", entry.id)
