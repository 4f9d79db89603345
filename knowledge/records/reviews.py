"""Reviews that were saved: immutable snapshots of an account, oldest to newest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from knowledge.errors import NotFound
from knowledge.records.sources import Snapshot
from knowledge.records.store import Database
from knowledge.records.tables import Account
from knowledge.records.viewers import Viewer, may_see_account


def save_review(
    database: Database,
    viewer: Viewer,
    account_id: str,
    content: Mapping[str, Any],
    *,
    as_of: date,
    now: datetime,
) -> str:
    """Keep a snapshot for ever; the same one saved twice is kept once. Returns its id.

    Raises:
        NotFound: no such account that the viewer may see.
    """
    text = json.dumps([account_id, as_of.isoformat(), content], sort_keys=True)
    snapshot_id = hashlib.sha256(text.encode()).hexdigest()[:16]
    with database.writing() as session:
        visible = select(Account.id).where(
            Account.id == account_id, may_see_account(viewer, Account.id)
        )
        if session.scalar(visible) is None:
            raise NotFound("account", account_id)
        if session.get(Snapshot, snapshot_id) is None:
            session.add(
                Snapshot(
                    id=snapshot_id,
                    account_id=account_id,
                    as_of=as_of,
                    saved_at=now,
                    saved_by=viewer.email or viewer.name,
                    content=dict(content),
                )
            )
    return snapshot_id


def last_review(
    database: Database, viewer: Viewer, account_id: str, before: date
) -> Snapshot | None:
    """The newest saved review of an account from before a day, if the viewer may see it."""
    with database.reading() as session:
        return session.scalar(
            select(Snapshot)
            .where(
                Snapshot.account_id == account_id,
                Snapshot.as_of < before,
                may_see_account(viewer, Snapshot.account_id),
            )
            .order_by(Snapshot.as_of.desc(), Snapshot.saved_at.desc())
            .limit(1)
        )
