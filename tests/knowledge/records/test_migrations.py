"""Whoever opens an old workspace gets today's tables, whoever goes back gets the old ones."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from knowledge.errors import Unavailable
from knowledge.records import Database
from knowledge.records.store import MIGRATIONS


def go(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step = command.upgrade if revision == "head" else command.downgrade
        step(config, revision)


def test_the_log_that_nothing_wrote_is_gone_and_comes_back_with_the_old_version(
    database: Database,
) -> None:
    assert not inspect(database.engine).has_table("runs")
    go(database.engine, "0012")
    old = inspect(database.engine)
    assert {one["name"] for one in old.get_columns("runs")} >= {"viewer", "account_id", "writer"}
    assert [one["name"] for one in old.get_indexes("runs")] == ["ix_runs_account_id"]
    go(database.engine, "head")
    assert not inspect(database.engine).has_table("runs")


def test_towns_and_sites_are_looked_up_in_an_index_that_goes_with_the_new_version(
    database: Database,
) -> None:
    places = (
        ("accounts", "ix_accounts_city"),
        ("spend_estimates", "ix_spend_estimates_business_unit"),
    )

    def indexed() -> list[bool]:
        now = inspect(database.engine)
        return [name in {one["name"] for one in now.get_indexes(table)} for table, name in places]

    assert indexed() == [True, True]
    go(database.engine, "0014")
    assert indexed() == [False, False]
    go(database.engine, "head")
    assert indexed() == [True, True]


def test_an_older_liaison_leaves_a_newer_workspace_alone_and_says_so(database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="written by a newer Liaison"):
        Database.open(url)
