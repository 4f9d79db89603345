from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from knowledge.records import tables as t
from knowledge.records.importing import deriving, import_tables, linking
from tests.knowledge.records.importing.conftest import NOW, Desk

ACCOUNTS = "Id,Name,OwnerId,ParentId\nA1,Acme GmbH,U1,\nA2,Betacorp,U2,A1\n"
USERS = (
    "Id,FirstName,LastName,Email,ManagerId,ProfileName\n"
    "U1,Ann,Lee,ann@we.com,U3,Standard\n"
    "U2,Bob,Ray,bob@we.com,U3,Standard\n"
    "U3,Cy,Fox,cy@we.com,,Standard\n"
    "U4,Di,Orr,di@we.com,,System Administrator\n"
)
DEALS = (
    "Id,Name,AccountId,Account.Name,StageName,Amount,CloseDate,OwnerId\n"
    "D1,Seals,A1,,Closed Won,1000,2025-03-01,U1\n"
    "D2,Pumps,,ACME,Proposal,500,2025-06-01,U2\n"
)


def export(desk: Desk, *names: str) -> None:
    content = {"User.csv": USERS, "Account.csv": ACCOUNTS, "Opportunity.csv": DEALS}
    desk.take(*(desk.file(name, content[name]) for name in names))


def test_a_salesforce_export_becomes_records_that_know_each_other(desk: Desk) -> None:
    export(desk, "User.csv", "Account.csv", "Opportunity.csv")

    seals, pumps = desk.one(t.Opportunity, id="D1"), desk.one(t.Opportunity, id="D2")
    assert (seals.account_id, seals.owner_id, seals.status) == ("A1", "U1", "won")
    assert seals.closes_on == date(2025, 3, 1)
    assert pumps.account_id == "A1"  # ACME is Acme GmbH: case and legal form aside
    assert desk.one(t.Link, source_id="opportunity:D2", field="account_id").how == "name"
    assert desk.sees("U1") == {"A1": "owner"}
    assert desk.sees("U3") == {"A1": "manager", "A2": "manager"}
    assert {user.id: user.role for user in desk.rows(t.User)} == {
        "U1": "rep",
        "U2": "rep",
        "U3": "manager",
        "U4": "admin",
    }


@pytest.mark.parametrize(
    "order",
    [
        ("Opportunity.csv", "Account.csv", "User.csv"),
        ("User.csv", "Opportunity.csv", "Account.csv"),
        ("Account.csv", "User.csv", "Opportunity.csv"),
    ],
)
def test_the_order_of_runs_does_not_matter(
    desks: Callable[[], Desk], order: tuple[str, ...]
) -> None:
    at_once, one_by_one = desks(), desks()
    export(at_once, *order)
    for name in order:
        export(one_by_one, name)

    assert one_by_one.state() == at_once.state()


def test_an_account_only_spoken_of_gives_way_to_the_real_one(desk: Desk) -> None:
    deals = "Deal Name,Associated Company,Deal Stage,Amount\nPumps,Nordwind AG,Proposal,100\n"
    desk.read("deals.csv", deals)
    spoken_of = desk.rows(t.Account)[0]
    assert (spoken_of.name, spoken_of.implied) == ("Nordwind AG", True)

    desk.read("companies.csv", "Record ID,Company name,Industry\n77,NORDWIND,Energy\n")
    real = desk.rows(t.Account)
    assert [(account.id, account.implied) for account in real] == [("77", False)]
    assert desk.rows(t.Opportunity)[0].account_id == "77"
    assert desk.one(t.Source, kind="opportunity").account_id == "77"


def test_two_companies_of_one_name_are_never_guessed_between(desk: Desk) -> None:
    desk.read("Account.csv", "Id,Name\nA1,Acme GmbH\nA2,Acme Inc\n")
    desk.read("Opportunity.csv", "Id,Name,Account Name,StageName\nD1,Seals,Acme,Proposal\n")

    assert desk.rows(t.Opportunity)[0].account_id is None
    assert desk.one(t.Link, field="account_id", source_id="opportunity:D1").how == "ambiguous"
    assert desk.linked[-1].ambiguous[0].said == "Acme"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("GTXPro", "GTX Pro"),
        ("gtx-pro", "GTX Pro"),
        ("GTX Plus Pro", "GTX Plus Pro"),
        ("GTX Plus", None),
        ("GTK 600", None),
        ("Hydralic Pump", "Hydraulic Pump"),
    ],
)
def test_only_clearly_near_names_are_joined(desk: Desk, said: str, meant: str | None) -> None:
    names = ("GTX Pro", "GTX Plus Pro", "GTK 500", "Hydraulic Pump")
    desk.read("products.csv", "product,price\n" + "".join(f"{name},5\n" for name in names))
    desk.read("deals.csv", f"Deal Name,Product,Deal Stage\nOne,{said},Proposal\n")

    known = {product.id: product.name for product in desk.rows(t.Product)}
    assert known.get(desk.rows(t.Opportunity)[0].product_id or "") == meant


def test_a_deal_without_an_account_is_its_owners_business(desk: Desk) -> None:
    export(desk, "User.csv")
    desk.read("Opportunity.csv", "Id,Name,StageName,OwnerId\nD9,Maybe,Proposal,U1\n")

    source = desk.one(t.Source, id="opportunity:D9")
    assert (source.audience, source.owner_id, source.account_id) == ("owner", "U1", None)


def test_activities_follow_their_deal_to_another_account(desk: Desk) -> None:
    export(desk, "User.csv", "Account.csv", "Opportunity.csv")
    desk.read(
        "Task.csv", "Id,WhatId,Subject,Status,ActivityDate\nT1,D1,Call,Completed,2025-01-01\n"
    )
    assert desk.one(t.Source, id="activity:T1").account_id == "A1"

    desk.read("Opportunity.csv", DEALS.replace("D1,Seals,A1", "D1,Seals,A2"))
    assert desk.one(t.Activity, id="T1").account_id == "A2"
    assert desk.one(t.Source, id="activity:T1").account_id == "A2"


def test_managers_in_a_circle_see_each_other_and_nothing_hangs(desk: Desk) -> None:
    desk.read("User.csv", "Id,Name,ManagerId\nU1,Ann,U2\nU2,Bob,U3\nU3,Cy,U1\n")
    desk.read("Account.csv", "Id,Name,OwnerId\nA1,Acme,U1\n")

    assert desk.sees("U1") == {"A1": "owner"}
    assert desk.sees("U2") == desk.sees("U3") == {"A1": "manager"}


def test_every_name_is_ready_to_be_looked_up_when_an_import_ends(desk: Desk) -> None:
    export(desk, "User.csv", "Account.csv")
    desk.read("Account.csv", "Id,Name,OwnerId\nA1,Äcme Works,U1\nA3,Dörr & Co.,U1\n")

    with desk.database.reading() as session:
        keys = dict(session.execute(select(t.AccountName.account_id, t.AccountName.key)).all())
    assert keys == {"A1": "acme works", "A2": "betacorp", "A3": "dorr & co"}


def test_who_is_no_longer_an_administrator_sees_no_more(desk: Desk) -> None:
    desk.administrators = ("ann@we.com",)
    export(desk, "User.csv")
    assert desk.one(t.User, id="U1").role == "admin"

    desk.administrators = ()
    export(desk, "User.csv")
    assert desk.one(t.User, id="U1").role == "rep"


def test_a_run_that_was_killed_is_finished_by_the_next(
    desks: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, killed = desks(), desks()
    names = ("User.csv", "Account.csv", "Opportunity.csv")
    export(whole, *names)
    content = {"User.csv": USERS, "Account.csv": ACCOUNTS, "Opportunity.csv": DEALS}
    import_tables(killed.database, [killed.file(n, content[n]) for n in names], now=NOW)
    real = deriving.derive
    for after in (0, 1, 1):
        calls = iter(range(after))

        def derive(*arguments: object, left: object = calls) -> object:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(linking, "derive", derive)
        with pytest.raises(KeyboardInterrupt):
            linking.link(killed.database)
    monkeypatch.setattr(linking, "derive", real)
    linking.link(killed.database)

    assert killed.state() == whole.state()
