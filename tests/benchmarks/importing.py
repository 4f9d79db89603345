"""Rows a second from a Salesforce-like export; the peer is pandas writing the same rows to SQLite.

Pandas keeps the columns as they are: no links, no versions, no rights, no passages, no rejects.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import pandas as pd

from knowledge.workspace import Place, Workspace
from tests.benchmarks.company import name_of
from tests.benchmarks.measuring import Line, seconds
from tests.benchmarks.texts import paragraph

Row = dict[str, object]
SELLERS = 20
_TODAY = date(2026, 9, 30)


def measure(home: Path, *, quick: bool) -> list[Line]:
    """A first import, the same once more, and once more with a hundredth of the deals changed."""
    deals = 1_500 if quick else 10_000
    files = home / "export"
    files.mkdir(parents=True)
    rows = _export(files, deals, changed=0)
    peer = _timed(lambda: _pandas(files, home / "pandas.db"))
    place = Place(home / "ours", f"sqlite:///{home / 'ours' / 'liaison.db'}", _no_model)
    lines = []
    with Workspace(place) as workspace:
        for what, changed in (
            ("first import", 0),
            ("unchanged", 0),
            ("1 % of the deals changed", deals // 100),
        ):
            _export(files, deals, changed=changed)
            took = _timed(lambda: workspace.take_in([files]))
            about = f"{rows / took:,.0f} rows/s, {rows:,} rows in {seconds(took)}"
            lines.append(Line(f"import, {what}", took / peer, "", about))
    about = f"{rows / peer:,.0f} rows/s: read_csv and to_sql, nothing else"
    return [*lines, Line("pandas to SQLite", 1.0, "", about)]


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _no_model() -> NoReturn:
    raise AssertionError("an import calls no model")


def _pandas(files: Path, database: Path) -> None:
    connection = sqlite3.connect(database)
    for path in sorted(files.glob("*.csv")):
        pd.read_csv(path).to_sql(path.stem, connection, index=False)
    connection.commit()
    connection.close()


def _export(files: Path, deals: int, changed: int) -> int:
    """Write the export; the first `changed` deals have moved on. How many rows it has."""
    accounts = deals // 20
    tables: dict[str, Iterable[Row]] = {
        "User": (_user(number) for number in range(SELLERS)),
        "Account": (_account(number) for number in range(accounts)),
        "Opportunity": (_deal(n, accounts, moved=n < changed) for n in range(deals)),
        "Task": (_task(number, deals, accounts) for number in range(deals // 2)),
    }
    count = 0
    for name, rows in tables.items():
        listed = list(rows)
        count += len(listed)
        with (files / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(listed[0]))
            writer.writeheader()
            writer.writerows(listed)
    return count


def _id(prefix: str, number: int) -> str:
    return f"{prefix}5g{number:010d}AAA"


def _user(number: int) -> Row:
    name, email = f"Seller {number}", f"seller{number}@varnholt.example"
    return {"Id": _id("005", number), "Name": name, "Email": email, "IsActive": "true"}


def _account(number: int) -> Row:
    return {
        "Id": _id("001", number),
        "Name": name_of(number),
        "OwnerId": _id("005", number % SELLERS),
        "Industry": ("Food", "Paper", "Energy")[number % 3],
        "BillingCity": ("Bremen", "Leeds", "Lyon")[number % 3],
        "AnnualRevenue": 1_000_000 + number * 1_000,
        "Description": paragraph(number, sentences=1),
    }


def _deal(number: int, accounts: int, *, moved: bool) -> Row:
    stage = ("Proposal", "Closed Won", "Closed Lost")[number % 3]
    return {
        "Id": _id("006", number),
        "AccountId": _id("001", number % accounts),
        "OwnerId": _id("005", number % accounts % SELLERS),
        "Name": f"Line {number} for {name_of(number % accounts)}",
        "StageName": "Negotiation" if moved else stage,
        "Amount": 5_000 + number,
        "CreatedDate": (_TODAY - timedelta(days=300 + number % 200)).isoformat(),
        "CloseDate": (_TODAY + timedelta(days=number % 150 - 100)).isoformat(),
        "NextStep": paragraph(number, sentences=1),
    }


def _task(number: int, deals: int, accounts: int) -> Row:
    return {
        "Id": _id("00T", number),
        "AccountId": _id("001", number % accounts),
        "WhatId": _id("006", number * 2 % deals),
        "OwnerId": _id("005", number % SELLERS),
        "Subject": f"Call about line {number}",
        "Status": "Completed",
        "ActivityDate": (_TODAY - timedelta(days=number % 400)).isoformat(),
        "Description": paragraph(number, sentences=2),
    }
