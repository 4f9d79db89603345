"""A company of any number of alike accounts, written straight into the tables.

Every account has the same number of orders, deals, contacts and touches, so that whatever a plan
costs more in a larger company, it costs because of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, TextClause, insert, text

from knowledge.records import Database
from knowledge.records import tables as t
from knowledge.records.calling import normalise_names
from knowledge.records.importing.describing import describe, headline

AS_OF = date(2026, 9, 30)
NOW = datetime(2026, 9, 30, tzinfo=UTC)
REPS, REP_HOLDS = 5, 20
ORDERS, DEALS, CONTACTS, TOUCHES = 8, 2, 3, 6
#: The first accounts are written one by one and then copied under other numbers.
BLOCK = 100
_OWN = "N000"  # begins the number of every account of the first block, wherever it stands
_FIRST = ("Alder", "Birch", "Cedar", "Dorn", "Elm", "Fern", "Gorse", "Hazel", "Iris", "Juniper")
_SECOND = ("Dairy", "Foods", "Mills", "Motion", "Paper", "Power", "Rail", "Steel", "Water", "Works")
_TABLES = {
    table.kind: table
    for table in (t.User, t.Product, t.Account, t.Contact, t.Opportunity, t.Order, t.Activity)
}

Row = dict[str, Any]


def name_of(number: int) -> str:
    """The name of an account, such as “Iris Mills N00042”."""
    first, second = _FIRST[number % 10], _SECOND[number // 10 % 10]
    return f"{first} {second} N{number:05d}"


def rep_of(number: int) -> str:
    """The address of a rep, who holds `REP_HOLDS` accounts of the first block."""
    return f"rep{number}@varnholt.example"


def settle(database: Database, accounts: int) -> None:
    """Fill an empty SQLite database with a company of so many accounts, a multiple of `BLOCK`."""
    _write(database, _house())
    _write(database, (row for number in range(BLOCK) for row in _account(number)))
    grants = [
        {"user_id": f"rep{number // REP_HOLDS}", "account_id": _id(number), "why": "owner"}
        for number in range(BLOCK)
    ]
    with database.engine.begin() as connection:
        connection.execute(insert(t.Grant), grants)
        for table in (t.Source, t.SourceVersion, *_TABLES.values()):
            connection.execute(_copies(table), {"blocks": accounts // BLOCK})
    normalise_names(database)  # as an import does at its end


def _copies(table: type[t.Base]) -> TextClause:
    """The first block's rows of a table once more for every other block."""
    columns = [one for one in table.__table__.columns if one.name != "id" or _is_text(one)]
    names = ", ".join(f'"{one.name}"' for one in columns)
    number = "'N' || printf('%03d', block)"
    values = ", ".join(
        f"replace(\"{one.name}\", '{_OWN}', {number})" if _is_text(one) else f'"{one.name}"'
        for one in columns
    )
    key = "source_id" if table is t.SourceVersion else "id"
    return text(
        "WITH RECURSIVE blocks(block) AS "
        "(SELECT 1 UNION ALL SELECT block + 1 FROM blocks WHERE block + 1 < :blocks) "
        f"INSERT INTO {table.__tablename__} ({names}) SELECT {values} "
        f"FROM {table.__tablename__}, blocks WHERE instr({key}, '{_OWN}') AND block < :blocks"
    )


def _is_text(column: ColumnElement[Any]) -> bool:
    return isinstance(column.type, (String, JSON))


def _write(database: Database, rows: Iterator[tuple[str, Row]]) -> None:
    sources: list[Row] = []
    versions: list[Row] = []
    records: dict[str, list[Row]] = {}
    for kind, row in rows:
        source_id = f"{kind}:{row['id']}"
        account = row["id"] if kind == "account" else row.get("account_id")
        payload = {name: _plain(value) for name, value in row.items() if value is not None}
        sources.append(
            {
                "id": source_id,
                "kind": kind,
                "title": headline(kind, payload),
                "audience": "account" if account else "everyone",
                "account_id": account,
                "current": 1,
                "linked": 1,
                "cut": 1,
            }
        )
        versions.append(
            {
                "source_id": source_id,
                "number": 1,
                "content_hash": source_id,
                "text": describe(kind, payload),
                "payload": payload,
                "origin": "generated:1",
                "imported_at": NOW,
            }
        )
        records.setdefault(kind, []).append({**row, "source_id": source_id, "version": 1})
    with database.engine.begin() as connection:
        connection.execute(insert(t.Source), sources)
        connection.execute(insert(t.SourceVersion), versions)
        for kind, some in records.items():
            connection.execute(insert(_TABLES[kind]), some)


def _house() -> Iterator[tuple[str, Row]]:
    for number in range(REPS):
        yield (
            "user",
            {"id": f"rep{number}", "name": f"Rep Number {number}", "email": rep_of(number)},
        )
    for number in range(4):
        yield "product", {"id": f"p{number}", "name": f"GTX {number}", "family": "Drives"}


def _account(number: int) -> Iterator[tuple[str, Row]]:
    here, name, spread = _id(number), name_of(number), number * 7919 % 1000
    yield (
        "account",
        {
            "id": here,
            "name": name,
            "owner_id": f"rep{number // REP_HOLDS % REPS}",
            "tier": "ABC"[number % 3],
            "currency": "EUR",
            "potential": Decimal(40_000 + spread * 300),
            "cost_to_serve": Decimal(2_000 + spread),
            "gross_margin": Decimal(9_000 + spread * 10),
            "customer_since": date(2019, 3, 1),
        },
    )
    for at in range(CONTACTS):
        yield (
            "contact",
            {
                "id": f"{here}-c{at}",
                "account_id": here,
                "name": f"{_FIRST[at]} Keller N{number:05d}",
                "email": f"c{at}@aN{number:05d}.example",
                "title": ("Head of Purchasing", "Plant Manager", "Engineer")[at],
                "buying_roles": [("decider", "user", "influencer")[at]],
                "reports_to_id": f"{here}-c0" if at else None,
            },
        )
    for at in range(DEALS):
        yield (
            "opportunity",
            {
                "id": f"{here}-d{at}",
                "account_id": here,
                "owner_id": f"rep{number // REP_HOLDS % REPS}",
                "name": f"{name} line {at}",
                "status": ("open", "won")[at % 2],
                "stage": ("Proposal", "Closed Won")[at % 2],
                "amount": Decimal(10_000 + spread * 20),
                "currency": "EUR",
                "created_on": date(2026, 5, 2),
                "closes_on": date(2026, 11 if at % 2 == 0 else 7, 15),
            },
        )
    for at in range(ORDERS):
        yield (
            "order",
            {
                "id": f"{here}-o{at}",
                "account_id": here,
                "product_id": f"p{at % 4}",
                "ordered_on": AS_OF - timedelta(days=20 + at * 85),
                "quantity": Decimal(3),
                "amount": Decimal(1_000 + spread * 11 + at),
                "currency": "EUR",
            },
        )
    for at in range(TOUCHES):
        yield (
            "activity",
            {
                "id": f"{here}-t{at}",
                "account_id": here,
                "contact_id": f"{here}-c{at % CONTACTS}",
                "user_id": f"rep{number // REP_HOLDS % REPS}",
                "type": ("call", "meeting", "email")[at % 3],
                "subject": f"Line {at} at {name}",
                "direction": "out",
                "occurred_at": NOW - timedelta(days=9 + at * 31),
            },
        )


def _id(number: int) -> str:
    return f"aN{number:05d}"


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, list)) else str(value)
