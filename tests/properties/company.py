"""A company of any shape: its export, and who may see what in it, worked out apart.

Every text about an account holds that account's name, which is an invented word; every text about
a deal without an account, or of a document nobody can place, holds a word of its own. So whatever
comes back to somebody can be read for words they must not see (`secrets`).

`allowed` and `below` are written without the product: they are what its rights are held against.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

NAMES = ("Quorvex", "Zelbinor", "Tamrikov", "Holvanyi", "Briskund", "Ulmarra")
LONELY = ("Fennick", "Gorvale", "Hextable", "Inverlot")
DRIFTING = ("Jomquist", "Kalbrun", "Lorvick")
UNKNOWN = "Wexlorund"

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Person:
    """One of us; `manager` and `team` are numbers of people and teams."""

    manager: int | None = None
    team: int | None = None
    admin: bool = False
    active: bool = True


@dataclass(frozen=True)
class Customer:
    """An account; `seller` owns its deal and its contact, `members` are its team."""

    owner: int | None = None
    members: tuple[int, ...] = ()
    seller: int | None = None
    parent: int | None = None


@dataclass(frozen=True)
class Company:
    """People, who leads each team, accounts, and the owners of deals without an account.

    `by_name` exports references as names and addresses instead of ids.
    """

    people: tuple[Person, ...]
    leads: tuple[int | None, ...] = ()
    customers: tuple[Customer, ...] = ()
    lonely: tuple[int, ...] = ()
    drifting: int = 1
    by_name: bool = False


@dataclass
class Export:
    """What a company exports: rows by table, and documents by path."""

    tables: Tables = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, **cells: str | None) -> None:
        self.tables.setdefault(table, []).append({k: v or "" for k, v in cells.items()})

    def write(self, folder: Path) -> Path:
        write_tables(folder, self.tables)
        write_documents(folder, self.documents)
        return folder


def write_tables(folder: Path, tables: Mapping[str, Sequence[Row]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if rows:
            text = io.StringIO()
            writer = csv.DictWriter(text, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")


def write_documents(folder: Path, documents: Mapping[str, str]) -> None:
    for name, text in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def person_id(number: int) -> str:
    return f"005{number + 1:012d}AAA"


def account_id(number: int) -> str:
    return f"001{number + 1:012d}AAA"


def email(number: int) -> str:
    return f"{_first(number).lower()}.colleague@us.example"


def export(company: Company) -> Export:
    """Everything the company would export and keep in folders."""
    out = Export()
    _people(company, out)
    for number, customer in enumerate(company.customers):
        _customer(company, number, customer, out)
    for number, owner in enumerate(company.lonely):
        _lonely(number, owner, out)
    for number in range(company.drifting):
        word = DRIFTING[number]
        out.documents[f"inbox/{word}.txt"] = f"{word} is what somebody scribbled about energy."
    out.documents["products/pump.md"] = "# Pump sheet\n\nThe pump saves energy for everyone.\n"
    out.add("Product2", Id="01t000000000001AAA", Name="Vortal pump", Description="Moves milk.")
    out.add(
        "Policy__c",
        Id="a02000000000001AAA",
        Name="POL-1",
        Subject__c="discount_percent",
        Inside_Up_To__c="8",
        Rule__c="Discounts above eight are asked for.",
    )
    return out


def below(company: Company, boss: int) -> frozenset[int]:
    """Everybody who reports to somebody, through managers and team leads, however far down."""
    found: set[int] = set()
    grew = True
    while grew:
        grew = False
        for number, person in enumerate(company.people):
            lead = company.leads[person.team] if person.team is not None else None
            bosses = {person.manager, lead} - {None, number}
            if number != boss and number not in found and bosses & {boss, *found}:
                found.add(number)
                grew = True
    return frozenset(found)


def allowed(company: Company, who: int) -> frozenset[int]:
    """The numbers of the accounts somebody may see."""
    everything = frozenset(range(len(company.customers)))
    if company.people[who].admin:
        return everything
    mine = {who, *below(company, who)}
    return frozenset(number for number in everything if mine & _direct(company.customers[number]))


def secrets(company: Company, who: int | None) -> frozenset[str]:
    """The words somebody must never read; `None` is a stranger, who must read none of them."""
    accounts = {NAMES[n] for n in range(len(company.customers))}
    words = {*accounts, *LONELY[: len(company.lonely)], *DRIFTING[: company.drifting]}
    if who is None:
        return frozenset(word.lower() for word in words)
    if company.people[who].admin:
        return frozenset()
    mine = {who, *below(company, who)}
    known = {NAMES[number] for number in allowed(company, who)}
    known |= {LONELY[number] for number, owner in enumerate(company.lonely) if owner in mine}
    return frozenset(word.lower() for word in words - known)


def _direct(customer: Customer) -> set[int]:
    """Owner and team; an account with neither belongs to whoever sells to it."""
    people = {one for one in (*customer.members, customer.owner) if one is not None}
    return people or {one for one in (customer.seller,) if one is not None}


def _first(number: int) -> str:
    return ("Anouk", "Bertil", "Cosima", "Dragan", "Elswyth", "Faruk")[number]


def _people(company: Company, out: Export) -> None:
    for number, lead in enumerate(company.leads):
        manager = {"Manager__c": person_id(lead) if lead is not None else ""}
        out.add("Team__c", Id=f"a00{number + 1:012d}AAA", Name=f"Team {number + 1}", **manager)
    for number, person in enumerate(company.people):
        out.add(
            "User",
            Id=person_id(number),
            FirstName=_first(number),
            LastName="Colleague",
            Email=email(number),
            ProfileName="System Administrator" if person.admin else "Sales",
            ManagerId=_person(person.manager),
            IsActive="true" if person.active else "false",
            Team__c=f"a00{person.team + 1:012d}AAA" if person.team is not None else "",
        )


def _person(number: int | None) -> str:
    return "" if number is None else person_id(number)


def _customer(company: Company, number: int, customer: Customer, out: Export) -> None:
    name, here = NAMES[number], account_id(number)
    key = f"{number + 1:012d}AAA"
    mine: Row = {"Account.Name": f"{name} Works", "AccountId": ""}
    if not company.by_name:
        mine = {"Account.Name": "", "AccountId": here}
    seller = _person(customer.seller)
    out.add(
        "Account",
        Id=here,
        Name=f"{name} Works",
        OwnerId=_person(customer.owner),
        ParentId="" if customer.parent is None else account_id(customer.parent),
        Website=f"https://www.{name.lower()}.example",
        Description=f"{name} makes things and watches energy.",
        CurrencyIsoCode="EUR",
        Tier__c="A",
    )
    for member in customer.members:
        out.add(
            "AccountTeamMember",
            Id=f"01M{number + 1:06d}{member + 1:06d}AAA",
            AccountId=here,
            UserId=person_id(member),
            TeamMemberRole="Service",
        )
    out.add(
        "Contact",
        Id=f"003{key}",
        AccountId=here,
        FirstName="Mila",
        LastName=f"{name}son",
        Email=f"mila@{name.lower()}.example",
        Title="Plant director",
        Department="Operations",
        OwnerId=seller,
    )
    out.add(
        "Opportunity",
        Id=f"006{key}",
        Name=f"{name} retrofit",
        **mine,
        OwnerId=seller,
        StageName="Proposal",
        Amount="88000",
        CreatedDate="2026-03-02",
        CloseDate="2026-11-30",
        Description=f"{name} replaces twelve pumps to save energy.",
    )
    out.add(
        "Event",
        Id=f"00U{key}",
        AccountId=here,
        WhoId=f"003{key}",
        WhatId="",
        OwnerId=seller,
        Subject=f"{name} visit",
        Description=f"We promised {name} the energy report.",
        StartDateTime="2026-05-04T09:00:00.000+0000",
        DurationInMinutes="60",
    )
    out.add(
        "Order",
        Id=f"801{key}",
        **mine,
        EffectiveDate="2026-04-01",
        Product2Id="01t000000000001AAA",
        TotalAmount=f"{1000 * (number + 1)}.50",
        CurrencyIsoCode="EUR",
    )
    out.add(
        "Commitment__c",
        Id=f"a03{key}",
        AccountId=here,
        Type__c="promise",
        Side__c="ours",
        Text__c=f"Send {name} the energy report",
        Made_On__c="2026-05-04",
        Due_On__c="2026-05-20",
    )
    out.documents |= {
        f"{name} Works/visit.md": f"# Visit\n\n{name} wants to save energy on line {number}.\n",
        f"notes/hint-{number}.md": f"---\naccount: {name} Works\n---\nThe {name} budget is open.\n",
        f"notes/call-{number}.txt": f"Spoke with {name} Works about energy and seals.",
        f"mail/{number}.eml": (
            f"From: Mila <mila@{name.lower()}.example>\nTo: us@us.example\n"
            f"Message-ID: <{number}@{name.lower()}.example>\nSubject: Energy report\n"
            f"Date: Mon, 04 May 2026 10:00:00 +0000\n\n{name} waits for the energy report.\n"
        ),
    }


def _lonely(number: int, owner: int, out: Export) -> None:
    word, key = LONELY[number], f"{900 + number:012d}AAA"
    out.add(
        "Opportunity",
        Id=f"006{key}",
        Name=f"{word} deal",
        **{"Account.Name": "", "AccountId": ""},
        OwnerId=person_id(owner),
        StageName="Prospecting",
        Amount="1000",
        CreatedDate="2026-03-02",
        CloseDate="2026-11-30",
        Description=f"{word} asked about energy.",
    )
    out.add(
        "Event",
        Id=f"00U{key}",
        AccountId="",
        WhoId="",
        WhatId=f"006{key}",
        OwnerId="",
        Subject=f"{word} call",
        Description=f"{word} saves energy.",
        StartDateTime="2026-05-04T09:00:00.000+0000",
        DurationInMinutes="30",
    )


def reassigned(company: Company, giver: int, taker: int) -> Company:
    """The company after one person's accounts, memberships and deals went to another."""

    def now(who: int | None) -> int | None:
        return taker if who == giver else who

    return replace(
        company,
        customers=tuple(
            replace(
                one,
                owner=now(one.owner),
                seller=now(one.seller),
            )
            for one in company.customers
        ),
        lonely=tuple(taker if owner == giver else owner for owner in company.lonely),
    )


def with_somebody_unknown(exported: Export) -> Export:
    """The export with a deal and a paper of an account that is in no table of accounts."""
    exported.add(
        "Opportunity",
        **exported.tables["Opportunity"][0]
        | {"Id": "006000000000777AAA", "Account.Name": f"{UNKNOWN} Mills", "AccountId": ""},
    )
    exported.documents[f"{UNKNOWN} Mills/visit.md"] = f"# Visit\n\n{UNKNOWN} wants seals.\n"
    return exported
