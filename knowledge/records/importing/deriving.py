"""From source versions to records: a batch of one kind, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.records.importing import directory
from knowledge.records.importing.catalogue import KINDS, Kind
from knowledge.records.importing.directory import Called, names_of
from knowledge.records.importing.resolving import Answer, Resolver, references
from knowledge.records.importing.unsettled import unsettle
from knowledge.records.importing.writing import EVERYONE, Derived, write
from knowledge.records.landing import chunks
from knowledge.records.sources import Source, SourceVersion

#: References through which a record belongs to an account, when it names none itself.
THROUGH = ("opportunity_id", "contact_id", "activity_id")
#: Kinds whose account or owner others take over.
PASSED_ON = frozenset({"opportunity", "contact", "activity"})
_OWNERS = ("owner_id", "user_id", "requested_by_id")
_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "money": Decimal,
    "date": date.fromisoformat,
    "instant": datetime.fromisoformat,
}


@dataclass(slots=True)
class Batch:
    """What one transaction derived; `read` has the answer to every reference column of it."""

    derived: int = 0
    read: dict[tuple[str, str], Answer] = field(default_factory=dict)


def derive(session: Session, kind_name: str, lagging: Sequence[tuple[str, int]]) -> Batch:
    """Derive the records of these sources (id and current number) and mark them as linked."""
    kind = KINDS[kind_name]
    payloads = _payloads(session, lagging)
    ids = {source_id: source_id.partition(":")[2] for source_id, _ in lagging}
    before = _rows_before(session, kind, list(ids.values()))
    fresh = {record_id for record_id in ids.values() if record_id not in before}
    named: set[Called] = set()
    for source_id, payload in payloads.items():
        named |= names_of(kind.name, ids[source_id], payload)
    directory.rename(session, kind.name, ids.values(), named, set())
    directory.mark_by_id(session, fresh)
    derived = _resolve(session, kind, lagging, payloads, ids)
    write(session, kind, derived)
    _announce(session, kind, before, derived, named)
    read = {(one.source_id, a.reference.column): a for one in derived for a in one.answers}
    return Batch(len(derived), read)


def _payloads(session: Session, lagging: Sequence[tuple[str, int]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for chunk in chunks([source_id for source_id, _ in lagging]):
        rows = session.execute(
            select(SourceVersion.source_id, SourceVersion.payload)
            .join(Source, Source.id == SourceVersion.source_id)
            .where(SourceVersion.source_id.in_(chunk), SourceVersion.number == Source.current)
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def _rows_before(session: Session, kind: Kind, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    table = kind.columns
    found: dict[str, Mapping[str, Any]] = {}
    for chunk in chunks(ids):
        rows = session.execute(select(table).where(table.c.id.in_(chunk))).mappings()
        found.update({row["id"]: row for row in rows})
    return found


def _resolve(
    session: Session,
    kind: Kind,
    lagging: Sequence[tuple[str, int]],
    payloads: Mapping[str, dict[str, Any]],
    ids: Mapping[str, str],
) -> list[Derived]:
    """Answer every reference of the batch and fill the rows with what was found."""
    said = {source_id: list(references(kind.name, p)) for source_id, p in payloads.items()}
    resolver = Resolver(session)
    resolver.prepare([one for some in said.values() for one in some])
    resolver.add_ids(kind.name, list(ids.values()))
    derived: list[Derived] = []
    for source_id, number in lagging:
        payload = payloads[source_id]
        answers: list[Answer] = []
        account: str | None = None
        for reference in said[source_id]:
            answers.append(resolver.answer(reference, account))
            if reference.column == "account_id":
                account = answers[-1].target_id
        row = _row(kind, ids[source_id], source_id, number, payload)
        _fill(kind, row, answers)
        derived.append(Derived(source_id, number, row, answers))
    _belong(session, kind, derived)
    return derived


def _row(
    kind: Kind, record_id: str, source_id: str, number: int, payload: Mapping[str, Any]
) -> dict[str, Any]:
    row: dict[str, Any] = {"id": record_id, "source_id": source_id, "version": number}
    for column in kind.columns.columns:
        name = column.name
        if name in row:
            continue
        value = None if name in kind.references else payload.get(name)
        if value is None and column.default is not None:
            value = [] if column.default.is_callable else column.default.arg  # type: ignore[attr-defined]
        elif value is not None and (convert := _VALUES.get(kind.fields.get(name, ""))):
            value = convert(value)
        row[name] = value
    return row


def _fill(kind: Kind, row: dict[str, Any], answers: Iterable[Answer]) -> None:
    """Each reference column with its target; `what_id` and `party_id` fill another's place."""
    columns = kind.columns.columns
    for answer in answers:
        column = answer.reference.column
        if column not in columns:
            column = f"{answer.kind}_id"
            if row.get(column):
                continue
        row[column] = answer.target_id


def _belong(session: Session, kind: Kind, derived: Sequence[Derived]) -> None:
    """Whose each record is: by its own words, else through the deal, person or touch it is of."""
    around = _facts(session, derived)
    for one in derived:
        if kind.name in EVERYONE:
            continue
        found = {answer.kind: answer.target_id for answer in one.answers if answer.target_id}
        via = [
            around.get((n.removesuffix("_id"), found.get(n.removesuffix("_id")))) for n in THROUGH
        ]
        known = [facts for facts in via if facts is not None]
        account = one.row["id"] if kind.name == "account" else one.row.get("account_id")
        if account is None:
            account = found.get("account") or next((a for a, _ in known if a), None)
        owner = next((one.row[name] for name in _OWNERS if one.row.get(name)), None)
        one.account_id, one.owner_id = account, owner or next((o for _, o in known if o), None)
        if "account_id" in one.row:
            one.row["account_id"] = account


def _facts(
    session: Session, derived: Sequence[Derived]
) -> dict[tuple[str, str | None], tuple[str | None, str | None]]:
    """Account and owner of the deals, people and touches that the batch refers to."""
    wanted: dict[str, set[str]] = {column.removesuffix("_id"): set() for column in THROUGH}
    for one in derived:
        for answer in one.answers:
            if answer.target_id and answer.kind in wanted:
                wanted[answer.kind].add(answer.target_id)
    facts: dict[tuple[str, str | None], tuple[str | None, str | None]] = {}
    for kind, ids in wanted.items():
        table = KINDS[kind].columns
        owner = table.c.user_id if kind == "activity" else table.c.owner_id
        for chunk in chunks(sorted(ids)):
            query = select(table.c.id, table.c.account_id, owner).where(table.c.id.in_(chunk))
            for record_id, account_id, owner_id in session.execute(query):
                facts[kind, record_id] = (account_id, owner_id)
    return facts


def _announce(
    session: Session,
    kind: Kind,
    before: Mapping[str, Mapping[str, Any]],
    derived: Sequence[Derived],
    named: set[Called],
) -> None:
    """Mark whatever depends on what changed: rows taking over an account, and rights."""
    accounts: set[str] = set()
    moved: set[str] = set()
    for one in derived:
        old = before.get(one.row["id"], {})
        watched = [c for c in ("account_id", *_OWNERS, "id") if c in one.row]
        if kind.name == "account":
            changed = not old or old["owner_id"] != one.row["owner_id"]
            accounts |= {one.row["id"]} if changed else set()
        elif any(old.get(column) != one.row[column] for column in watched):
            accounts |= {a for a in (old.get("account_id"), one.row.get("account_id")) if a}
            moved |= {one.row["id"]} if old else set()
    if kind.name in {"account", "account_team_member", "opportunity", "contact"}:
        unsettle(session, "rights", accounts)
    if kind.name in {"user", "team"}:
        unsettle(session, "oversight", {"all"})
    if moved and kind.name in PASSED_ON:
        directory.mark_by_target(session, kind.name, moved)
        directory.mark_by_key(session, kind.name, {c.key for c in named if c.record_id in moved})
