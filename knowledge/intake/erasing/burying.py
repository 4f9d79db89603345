"""Burying sources that are of an erased person: one line stays where they were cited."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.index.backlog import forget
from knowledge.intake.erasing.rewriting import Found
from knowledge.intake.keeping import WITHDRAWN
from knowledge.journal.captures import CapturedMessage
from knowledge.records.importing import directory
from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.unsettled import unsettle
from knowledge.records.landing import chunks
from knowledge.records.tables import Account, Document, Held, Link, Passage, Source, SourceVersion

TITLE = "Erased"
#: In the payload, beside the day, of a version that was erased at a person's request.
ERASED = "erased"


def bury(session: Session, found: Found, at: datetime) -> Counter[str]:
    """Every version of the sources that are theirs becomes one line; how many sources, by kind.

    Their records, links and passages go, and what refers to them is linked again.
    """
    source_ids = [_renamed(one, found.renamed) for one in found.theirs]
    day = at.date().isoformat()
    line = f"Erased on {day}: somebody asked to be forgotten, and the words are no longer kept."
    digest = hashlib.sha256(line.encode()).hexdigest()
    for some in chunks(source_ids):
        here = SourceVersion.source_id.in_(some)
        values = {"payload": {WITHDRAWN: day, ERASED: True}, "origin": "", "content_hash": digest}
        session.execute(update(SourceVersion).where(here).values(text=line, **values))
        forget(session, some)
        for table in (Passage, Link, Held):
            session.execute(delete(table).where(table.source_id.in_(some)))
        held = CapturedMessage.source_id.in_(some)
        session.execute(update(CapturedMessage).where(held).values(withdrawn_at=at))
        session.execute(
            update(Source)
            .where(Source.id.in_(some))
            .values(title=TITLE, linked=Source.current, cut=Source.current)
        )
    kinds: dict[str, set[str]] = {}
    for source_id in source_ids:
        kind, _, key = source_id.partition(":")
        kinds.setdefault(kind, set()).add(key)
    for kind, keys in kinds.items():
        _remove_records(session, kind, keys)
    session.expire_all()
    return Counter({kind.replace("_", " "): len(keys) for kind, keys in kinds.items()})


def _renamed(source_id: str, renamed: Mapping[str, str]) -> str:
    kind, _, key = source_id.partition(":")
    return f"{kind}:{renamed.get(key, key)}"


def _remove_records(session: Session, kind: str, keys: set[str]) -> None:
    if kind == "document":
        for some in chunks(sorted(keys)):
            session.execute(delete(Document).where(Document.id.in_(some)))
        return
    directory.rename(session, kind, keys, set(), set())
    directory.mark_by_target(session, kind, keys)
    if kind not in KINDS or KINDS[kind].table is None:
        return
    table = KINDS[kind].columns
    accounts: set[str] = set()
    for some in chunks(sorted(keys)):
        mine = table.c.id.in_(some)
        if "account_id" in table.c:
            accounts |= set(session.scalars(select(table.c.account_id).where(mine)))
        if kind == "user":
            accounts |= set(session.scalars(select(Account.id).where(Account.owner_id.in_(some))))
        session.execute(delete(table).where(mine))
    unsettle(session, "rights", {one for one in accounts if one})
    if kind == "user":
        for some in chunks(sorted(keys)):
            owned = update(Source).where(Source.owner_id.in_(some))
            session.execute(owned.values(owner_id=None))
        unsettle(session, "oversight", {"all"})
