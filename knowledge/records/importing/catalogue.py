"""The kinds of record an import can give, with their fields and what refers to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text
from sqlalchemy.types import JSON

from knowledge.records import tables as t
from knowledge.records.base import Amount, Instant, Record

#: What a reference column points to. `what_id` and `party_id` stand in no table: they decide,
#: when they are linked, which other column they fill.
TARGETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "account_id": ("account",),
        "parent_id": ("account",),
        "owner_id": ("user",),
        "user_id": ("user",),
        "manager_id": ("user",),
        "requested_by_id": ("user",),
        "approver_id": ("user",),
        "team_id": ("team",),
        "product_id": ("product",),
        "competitor_id": ("competitor",),
        "contact_id": ("contact",),
        "reports_to_id": ("contact",),
        "opportunity_id": ("opportunity",),
        "activity_id": ("activity",),
        "policy_id": ("policy",),
        "value_driver_id": ("value_driver",),
        "what_id": ("opportunity", "account"),
        "party_id": ("user", "contact"),
    }
)

_IMPORTER_ONLY: dict[str, dict[str, str]] = {
    "opportunity": {"is_won": "flag", "is_closed": "flag", "contact": "text"},
    "contact": {"first_name": "text", "last_name": "text"},
    "user": {"first_name": "text", "last_name": "text"},
    "activity": {
        "subtype": "text",
        "is_closed": "flag",
        "incoming": "flag",
        "priority": "text",
        "what_id": "text",
        "party": "text",
        "party_id": "text",
        "duration_seconds": "int",
    },
    "article": {
        "title": "text",
        "summary": "long",
        "question": "long",
        "body": "long",
        "published_on": "date",
    },
    "lead": {
        "name": "text",
        "first_name": "text",
        "last_name": "text",
        "company": "text",
        "email": "text",
        "phone": "text",
        "title": "text",
        "status": "text",
        "language": "text",
        "owner": "text",
        "owner_id": "text",
        "description": "long",
    },
    "customer": {
        "name": "text",
        "email": "text",
        "phone": "text",
        "company": "text",
        "owner": "text",
        "product": "text",
        "status": "text",
        "amount": "money",
        "currency": "text",
        "last_contact_on": "date",
        "follow_up_on": "date",
        "notes": "long",
    },
}
_DERIVED = frozenset({"id", "source_id", "version", "implied"})


@dataclass(frozen=True)
class Kind:
    """One kind of record. `fields` gives the form of each (`text`, `money`, `date`, …)."""

    name: str
    table: type[Record] | None
    fields: Mapping[str, str]
    references: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The kind in words, such as “value driver”."""
        return self.name.replace("_", " ")

    @property
    def columns(self) -> Table:
        """The SQL table; only for kinds that have one."""
        assert self.table is not None, f"{self.name} has no table"
        columns = self.table.__table__
        assert isinstance(columns, Table), "records are tables, not queries"
        return columns


def _form(column: Column[object]) -> str:
    kind = column.type
    for types, form in (
        (Amount, "money"),
        (Instant, "instant"),
        (Date, "date"),
        (Boolean, "flag"),
        (Integer, "int"),
        (JSON, "list"),
        (Text, "long"),
        (String, "text"),
    ):
        if isinstance(kind, types):
            return form
    raise TypeError(f"no form for column {column}")


def _table_fields(table: Table) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        if column.name in _DERIVED:
            continue
        if column.name in TARGETS:
            yield column.name.removesuffix("_id"), "text"
            yield column.name, "text"
        else:
            yield column.name, _form(column)


def _kind(name: str, table: type[Record] | None) -> Kind:
    fields = {"id": "text", "modified": "instant"}
    references: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    if table is not None:
        columns = table.__table__
        assert isinstance(columns, Table), "records are tables, not queries"
        fields |= dict(_table_fields(columns))
        references = tuple(column.name for column in columns.columns if column.name in TARGETS)
        required = frozenset(
            column.name
            for column in columns.columns
            if not column.nullable and column.default is None and column.name not in _DERIVED
        )
    fields |= _IMPORTER_ONLY.get(name, {})
    if name == "activity":
        references += ("what_id", "party_id")
    return Kind(name, table, MappingProxyType(fields), references, required)


#: Kinds whose rows become records of their own table, in the order in which they are linked:
#: what is referred to comes before what refers to it.
LINKED: tuple[str, ...] = (
    "team",
    "user",
    "account",
    "competitor",
    "product",
    "policy",
    "value_driver",
    "account_team_member",
    "contact",
    "opportunity",
    "activity",
    "price",
    "opportunity_line",
    "opportunity_contact",
    "activity_contact",
    "order",
    "contract",
    "adaptation",
    "spend_estimate",
    "case",
    "commitment",
    "value_input",
    "approval",
)

_TABLES: dict[str, type[Record]] = {
    table.kind: table
    for table in (getattr(t, name) for name in t.__all__)
    if isinstance(table, type) and issubclass(table, Record) and table.kind
}

#: Every kind a sheet can hold: the linked ones, articles, and two that give several records.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {name: _kind(name, _TABLES.get(name)) for name in (*LINKED, "article", "lead", "customer")}
)
