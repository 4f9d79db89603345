"""Review meetings and the plans they rest on, kept in both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import inspect

from knowledge.errors import NotFound
from knowledge.journal.meetings import Meetings, ReviewDecision, ReviewMeeting
from knowledge.journal.plans import KeptPlan, Plans
from knowledge.records import Database, Viewer
from knowledge.records.base import Base
from knowledge.records.landing import Arrival, land
from knowledge.records.tables import Account, Grant

NOW = datetime(2026, 9, 30, 9, tzinfo=UTC)
DAY = date(2026, 9, 30)
HERS = Viewer("u1", "Ada", "ada@us.example", "rep")
OTHER = Viewer("u2", "Bo", "bo@us.example", "rep")


def said(amount: int) -> Arrival:
    return Arrival(
        "opportunity", "d1", "Retrofit", "", {"amount": amount}, "x:1", None, "account", "a1"
    )


@pytest.fixture
def company(database: Database) -> Database:
    """One account that Ada may see, with one deal."""
    with database.writing() as session:
        arrival = Arrival("account", "a1", "Acme", "", {}, "x:1", None, "account", "a1")
        land(session, [arrival, said(1)], NOW)
        session.add(Account(id="a1", source_id="account:a1", version=1, name="Acme"))
        session.add(Grant(user_id="u1", account_id="a1", why="owner"))
    return database


def test_tables_and_migrations_agree(database: Database) -> None:
    found = inspect(database.engine)
    for table in (ReviewMeeting, ReviewDecision, KeptPlan):
        columns = found.get_columns(table.__tablename__)
        wanted = Base.metadata.tables[table.__tablename__].columns
        assert {one["name"]: one["nullable"] for one in columns} == {
            one.name: one.nullable for one in wanted
        }


def test_a_meeting_is_found_again_once_it_is_closed(company: Database) -> None:
    meetings, later = Meetings(company), DAY + timedelta(days=90)
    assert meetings.open(HERS, "a1", DAY, NOW) == meetings.open(HERS, "a1", DAY, NOW)
    for source in ("commitment:2", "commitment:1", "commitment:2"):
        meetings.decide(HERS, "a1", DAY, source, NOW)
    assert meetings.last(HERS, "a1", later) is None
    meetings.close(HERS, "a1", DAY, snapshot_id="s", next_on=later, now=NOW)
    last = meetings.last(HERS, "a1", later)
    assert last is not None
    assert (last.held_on, set(last.decisions)) == (DAY, {"commitment:1", "commitment:2"})
    assert meetings.last(HERS, "a1", DAY) is None
    assert meetings.next_days(HERS, DAY) == {"a1": later}
    assert meetings.next_days(HERS, DAY - timedelta(days=1)) == {}


def test_nobody_reads_or_holds_a_meeting_about_somebody_elses_account(company: Database) -> None:
    meetings, later = Meetings(company), DAY + timedelta(days=1)
    meetings.close(HERS, "a1", DAY, snapshot_id="s", next_on=later, now=NOW)
    assert meetings.last(OTHER, "a1", later) is None
    assert meetings.of_day(OTHER, "a1", DAY) is None
    assert meetings.next_days(OTHER, later) == {}
    with pytest.raises(NotFound):
        meetings.open(OTHER, "a1", DAY, NOW)
    with pytest.raises(NotFound):
        Plans(company).keep(OTHER, "a1", [], kind="account_plan", as_of=DAY, now=NOW)


def test_each_lead_has_their_own_team_reviews(company: Database) -> None:
    meetings, later = Meetings(company), DAY + timedelta(days=1)
    meetings.close_team(HERS, DAY, NOW)
    meetings.close_team(HERS, DAY, NOW)
    assert meetings.last_of_team(HERS, later) == DAY
    assert meetings.last_of_team(HERS, DAY) is None
    assert meetings.last_of_team(OTHER, later) is None


def test_a_plan_knows_which_of_its_sources_have_changed(company: Database) -> None:
    plans = Plans(company)
    cited = ["opportunity:d1@1#amount", "opportunity:d1@1#name", "account:a1@1", "computed:x"]
    plans.keep(HERS, "a1", cited, kind="account_plan", as_of=DAY, now=NOW)
    plan = plans.newest(HERS, ["a1"], DAY)["a1"]
    assert plan.refs == ("account:a1@1", "opportunity:d1@1")
    assert plan.moved == ()
    with company.writing() as session:
        land(session, [said(2)], NOW)
    (moved,) = plans.newest(HERS, ["a1"], DAY)["a1"].moved
    assert (moved.ref, moved.title, moved.cited) == ("opportunity:d1@2", "Retrofit", 1)
    assert plans.newest(OTHER, ["a1"], DAY) == {}
    assert plans.newest(HERS, ["a1"], DAY - timedelta(days=1)) == {}
