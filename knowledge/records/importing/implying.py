"""Records that only references speak of: they come, change and go with those references."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.records.importing import directory
from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.describing import describe
from knowledge.records.importing.directory import names_of
from knowledge.records.importing.keys import is_email
from knowledge.records.importing.rules import name_of
from knowledge.records.importing.shaping import by_domain
from knowledge.records.importing.unsettled import owed, settled, unsettle
from knowledge.records.importing.writing import EVERYONE
from knowledge.records.landing import Arrival, content_hash
from knowledge.records.sources import Grant, Link, Source, SourceVersion

#: An implied record was imported by nobody: it carries the beginning of time.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def settle_implied(session: Session, limit: int) -> int:
    """Create, rewrite or remove some of the implied records whose references changed."""
    keys = owed(session, "implied", limit)
    for key in keys:
        kind, _, record_id = key.partition(":")
        _settle(session, kind, record_id)
    settled(session, "implied", keys)
    return len(keys)


def _settle(session: Session, kind: str, record_id: str) -> None:
    here = (Link.target_id == record_id) & (Link.target_kind == kind) & (Link.how == "implied")
    spellings = list(session.scalars(select(Link.said).where(here)))
    table = KINDS[kind].columns
    before = session.execute(select(table).where(table.c.id == record_id)).mappings().first()
    row = _row(session, kind, record_id, spellings) if spellings else None
    if row is not None and before is not None:
        if kind == "user":
            row["role"] = before["role"]
        if dict(before) == {name: row[name] for name in before}:
            return
    _remove(session, kind, record_id)
    if row is not None:
        _create(session, kind, row)
    if before is None or row is None or before["name"] != row["name"]:
        names = names_of(kind, record_id, row) if row else set()
        directory.rename(session, kind, {record_id}, names, set())
    if row is None:
        directory.mark_by_target(session, kind, {record_id})
        session.execute(delete(Grant).where(Grant.account_id == record_id))
    if kind == "account" and row:
        unsettle(session, "rights", {record_id})
    if kind in {"user", "team"}:
        unsettle(session, "oversight", {"all"})


def _row(session: Session, kind: str, record_id: str, spellings: list[str]) -> dict[str, Any]:
    """The row of an implied record: what can be known of it from those who speak of it."""
    counted = Counter(spellings)
    said = min(counted, key=lambda one: (-counted[one], one))
    row: dict[str, Any] = {
        column.name: ([] if column.default.is_callable else column.default.arg)  # type: ignore[attr-defined]
        if column.default is not None
        else None
        for column in KINDS[kind].columns.columns
    }
    row |= {"id": record_id, "source_id": f"{kind}:{record_id}", "version": 1}
    row |= {"name": _name(kind, said), "implied": True}
    if is_email(said) and kind == "user":
        row["email"] = said.lower()
    if kind == "account":
        row["email_domain"] = said.removeprefix("@") if said.startswith("@") else None
        row |= _from_contacts(session, record_id, row["email_domain"])
    return row


def _name(kind: str, said: str) -> str:
    if said.startswith("@"):
        return said[1:].partition(".")[0].replace("-", " ").title()
    return name_of(said) if kind == "user" and is_email(said) else said


def _from_contacts(session: Session, record_id: str, domain: str | None) -> dict[str, Any]:
    """A prospect if leads speak of it; its domain, if all its people write from one."""
    payloads = session.scalars(
        select(SourceVersion.payload)
        .join(Source, Source.id == SourceVersion.source_id)
        .join(Link, Link.source_id == Source.id)
        .where(
            Link.target_id == record_id,
            Link.target_kind == "account",
            Source.kind == "contact",
            SourceVersion.number == Source.current,
        )
    ).all()
    domains = {by_domain(payload.get("email")) for payload in payloads} - {None}
    only = str(domains.pop()).removeprefix("@") if len(domains) == 1 else None
    prospect = any(payload.get("prospect") for payload in payloads)
    return {"email_domain": domain or only, "type": "Prospect" if prospect else None}


def _create(session: Session, kind: str, row: dict[str, Any]) -> None:
    payload = {"name": row["name"], "implied": True}
    text = f"{describe(kind, payload)}\nKnown only from other records."
    arrival = Arrival(kind, row["id"], row["name"], text, payload, "other records")
    audience = "everyone" if kind in EVERYONE else "account"
    connection = session.connection()
    source = {
        "id": arrival.source_id,
        "kind": kind,
        "title": row["name"],
        "audience": audience,
        "account_id": row["id"] if kind == "account" else None,
        "current": 1,
        "linked": 1,
        "cut": 1,  # there is nothing in it to search
    }
    version = {
        "source_id": arrival.source_id,
        "number": 1,
        "content_hash": content_hash(arrival),
        "text": text,
        "payload": payload,
        "origin": arrival.origin,
        "imported_at": _NEVER,
    }
    connection.execute(insert(Source), source)
    connection.execute(insert(SourceVersion), version)
    connection.execute(insert(KINDS[kind].columns), row)


def _remove(session: Session, kind: str, record_id: str) -> None:
    table = KINDS[kind].columns
    source_id = f"{kind}:{record_id}"
    session.execute(delete(table).where(table.c.id == record_id))
    session.execute(delete(SourceVersion).where(SourceVersion.source_id == source_id))
    session.execute(delete(Source).where(Source.id == source_id))
