"""Writing a derived batch: rows, links, and to whom each source belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.records.importing.catalogue import Kind
from knowledge.records.importing.resolving import Answer
from knowledge.records.importing.unsettled import unsettle
from knowledge.records.landing import chunks
from knowledge.records.sources import Link, Source

#: Kinds everybody with a seat may read about: they belong to no account.
EVERYONE = frozenset({"user", "team", "product", "competitor", "policy", "value_driver", "price"})


@dataclass(slots=True)
class Derived:
    """One record: its row, the answers behind it, and to whom its source belongs."""

    source_id: str
    number: int
    row: dict[str, Any]
    answers: list[Answer]
    account_id: str | None = None
    owner_id: str | None = None


def write(session: Session, kind: Kind, derived: Sequence[Derived]) -> None:
    """Replace rows and links of these records; what they implied or imply is owed a look."""
    connection = session.connection()
    table = kind.columns
    for some in chunks(derived):
        session.execute(delete(table).where(table.c.id.in_([one.row["id"] for one in some])))
        replaced = _implied_targets(session, [one.source_id for one in some])
        session.execute(delete(Link).where(Link.source_id.in_([one.source_id for one in some])))
        unsettle(session, "implied", replaced)
    connection.execute(insert(table), [one.row for one in derived])
    links = [_link(one.source_id, answer) for one in derived for answer in one.answers]
    if links:
        connection.execute(insert(Link), links)
    now_implied = {
        f"{answer.kind}:{answer.target_id}"
        for one in derived
        for answer in one.answers
        if answer.how == "implied"
    }
    unsettle(session, "implied", now_implied)
    source = Source.__table__
    rows = [_belonging(kind, one) for one in derived]
    names = ("audience", "account_id", "owner_id", "linked")
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    connection.execute(update(Source).where(source.c.id == bindparam("at")).values(values), rows)


def _implied_targets(session: Session, source_ids: list[str]) -> set[str]:
    query = select(Link.target_kind, Link.target_id).where(
        Link.source_id.in_(source_ids), Link.how == "implied"
    )
    return {f"{kind}:{target}" for kind, target in session.execute(query)}


def _link(source_id: str, answer: Answer) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "field": answer.reference.column,
        "target_kind": answer.kept_kind,
        "said": answer.reference.said,
        "said_id": answer.reference.said_id,
        "key": answer.reference.key,
        "target_id": answer.target_id,
        "how": answer.how,
    }


def _belonging(kind: Kind, one: Derived) -> dict[str, Any]:
    audience = "account" if one.account_id else "owner" if one.owner_id else "unassigned"
    return {
        "at": one.source_id,
        "new_audience": "everyone" if kind.name in EVERYONE else audience,
        "new_account_id": one.account_id,
        "new_owner_id": one.owner_id,
        "new_linked": one.number,
    }
