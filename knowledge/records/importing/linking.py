"""The second step of an import: source versions become records that know each other.

Whatever lags behind is derived, kind by kind, so that what is referred to comes first. A record
that changes marks what it may change in others, in the same transaction: linking goes on until
nothing lags, and goes on where it was killed. The outcome is decided by what the versions say,
not by their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from knowledge.records.calling import normalise_names
from knowledge.records.importing.catalogue import KINDS, LINKED
from knowledge.records.importing.deriving import Batch, derive
from knowledge.records.importing.implying import settle_implied
from knowledge.records.importing.intake import Progress, Unwatched
from knowledge.records.importing.resolving import Answer
from knowledge.records.importing.rights import settle_oversight, settle_rights
from knowledge.records.landing import take_turn
from knowledge.records.sources import Source
from knowledge.records.store import Database

#: Records, and implied records or accounts, of one transaction.
SIZE = 2_000
_SOME = 400


@dataclass(frozen=True)
class Joined:
    """How many rows say a name, and what it was taken for (nothing: `read_as` is empty)."""

    kind: str
    said: str
    read_as: str
    rows: int


@dataclass(frozen=True)
class LinkReport:
    """What linking did. `near` names were joined by likeness: a person should look at them.

    `implied` are records that only references speak of, `ambiguous` names fit several records
    and were left open, `missing` ones fit none.
    """

    linked: int
    near: tuple[Joined, ...] = ()
    implied: tuple[Joined, ...] = ()
    ambiguous: tuple[Joined, ...] = ()
    missing: tuple[Joined, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The near joins in words: “read GTXPro as GTX Pro, 1,480 rows”."""
        near = (f"read {j.said} as {j.read_as}, {_rows(j.rows)}" for j in self.near)
        open_ = (f"{j.said} could be several: left open, {_rows(j.rows)}" for j in self.ambiguous)
        return (*near, *open_)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "linked": self.linked,
            **{
                name: [
                    {"kind": j.kind, "said": j.said, "read_as": j.read_as, "rows": j.rows}
                    for j in getattr(self, name)
                ]
                for name in ("near", "implied", "ambiguous", "missing")
            },
        }


def link(
    database: Database,
    progress: Progress | None = None,
    *,
    administrators: Collection[str] = (),
) -> LinkReport:
    """Derive the records of everything that was imported and not yet linked.

    `administrators` are addresses of people who may see everything, besides those whose profile
    says so. What the report counts are the rows derived in this call.
    """
    watch = progress or Unwatched()
    linked = 0
    read: dict[tuple[str, str], Answer] = {}
    with database.reading() as session:
        watch.start("Linking records", _lagging_count(session))
    busy = True
    while busy:
        busy = False
        for kind in LINKED:
            while (batch := _derive_some(database, kind)) is not None:
                busy = True
                read.update(batch.read)  # a record derived twice counts as it ended
                linked += batch.derived
                watch.advance(batch.derived)
        busy = _settle_some_implied(database) or busy
    _finish(database, frozenset(one.strip().lower() for one in administrators))
    normalise_names(database)
    return _report(linked, read.values())


def _derive_some(database: Database, kind: str) -> Batch | None:
    with database.writing() as session:
        take_turn(session)
        lagging = [(row.id, row.current) for row in session.execute(_lagging(kind))]
        return derive(session, kind, lagging) if lagging else None


def _lagging(kind: str) -> Select[str, int]:
    lags = (Source.kind == kind) & (Source.linked < Source.current)
    return select(Source.id, Source.current).where(lags).order_by(Source.id).limit(SIZE)


def _lagging_count(session: Session) -> int:
    lags = (Source.kind.in_(LINKED)) & (Source.linked < Source.current)
    return session.scalar(select(func.count()).select_from(Source).where(lags)) or 0


def _settle_some_implied(database: Database) -> bool:
    """Settle all implied records that are owed; whether there were any."""
    any_at_all = False
    while True:
        with database.writing() as session:
            take_turn(session)
            if not settle_implied(session, _SOME):
                return any_at_all
        any_at_all = True


def _finish(database: Database, administrators: frozenset[str]) -> None:
    """Rights, and articles: they refer to nothing."""
    with database.writing() as session:
        take_turn(session)
        lags = (Source.kind == "article") & (Source.linked < Source.current)
        session.execute(update(Source).where(lags).values(linked=Source.current))
        settle_oversight(session, administrators)
    while True:
        with database.writing() as session:
            take_turn(session)
            if not settle_rights(session, _SOME):
                return


def _report(linked: int, answers: Iterable[Answer]) -> LinkReport:
    counts = Counter((a.how, a.kind, a.reference.said, a.read_as) for a in answers)

    def of(how: str) -> tuple[Joined, ...]:
        found = [
            Joined(KINDS[kind].label, said, read_as, rows)
            for (own, kind, said, read_as), rows in counts.items()
            if own == how
        ]
        return tuple(sorted(found, key=lambda one: (-one.rows, one.kind, one.said)))

    return LinkReport(linked, of("near"), of("implied"), of("ambiguous"), of("missing"))


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"
