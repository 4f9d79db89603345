"""The one door through which anything citable enters: an arrival becomes a source version.

A source is found again by `kind:key`. When what arrives says something new, a new version is
written and the source points to it; older versions are never touched, so that what was cited
stays readable. Nothing is understood here: references are resolved, and text is cut into
passages, by later steps that see `Source.linked` and `Source.cut` lag behind `Source.current`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Literal, TypeVar

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.orm import Session

from knowledge.records.sources import Source, SourceVersion

Outcome = Literal["created", "updated", "unchanged"]
_T = TypeVar("_T")

#: How many values stand in one `IN (…)`: below the limit of every supported database.
CHUNK = 500
#: Any fixed number: PostgreSQL's name for "the importer's turn".
_TURN = 7_203_115


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something citable as it arrives, before anything is known about its neighbours.

    `payload` holds JSON values only. `origin` is `file:line`. An `audience` of `unassigned`
    says "not known yet": it never takes a source away from the account it already belongs to.
    """

    kind: str
    key: str
    title: str
    text: str
    payload: dict[str, Any]
    origin: str
    dated: date | None = None
    audience: str = "unassigned"
    account_id: str | None = None
    owner_id: str | None = None

    @property
    def source_id(self) -> str:
        """`kind:key`, the id of the source."""
        return f"{self.kind}:{self.key}"


def land(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[Outcome]:
    """Keep what arrived; one outcome an arrival, in their order.

    Inserts in bulk. The caller commits: what is landed together is kept together.
    """
    take_turn(session)
    arrivals = [_storable(arrival) for arrival in arrivals]
    newest = _newest(session, {arrival.source_id for arrival in arrivals})
    created: dict[str, dict[str, Any]] = {}
    updated: dict[str, dict[str, Any]] = {}
    versions: list[dict[str, Any]] = []
    outcomes: list[Outcome] = []
    for arrival in arrivals:
        source_id, digest = arrival.source_id, content_hash(arrival)
        number, known = newest.get(source_id, (0, ""))
        if digest == known:
            outcomes.append("unchanged")
            continue
        newest[source_id] = (number + 1, digest)
        versions.append(_version(arrival, number + 1, digest, now))
        if number == 0 or source_id in created:
            created[source_id] = _source(arrival, number + 1)
        else:
            updated[source_id] = _source(arrival, number + 1)
        outcomes.append("created" if number == 0 else "updated")
    _write(session, created, updated, versions)
    return outcomes


def content_hash(arrival: Arrival) -> str:
    """What tells two states of one source apart: title, text and payload, nothing else."""
    content = json.dumps(
        [arrival.title, arrival.text, arrival.payload], sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(content.encode()).hexdigest()


def chunks(values: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """The values in lists of at most `size`, for `IN` look-ups and batches."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def take_turn(session: Session) -> None:
    """Wait for other importers: held until the transaction ends.

    Two that both find a source missing would both create it. SQLite gives the turn to who
    writes first, so an update of no row asks for it before anything is read.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    else:
        session.execute(text("UPDATE sources SET current = current WHERE 0"))


def _newest(session: Session, source_ids: set[str]) -> dict[str, tuple[int, str]]:
    """The current number and content hash of those sources that exist."""
    found: dict[str, tuple[int, str]] = {}
    for chunk in chunks(sorted(source_ids)):
        rows = session.execute(
            select(Source.id, Source.current, SourceVersion.content_hash)
            .join(
                SourceVersion,
                (SourceVersion.source_id == Source.id) & (SourceVersion.number == Source.current),
            )
            .where(Source.id.in_(chunk))
        )
        found.update({source_id: (number, digest) for source_id, number, digest in rows})
    return found


def _source(arrival: Arrival, number: int) -> dict[str, Any]:
    return {
        "id": arrival.source_id,
        "kind": arrival.kind,
        "title": arrival.title,
        "audience": arrival.audience,
        "account_id": arrival.account_id,
        "owner_id": arrival.owner_id,
        "current": number,
        "linked": 0,
        "cut": 0,
        "dated": arrival.dated,
    }


def _version(arrival: Arrival, number: int, digest: str, now: datetime) -> dict[str, Any]:
    return {
        "source_id": arrival.source_id,
        "number": number,
        "content_hash": digest,
        "text": arrival.text,
        "payload": arrival.payload,
        "origin": arrival.origin,
        "imported_at": now,
    }


def _write(
    session: Session,
    created: dict[str, dict[str, Any]],
    updated: dict[str, dict[str, Any]],
    versions: list[dict[str, Any]],
) -> None:
    connection = session.connection()
    if created:
        connection.execute(insert(Source), list(created.values()))
    for known in (True, False):  # two shapes of row: an executemany needs one
        names = ["current", "title", "dated"]
        names += ["audience", "account_id", "owner_id"] if known else []
        rows = [
            {"at": row["id"], **{f"new_{name}": row[name] for name in names}}
            for row in updated.values()
            if (row["audience"] != "unassigned") is known
        ]
        if rows:
            values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
            source = Source.__table__
            connection.execute(
                update(Source).where(source.c.id == bindparam("at")).values(values), rows
            )
    if versions:
        connection.execute(insert(SourceVersion), versions)


def _storable(arrival: Arrival) -> Arrival:
    """Without what a database refuses: NUL characters and halves of surrogate pairs."""
    if _clean(arrival.text) and _clean(arrival.title) and _clean(arrival.key):
        return arrival
    return replace(
        arrival,
        key=storable(arrival.key),
        title=storable(arrival.title),
        text=storable(arrival.text),
    )


def storable(value: str) -> str:
    """The text without NUL characters; a lone surrogate becomes a question mark."""
    if _clean(value):
        return value
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _clean(value: str) -> bool:
    if value.isascii():
        return "\x00" not in value
    return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
