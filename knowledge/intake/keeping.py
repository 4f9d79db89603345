"""Keeping a few records at once: landed, derived and findable by words in one transaction.

An import does the same in steps over many rows; what a person tells us is there as soon as the
transaction ends, whatever else still waits to be linked or cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.errors import NotFound
from knowledge.intake.cutting import cut_sources
from knowledge.records import Viewer
from knowledge.records.importing.catalogue import LINKED
from knowledge.records.importing.deriving import derive
from knowledge.records.importing.describing import describe, headline
from knowledge.records.importing.holding import hold, overlaid
from knowledge.records.importing.leaving_out import blackened
from knowledge.records.landing import Arrival, Outcome, land, take_turn
from knowledge.records.tables import Account, Source, SourceVersion
from knowledge.records.viewers import may_see_account, may_see_source

#: In the payload of a version whose words were taken back; nothing is derived from it.
WITHDRAWN = "withdrawn"


def arrival_of(
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    *,
    origin: str,
    dated: date | None,
    account_id: str | None = None,
) -> Arrival:
    """A record as it arrives from a person; empty fields are left out, as an import does."""
    said = {name: value for name, value in payload.items() if value not in (None, "", {})}
    return Arrival(
        kind,
        key,
        headline(kind, said),
        describe(kind, said),
        said,
        origin,
        dated,
        "account" if account_id else "unassigned",
        account_id,
    )


def keep(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[Outcome]:
    """Land some arrivals, derive their records and cut their passages."""
    arrivals = blackened(session, arrivals)
    outcomes = land(session, arrivals, now)
    changed = {a.source_id for a, o in zip(arrivals, outcomes, strict=True) if o != "unchanged"}
    for kind in LINKED:
        mine = [a.source_id for a in arrivals if a.kind == kind and a.source_id in changed]
        if mine:
            query = select(Source.id, Source.current).where(Source.id.in_(mine))
            derive(session, kind, [(row.id, row.current) for row in session.execute(query)])
    if changed:
        cut_sources(session, sorted(changed))
    return outcomes


def amend(
    session: Session,
    viewer: Viewer,
    source_id: str,
    topic: str,
    fields: Mapping[str, Any],
    *,
    said_on: date,
    now: datetime,
) -> str:
    """Set fields of a record that an export may own; returns the reference of its new version.

    The fields stay through later imports until the export itself says something new of them.

    Raises:
        NotFound: no such record that the viewer may see.
    """
    take_turn(session)
    source, version = visible_source(session, viewer, source_id)
    hold(
        session,
        source_id,
        topic,
        fields,
        payload=version.payload,
        said_by=viewer.name,
        said_on=said_on,
    )
    payload = overlaid(version.payload, fields)
    key = source_id.partition(":")[2]
    arrival = arrival_of(source.kind, key, payload, origin=viewer.name, dated=source.dated)
    keep(session, [arrival], now)
    return current_ref(session, source_id)


def visible_source(
    session: Session, viewer: Viewer, source_id: str
) -> tuple[Source, SourceVersion]:
    """A source with its current version; raises `NotFound`, also for one withdrawn."""
    row = session.execute(
        select(Source, SourceVersion)
        .join(
            SourceVersion,
            (SourceVersion.source_id == Source.id) & (SourceVersion.number == Source.current),
        )
        .where(Source.id == source_id, may_see_source(viewer))
    ).first()
    if row is None or WITHDRAWN in row[1].payload:
        kind, _, name = source_id.partition(":")
        raise NotFound(kind.replace("_", " "), name)
    return row[0], row[1]


def visible_account(session: Session, viewer: Viewer, account_id: str) -> Account:
    """The account, if the viewer may see it; raises `NotFound`."""
    query = select(Account).where(Account.id == account_id, may_see_account(viewer, Account.id))
    account = session.scalar(query)
    if account is None:
        raise NotFound("account", account_id)
    return account


def current_ref(session: Session, source_id: str) -> str:
    """The reference of a source's newest version."""
    number = session.scalar(select(Source.current).where(Source.id == source_id))
    return f"{source_id}@{number}"
