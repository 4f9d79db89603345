"""A file opened as of a day shows nothing that a later day recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Date, delete, insert, text

from knowledge.records import AccountFile, Database, Ledger, Viewer
from knowledge.records import tables as t
from knowledge.records.base import Amount, Instant
from tests.databases import new_file

AS_OF = date(2026, 6, 30)
ACCOUNT = "acme"

#: Days that people name beforehand: a later one is a plan, not news.
PLANNED = {
    ("opportunities", "closes_on"),
    ("activities", "due_on"),
    ("commitments", "due_on"),
    ("contracts", "ends_on"),
    ("approvals", "expires_on"),
    ("accounts", "next_review_on"),
    ("contacts", "assessed_on"),
}
#: Kinds whose rows hang on the account itself, and those that hang on a deal or a touch.
OWN = [
    *(t.Opportunity, t.Activity, t.Commitment, t.Case, t.Contract, t.Adaptation, t.SpendEstimate),
    *(t.Approval, t.ValueInput, t.Document, t.Order, t.Contact),
]

days = st.none() | st.integers(-5, 5).map(lambda n: AS_OF + timedelta(days=n))


@st.composite
def rows(draw: st.DrawFn, table: type[t.Record], key: str) -> dict[str, Any]:
    """A row with arbitrary days around the day we look from, and something in every column."""
    row: dict[str, Any] = {}
    for column in table.__table__.columns:
        if isinstance(column.type, Date):
            row[column.name] = draw(days)
        elif isinstance(column.type, Instant):
            day = draw(days)
            row[column.name] = day and datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
        elif isinstance(column.type, Amount):
            row[column.name] = Decimal(7)
        elif isinstance(column.type, JSON):
            row[column.name] = []
        else:
            row[column.name] = column.type.python_type(1)
    row |= {"id": key, "source_id": f"{table.kind}:{key}", "version": 1}
    if "account_id" in row:
        row["account_id"] = ACCOUNT
    if table is t.Opportunity:
        row["status"] = draw(st.sampled_from(["open", "won", "lost"]))
        row["stage"] = {"open": "Proposal"}.get(row["status"], "Closed")
    if table is t.Order:
        row["ordered_on"] = row["ordered_on"] or AS_OF
    return row


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[type[t.Record], dict[str, Any]]]:
    """Some rows of every kind, with touches and deals that have rows of their own."""
    found: list[tuple[type[t.Record], dict[str, Any]]] = []
    for table in OWN:
        for number in range(draw(st.integers(1, 2))):
            found.append((table, draw(rows(table, f"{table.kind}-{number}"))))
            for part, parent in (
                (t.OpportunityLine, t.Opportunity),
                (t.OpportunityContact, t.Opportunity),
                (t.ActivityContact, t.Activity),
            ):
                if table is parent:
                    own = draw(rows(part, f"{part.kind}-{number}"))
                    own[f"{table.kind}_id"] = f"{table.kind}-{number}"
                    found.append((part, own))
    return found


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    home: Path = tmp_path_factory.mktemp("as-of")
    opened = Database.open(new_file(home))
    account = {"id": ACCOUNT, "source_id": "account:acme", "version": 1, "name": "Acme"}
    with opened.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        source = {"kind": "x", "title": "x", "audience": "account", "account_id": ACCOUNT}
        counts = {"current": 1, "linked": 1, "cut": 1}
        kinds = {*OWN, t.Account, t.OpportunityLine, t.OpportunityContact, t.ActivityContact}
        keys = [f"{k.kind}:{k.kind}-{n}" for k in kinds for n in range(2)] + ["account:acme"]
        session.execute(insert(t.Source), [{"id": key, **source, **counts} for key in keys])
        session.execute(insert(t.Account), [account])
    yield opened
    opened.close()


def moments(file: AccountFile) -> Iterator[tuple[str, str, date]]:
    """Every day that stands in the file, with the table and column it stands in."""
    for place in fields(file):
        value = getattr(file, place.name)
        for row in value if isinstance(value, tuple) else (value,):
            if isinstance(row, t.Base):
                for column in row.__table__.columns:
                    said = getattr(row, column.key)
                    if isinstance(said, date):
                        day = said.date() if isinstance(said, datetime) else said
                        yield row.__tablename__, column.key, day


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(history=histories())
def test_nothing_dated_later_stands_in_an_account_file(
    database: Database, history: list[tuple[type[t.Record], dict[str, Any]]]
) -> None:
    with database.writing() as session:
        for table, _ in history:
            session.execute(delete(table))
        for table, row in history:
            session.execute(insert(table), [row])
    ledger = Ledger(database)
    file = ledger.account_file(Viewer.operator(), ACCOUNT, AS_OF)
    late = [one for one in moments(file) if one[2] > AS_OF and one[:2] not in PLANNED]
    assert not late
    assert all(one.on <= AS_OF for one in file.revenue)

    check_later_news_is_undone(file, {(table, row["id"]): row for table, row in history})
    check_earlier_news_is_there(file, history)

    portfolio = ledger.portfolio(Viewer.operator(), AS_OF)
    orders = [row for table, row in history if table is t.Order]
    before = [row for row in orders if row["ordered_on"] <= AS_OF]
    (holding,) = portfolio.holdings
    assert all(age >= 0 for age in holding.months)
    months = [sum(month.values()) for month in holding.months.values()]
    assert sum(months) == 7 * len(before)


def check_later_news_is_undone(file: AccountFile, told: dict[tuple[type, str], Any]) -> None:
    """What ended, closed, was decided or assessed later had not yet when one looks."""

    def after(table: type[t.Record], row: t.Record, column: str) -> bool:
        moment = told[table, row.id][column]
        day = moment.date() if isinstance(moment, datetime) else moment
        return day is not None and day > AS_OF

    for deal in file.opportunities:
        if told[t.Opportunity, deal.id]["status"] != "open" and after(
            t.Opportunity, deal, "closes_on"
        ):
            known = (deal.status, deal.stage, deal.reason_buyer, deal.reason_rep)
            assert known == ("open", None, None, None)
    assert {c.status for c in file.cases if after(t.Case, c, "closed_at")} <= {None}
    assert {a.decision for a in file.approvals if after(t.Approval, a, "decided_on")} <= {None}
    assert {p.stance for p in file.contacts if after(t.Contact, p, "assessed_on")} <= {None}
    touches = {touch.id for touch in file.activities}
    assert {one.activity_id for one in file.participants} <= touches
    deals = {deal.id for deal in file.opportunities}
    assert {one.opportunity_id for one in file.lines} <= deals
    assert {one.opportunity_id for one in file.deal_contacts} <= deals


def check_earlier_news_is_there(
    file: AccountFile, history: list[tuple[type[t.Record], dict[str, Any]]]
) -> None:
    """What was dated by then, or is without a date, is all there."""
    for table, place, dated in (
        (t.Activity, "activities", "occurred_at"),
        (t.Document, "documents", "dated"),
        (t.Contract, "contracts", "starts_on"),
        (t.Opportunity, "opportunities", "created_on"),
    ):
        due = set()
        for one, row in history:
            moment = row.get(dated)
            day = moment.date() if isinstance(moment, datetime) else moment
            if one is table and (day is None or day <= AS_OF):
                due.add(row["id"])
        assert {row.id for row in getattr(file, place)} == due
