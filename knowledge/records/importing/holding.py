"""Keeping what people said here when the export, which does not know it, arrives again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.records.held import Held
from knowledge.records.importing.describing import describe, headline
from knowledge.records.landing import Arrival, chunks


def hold(
    session: Session,
    source_id: str,
    topic: str,
    fields: Mapping[str, Any],
    *,
    payload: Mapping[str, Any],
    said_by: str,
    said_on: date,
) -> None:
    """Remember fields that a person set on a record; `payload` is the record's current one."""
    known = session.get(Held, (source_id, topic))
    earlier = known.was if known else {}
    was = {name: earlier.get(name, payload.get(name)) for name in fields}
    if known is not None:
        fields = known.fields | dict(fields)
        was = known.was | was
    session.merge(
        Held(
            source_id=source_id,
            topic=topic,
            fields=dict(fields),
            was=was,
            said_by=said_by,
            said_on=said_on,
        )
    )


def with_what_is_held(session: Session, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals, each with what people said of its record; outdated words are dropped."""
    held: dict[str, list[Held]] = defaultdict(list)
    for some in chunks([arrival.source_id for arrival in arrivals]):
        for row in session.scalars(
            select(Held).where(Held.source_id.in_(some)).order_by(Held.source_id, Held.topic)
        ):
            held[row.source_id].append(row)
    if not held:
        return list(arrivals)
    return [_joined(session, one, held.get(one.source_id, [])) for one in arrivals]


def _joined(session: Session, arrival: Arrival, held: Sequence[Held]) -> Arrival:
    payload = dict(arrival.payload)
    for row in held:
        if {name: arrival.payload.get(name) for name in row.was} == row.was:
            payload = overlaid(payload, row.fields)
        else:
            session.delete(row)
    if payload == arrival.payload:
        return arrival
    return replace(
        arrival,
        title=headline(arrival.kind, payload),
        text=describe(arrival.kind, payload),
        payload=payload,
    )


def overlaid(payload: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """A payload with some fields set; None takes a field away."""
    joined = {**payload, **fields}
    return {name: value for name, value in joined.items() if value is not None}
