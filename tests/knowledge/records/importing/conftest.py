"""A desk on which exports are written, imported and looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from knowledge.records import tables as t
from knowledge.records.importing import (
    LinkReport,
    Mapping,
    TableFile,
    TableReport,
    import_tables,
    link,
)
from knowledge.records.importing.catalogue import KINDS, LINKED
from knowledge.records.store import Database
from tests.databases import new_file

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@dataclass
class Desk:
    """Writes files, imports them, links them, and reads what became of them."""

    database: Database
    folder: Path
    administrators: tuple[str, ...] = ()
    linked: list[LinkReport] = field(default_factory=list)

    def file(self, name: str, content: str | bytes) -> TableFile:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return TableFile(path, self.folder, name)

    def take(self, *files: TableFile, mapping: Mapping | None = None) -> TableReport:
        report = import_tables(self.database, files, mapping=mapping, now=NOW)
        self.linked.append(link(self.database, administrators=self.administrators))
        return report

    def read(self, name: str, content: str | bytes, mapping: Mapping | None = None) -> TableReport:
        return self.take(self.file(name, content), mapping=mapping)

    def rows(self, table: type[Any]) -> list[Any]:
        with self.database.reading() as session:
            return sorted(session.scalars(select(table)), key=lambda row: str(row.id))

    def one(self, table: type[Any], **fields: Any) -> Any:
        with self.database.reading() as session:
            return session.scalars(select(table).filter_by(**fields)).one()

    def sees(self, user_id: str) -> dict[str, str]:
        with self.database.reading() as session:
            grants = session.scalars(select(t.Grant).where(t.Grant.user_id == user_id))
            return {grant.account_id: grant.why for grant in grants}

    def state(self) -> dict[str, Any]:
        """Everything linking decided, without running numbers and file positions."""
        with self.database.reading() as session:
            state: dict[str, Any] = {}
            for kind in LINKED:
                table = KINDS[kind].columns
                rows = session.execute(select(table).order_by(table.c.id)).mappings()
                state[kind] = [dict(row) for row in rows]
            for model in (t.Link, t.Grant, t.Oversight, t.Name, t.Source):
                columns = model.__table__.columns
                found = session.execute(select(*columns).order_by(*columns.values()[:4]))
                state[model.__tablename__] = sorted(map(str, found))
            state["unsettled"] = session.scalars(select(t.Unsettled.key)).all()
            return state


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


@pytest.fixture
def desks(tmp_path: Path) -> Callable[[], Desk]:
    """Makes desks with a fresh SQLite database each."""
    made = iter(range(10**6))

    def make() -> Desk:
        folder = tmp_path / f"desk-{next(made)}"
        return Desk(Database.open(new_file(folder)), folder)

    return make
