"""The tables of these journals are the ones that the migrations make, in both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect

from knowledge.journal import (
    approvals,
    asks,
    canvases,
    captures,
    deliveries,
    imperatives,
    lessons,
    nudges,
    preferences,
)
from knowledge.records import Database
from knowledge.records.base import Base
from knowledge.records.held import Held

TABLES = (
    Held,
    captures.CapturedMessage,
    asks.Ask,
    imperatives.ImperativeCheck,
    lessons.LessonUse,
    approvals.ApprovalRequest,
    approvals.ApprovalEvent,
    canvases.Canvas,
    canvases.CanvasSection,
    nudges.Nudge,
    preferences.Preference,
    preferences.AccountSnooze,
    deliveries.Delivery,
)


@pytest.fixture
def columns(database: Database) -> dict[str, dict[str, bool]]:
    found = inspect(database.engine)
    return {
        table.__tablename__: {
            column["name"]: bool(column["nullable"])
            for column in found.get_columns(table.__tablename__)
        }
        for table in TABLES
    }


def test_tables_and_migrations_agree(columns: dict[str, dict[str, bool]]) -> None:
    for table in TABLES:
        wanted = Base.metadata.tables[table.__tablename__].columns
        assert columns[table.__tablename__] == {one.name: bool(one.nullable) for one in wanted}


def test_every_index_of_a_table_is_made_by_a_migration(database: Database) -> None:
    found = inspect(database.engine)
    for table in TABLES:
        name = table.__tablename__
        made = {(one["name"], tuple(one["column_names"])) for one in found.get_indexes(name)}
        wanted = Base.metadata.tables[name].indexes
        assert made == {(one.name, tuple(column.name for column in one.columns)) for one in wanted}
