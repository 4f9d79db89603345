"""Who is who in the sample, and when a working day is: what orders and touches share."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EXPORT = HERE / "export"
MONTHS = 12
SATURDAY = 5
QUIET_DAYS = {(12, day) for day in range(24, 32)} | {(1, 1), (1, 2)}
SUFFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Product:
    """A product as the price list has it, in whole euros."""

    id: str
    code: str
    name: str
    family: str
    price: int


@dataclass(frozen=True)
class Cell:
    """A product that a business unit buys, how much of it, and in which months."""

    product: Product
    unit: str
    weight: int
    first: str
    last: str


@dataclass(frozen=True)
class Names:
    """Who is who: names as the plots use them, to Ids as the export uses them."""

    accounts: dict[str, str]
    languages: dict[str, str]
    contact_languages: dict[str, str]
    users: dict[str, str]
    contacts: dict[tuple[str, str], str]
    products: dict[str, Product]
    deals: tuple[dict[str, str], ...]


def salesforce_id(prefix: str, number: int) -> str:
    """Return an 18-character Id; its last three letters encode the upper case of the rest."""
    body = f"{prefix}5g00000{number:05d}"
    return body + "".join(
        SUFFIX_LETTERS[sum(1 << at for at in range(5) if body[start + at].isupper())]
        for start in (0, 5, 10)
    )


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one hand-written export file."""
    with (EXPORT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_names() -> Names:
    """Read the hand-written tables that the bulk refers to."""
    accounts = read_rows("Account.csv")
    contacts = read_rows("Contact.csv")
    return Names(
        accounts={row["Name"]: row["Id"] for row in accounts},
        languages={row["Id"]: row["Language__c"] for row in accounts},
        contact_languages={row["Id"]: row["Language__c"] for row in contacts},
        users={f"{row['FirstName']} {row['LastName']}": row["Id"] for row in read_rows("User.csv")},
        contacts={
            (row["AccountId"], f"{row['FirstName']} {row['LastName']}"): row["Id"]
            for row in contacts
        },
        products={
            row["ProductCode"]: Product(
                row["Id"],
                row["ProductCode"],
                row["Name"],
                row["Family"],
                int(row["List_Price__c"]),
            )
            for row in read_rows("Product2.csv")
        },
        deals=tuple(read_rows("Opportunity.csv")),
    )


def months_between(first: str, last: str) -> Iterator[str]:
    """Yield months such as 2024-03, both ends included."""
    year, month = (int(part) for part in first.split("-"))
    while f"{year}-{month:02d}" <= last:
        yield f"{year}-{month:02d}"
        year, month = (year + 1, 1) if month == MONTHS else (year, month + 1)


def month_index(month: str) -> int:
    """Return the month's number since the year 0."""
    year, number = month.split("-")
    return int(year) * MONTHS + int(number) - 1


def working_day(start: date, rng: random.Random) -> date:
    """Return the day itself, or the next one on which people work."""
    day = start
    while day.weekday() >= SATURDAY or (day.month, day.day) in QUIET_DAYS:
        day += timedelta(days=1 + rng.randrange(2))
    return day


def day_of_month(month: str, rng: random.Random) -> date:
    """Return a working day in a month."""
    return working_day(date.fromisoformat(f"{month}-{1 + rng.randrange(21):02d}"), rng)


def cells_of(plot: dict[str, Any], names: Names) -> list[Cell]:
    """Return what the account buys."""
    return [Cell(names.products[code], *rest) for code, *rest in plot["mix"]]


def numbered(prefix: str, rows: Iterable[Row], first: int) -> list[Row]:
    """Put rows in the order of their dates and give each an Id."""
    ordered = sorted(rows, key=lambda row: (row[-1] if prefix == "00T" else row[-2], row))
    return [(salesforce_id(prefix, at), *row) for at, row in enumerate(ordered, first)]
