from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select

from knowledge.records import tables as t
from knowledge.records.importing import TableFile
from tests.knowledge.records.importing.conftest import Desk

pytestmark = pytest.mark.real_data


def files(folder: Path, pattern: str) -> list[TableFile]:
    return [TableFile(path, folder, path.name) for path in sorted(folder.glob(pattern))]


def test_a_sales_pipeline_arrives_whole_and_its_revenue_adds_up(
    desk: Desk, real_data: Path
) -> None:
    folder = real_data / "crm" / "maven"
    report = desk.take(*files(folder, "*.csv"))

    assert report.created == 8_800 + 85 + 7 + 35
    assert report.rejected == 10
    assert {reject.file for reject in report.rejects} == {"data_dictionary.csv"}
    assert len(desk.rows(t.Opportunity)) == 8_800
    assert len(desk.rows(t.Product)) == 7
    accounts = desk.rows(t.Account)
    assert len(accounts) == 85
    assert not any(account.implied for account in accounts)
    assert desk.one(t.Account, name="Bluth Company").parent_id == "acme corporation"

    pipeline = pd.read_csv(folder / "sales_pipeline.csv")
    won = pipeline[pipeline.deal_stage == "Won"].groupby("account").close_value.sum()
    with desk.database.reading() as session:
        ours = session.execute(
            select(t.Account.name, func.sum(t.Opportunity.amount))
            .join(t.Opportunity, t.Opportunity.account_id == t.Account.id)
            .where(t.Opportunity.status == "won")
            .group_by(t.Account.name)
        ).all()
    assert {row[0]: row[1] for row in ours} == {
        str(name): Decimal(int(total)) for name, total in won.items()
    }


def test_one_product_is_misspelt_and_nothing_else_is_joined_by_likeness(
    desk: Desk, real_data: Path
) -> None:
    desk.take(*files(real_data / "crm" / "maven", "*.csv"))

    assert desk.linked[0].lines == ("read GTXPro as GTX Pro, 1,480 rows",)
    with desk.database.reading() as session:
        by_product = select(t.Opportunity.product_id, func.count())
        rows = session.execute(by_product.group_by(t.Opportunity.product_id))
        counts = {row[0]: row[1] for row in rows}
    assert counts["gtx pro"] == 1_480
    assert counts["gtx plus pro"] == 968
    assert desk.linked[0].missing == ()


def test_agents_see_what_they_sell_to_and_managers_what_their_agents_see(
    desk: Desk, real_data: Path
) -> None:
    folder = real_data / "crm" / "maven"
    desk.take(*files(folder, "*.csv"))
    pipeline = pd.read_csv(folder / "sales_pipeline.csv")
    teams = pd.read_csv(folder / "sales_teams.csv")

    users = desk.rows(t.User)
    assert sum(user.role == "manager" for user in users) == 6
    assert sum(user.role == "rep" for user in users) == 35
    mine = pipeline[pipeline.sales_agent == "Moses Frase"].account.dropna().str.lower()
    seen = {account.replace("-", " ") for account in desk.sees("moses frase")}
    assert seen == {account.replace("-", " ") for account in mine}
    team = teams[teams.manager == "Dustin Brinkmann"].sales_agent
    theirs = pipeline[pipeline.sales_agent.isin(team)].account.dropna().nunique()
    assert len(desk.sees("named:dustin brinkmann")) == theirs
    blank = desk.rows(t.Opportunity)
    assert sum(deal.account_id is None for deal in blank) == 1_425
    assert desk.one(t.Source, id="opportunity:8I5ONXJX").audience == "owner"


@pytest.mark.parametrize("export", ["scuba", "workbench", "maven"])
def test_every_row_is_taken_or_rejected_with_a_reason(
    desk: Desk, real_data: Path, export: str
) -> None:
    folder = real_data / "crm" / export
    report = desk.take(*files(folder, "*.csv"), *files(folder, "*.json"))

    rows = sum(reading.rows for reading in report.readings)
    unread = sum(reject.reason == "The row is empty." for reject in report.rejects)
    assert report.created + report.unchanged + report.rejected == rows + unread
    assert report.updated == 0
    assert all(reject.reason and reject.text for reject in report.rejects)

    before = desk.state()
    again = desk.take(*files(folder, "*.csv"), *files(folder, "*.json"))
    assert (again.created, again.updated, again.rejected) == (0, 0, report.rejected)
    assert desk.linked[-1].linked == 0
    assert desk.state() == before
    assert len(desk.rows(t.Reject)) == report.rejected


def test_one_crm_row_gives_a_person_an_account_a_deal_and_its_history(
    desk: Desk, real_data: Path
) -> None:
    desk.take(*files(real_data / "crm" / "workbench", "*.csv"))

    assert len([a for a in desk.rows(t.Account) if a.implied]) == 187
    quinn = desk.one(t.Contact, email="quinn.harris@nanoforcerobotics")
    deal = desk.one(t.Opportunity, id="00000107")
    touches = [a for a in desk.rows(t.Activity) if a.opportunity_id == deal.id]
    assert deal.account_id == quinn.account_id
    assert (deal.stage, deal.status) == ("Proposal", "open")
    assert sorted((a.occurred_at.date().isoformat(), a.type, a.subject) for a in touches) == [
        ("2023-10-27", "call", "Had a call"),
        ("2023-11-26", "meeting", "Saw the demo"),
        ("2023-11-29", "call", "Had a call"),
    ]
    assert desk.sees("named:sofia.santos~atlas.com")[quinn.account_id] == "team"


def test_bundles_keep_children_with_their_parents(desk: Desk, real_data: Path) -> None:
    desk.take(*files(real_data / "crm" / "scuba", "*.json"))

    call = desk.one(t.Activity, subject="Call log with Lead: Ali Hussein")
    ali = desk.one(t.Contact, id=call.contact_id)
    hub = desk.one(t.Account, id=ali.account_id)
    assert (ali.name, hub.name, hub.type) == ("Ali Hussein", "Baghdad Tech Hub", "Prospect")
    tasks = [a for a in desk.rows(t.Activity) if a.id.startswith("00T")]
    assert len(tasks) == 12  # of 14: two stand in two bundles, and are rejected in one of them
    assert all(task.opportunity_id and task.type == "task" for task in tasks)
    article = desk.one(t.Source, kind="article", title="Refund Policy")
    assert (article.audience, article.linked) == ("everyone", 1)
