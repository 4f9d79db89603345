"""Plans that were made: from which day, by whom, and which versions of which sources they cite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.errors import NotFound
from knowledge.records.base import Base
from knowledge.records.landing import chunks
from knowledge.records.references import Reference
from knowledge.records.store import Database
from knowledge.records.tables import Account, Source
from knowledge.records.viewers import Viewer, may_see_account, may_see_source


class KeptPlan(Base):
    """A plan or review that somebody took away to work from. `refs` are `kind:id@version`."""

    __tablename__ = "kept_plans"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    account_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    as_of: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    refs: Mapped[list[str]]


@dataclass(frozen=True)
class Moved:
    """A source that has a newer version than the one that was cited."""

    source_id: str
    title: str
    cited: int
    current: int

    @property
    def ref(self) -> str:
        """The reference of the current version."""
        return f"{self.source_id}@{self.current}"


@dataclass(frozen=True)
class Plan:
    """A plan that was made, with the sources that have changed since."""

    account_id: str
    as_of: date
    refs: tuple[str, ...]
    moved: tuple[Moved, ...]


class Plans:
    """The plans of a workspace, for whoever may see the account they are about."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep(
        self,
        viewer: Viewer,
        account_id: str,
        refs: Iterable[str],
        *,
        kind: str,
        as_of: date,
        now: datetime,
    ) -> None:
        """Keep that a plan was made, and from what.

        Raises:
            NotFound: no such account that the viewer may see.
        """
        cited = versions_cited(refs)
        with self.database.writing() as session:
            visible = select(Account.id).where(
                Account.id == account_id, may_see_account(viewer, Account.id)
            )
            if session.scalar(visible) is None:
                raise NotFound("account", account_id)
            session.add(
                KeptPlan(
                    account_id=account_id,
                    kind=kind,
                    as_of=as_of,
                    made_at=now,
                    made_by=viewer.email or viewer.name,
                    refs=cited,
                )
            )

    def newest(
        self, viewer: Viewer, account_ids: Sequence[str], by: date, kind: str = "account_plan"
    ) -> dict[str, Plan]:
        """The newest plan of each account up to a day; two kinds of query, whatever the number."""
        rows: list[KeptPlan] = []
        with self.database.reading() as session:
            for some in chunks(account_ids):
                rows += session.scalars(
                    select(KeptPlan).where(
                        KeptPlan.account_id.in_(some),
                        KeptPlan.kind == kind,
                        KeptPlan.as_of <= by,
                        may_see_account(viewer, KeptPlan.account_id),
                    )
                )
            rows.sort(key=lambda row: (row.as_of, row.made_at, row.id))
            latest = {row.account_id: row for row in rows}
            cited = [ref for row in latest.values() for ref in row.refs]
            current = _current(session, viewer, cited)
        return {
            account: Plan(account, row.as_of, tuple(row.refs), _moved(row.refs, current))
            for account, row in latest.items()
        }


def moved(session: Session, viewer: Viewer, refs: Iterable[str]) -> tuple[Moved, ...]:
    """Of some cited versions, those that are no longer the newest; what is not visible is left."""
    cited = versions_cited(refs)
    return _moved(cited, _current(session, viewer, cited))


def versions_cited(refs: Iterable[str]) -> list[str]:
    """The source versions that some references cite, without fields and spans, in order."""
    return sorted({cited.whole for cited in map(Reference.parse, refs) if cited})


def _current(session: Session, viewer: Viewer, refs: Iterable[str]) -> dict[str, tuple[int, str]]:
    source_ids = {cited.source for cited in map(Reference.parse, refs) if cited}
    found: dict[str, tuple[int, str]] = {}
    for some in chunks(sorted(source_ids)):
        rows = session.execute(
            select(Source.id, Source.current, Source.title).where(
                Source.id.in_(some), may_see_source(viewer)
            )
        )
        found.update({source: (number, title) for source, number, title in rows})
    return found


def _moved(refs: Iterable[str], current: dict[str, tuple[int, str]]) -> tuple[Moved, ...]:
    moved = []
    for ref in refs:
        cited = Reference.parse(ref)
        newest, title = current.get(cited.source, (0, "")) if cited else (0, "")
        if cited and newest > cited.version:
            moved.append(Moved(cited.source, title, cited.version, newest))
    return tuple(moved)
