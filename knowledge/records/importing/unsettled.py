"""What linking still owes: written with the change that asks for it, removed when it is done."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.records.landing import chunks
from knowledge.records.sources import Unsettled


def unsettle(session: Session, what: str, keys: Collection[str]) -> None:
    """Remember that these are to be derived again."""
    for chunk in chunks(sorted(keys)):
        here = (Unsettled.what == what) & Unsettled.key.in_(chunk)
        known = set(session.scalars(select(Unsettled.key).where(here)))
        if new := [{"what": what, "key": key} for key in chunk if key not in known]:
            session.connection().execute(insert(Unsettled), new)


def owed(session: Session, what: str, limit: int) -> list[str]:
    """Some of what is to be derived again."""
    query = select(Unsettled.key).where(Unsettled.what == what).order_by(Unsettled.key)
    return list(session.scalars(query.limit(limit)))


def settled(session: Session, what: str, keys: Collection[str]) -> None:
    """These are derived."""
    for chunk in chunks(sorted(keys)):
        here = (Unsettled.what == what) & Unsettled.key.in_(chunk)
        session.execute(delete(Unsettled).where(here))
