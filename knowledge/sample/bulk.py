"""Write the sample's bulk: three years of orders and the routine calls, mails and visits.

`plots.toml` says what happens to each account, `texts.toml` what routine touches say, and the
hand-written CSV files beside the output name the people. The same inputs give the same bytes:
one seed, no clock, whole numbers of cents.
"""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EXPORT = HERE / "export"
USD_LIST_PERCENT = 110
DISCOUNTS = (0, 0, 2, 3, 4, 5, 5, 6, 8)
MONTHS = 12
SATURDAY = 5
WORK_HOURS = range(8, 17)
QUIET_DAYS = {(12, day) for day in range(24, 32)} | {(1, 1), (1, 2)}
SERVICES = {"SR-2", "PW-S", "PW-A"}
DEAR, MIDDLING = 10_000, 1_000
SUFFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

ORDER_COLUMNS = (
    "Id", "AccountId", "OrderNumber", "EffectiveDate", "Status", "Product2Id", "Quantity",
    "TotalAmount", "Cost__c", "Business_Unit__c", "CurrencyIsoCode",
)  # fmt: skip
TASK_COLUMNS = (
    "Id", "AccountId", "WhoId", "WhatId", "OwnerId", "TaskSubtype", "Subject", "Description",
    "ActivityDate", "Status", "CallDurationInSeconds", "Direction__c", "CreatedDate",
)  # fmt: skip
EVENT_COLUMNS = (
    "Id", "AccountId", "WhoId", "WhatId", "OwnerId", "Subject", "Description", "StartDateTime",
    "DurationInMinutes",
)  # fmt: skip

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


@dataclass(frozen=True)
class Touch:
    """A routine touch before it is written: who, whom, when, and about what."""

    account: str
    user: str
    contact: str
    day: date
    topics: tuple[str, ...]
    unit: str


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


def level_cents(levels: Sequence[Sequence[Any]], month: str, season: Sequence[int]) -> int:
    """Return the money an account spends in a month, in cents."""
    begun = [level for level in levels if level[0] <= month]
    if not begun:
        return 0
    first, amount, change = begun[-1]
    cents = amount * 100
    for _ in range(month_index(month) - month_index(first)):
        cents += cents * round(change * 10) // 1000
    return int(cents * season[month_index(month) % MONTHS] // 100)


def working_day(start: date, rng: random.Random) -> date:
    """Return the day itself, or the next one on which people work."""
    day = start
    while day.weekday() >= SATURDAY or (day.month, day.day) in QUIET_DAYS:
        day += timedelta(days=1 + rng.randrange(2))
    return day


def day_of_month(month: str, rng: random.Random) -> date:
    """Return a working day in a month."""
    return working_day(date.fromisoformat(f"{month}-{1 + rng.randrange(21):02d}"), rng)


def money(cents: int) -> str:
    """Write cents as an amount."""
    return f"{cents // 100}.{cents % 100:02d}"


def cost_of(cents: int, margin: int, rng: random.Random) -> int:
    """Return what a line cost us: the account's margin, give or take three points."""
    return cents * (100 - margin + rng.randrange(-3, 4)) // 100


def cells_of(plot: dict[str, Any], names: Names) -> list[Cell]:
    """Return what the account buys."""
    return [Cell(names.products[code], *rest) for code, *rest in plot["mix"]]


def unit_price(product: Product, currency: str, rng: random.Random) -> int:
    """Return the price of one piece in cents: the list price less an ordinary discount."""
    listed = product.price * (USD_LIST_PERCENT if currency == "USD" else 100)
    return listed * (100 - rng.choice(DISCOUNTS)) // 100


def story_orders(
    plot: dict[str, Any], _settings: dict[str, Any], names: Names, rng: random.Random
) -> Iterator[Row]:
    """Yield the orders that the story tells, flaws included, without their Ids."""
    account, currency = names.accounts[plot["name"]], plot.get("currency", "EUR")
    for day, code, unit, quantity, amount in plot.get("orders", ()):
        product = names.products.get(code)
        cents = amount * 100
        cost = money(cost_of(cents, plot["margin"], rng))
        yield (
            account, day, product.id if product else code, str(quantity), money(cents), cost,
            unit, currency,
        )  # fmt: skip


def month_orders(
    plot: dict[str, Any], month: str, budget: int, cells: list[Cell], rng: random.Random
) -> Iterator[tuple[date, Cell, int, int]]:
    """Yield a month's order lines (day, cell, quantity, cents) until the budget is used."""
    currency = plot.get("currency", "EUR")
    share = budget // plot["lines"]
    left = budget
    open_cells = [cell for cell in cells if cell.first <= month <= cell.last]
    for _ in range(plot["lines"]):
        affordable = [cell for cell in open_cells if cell.product.price * 100 <= left]
        if not affordable:
            return
        cell = rng.choices(affordable, [cell.weight for cell in affordable])[0]
        price = unit_price(cell.product, currency, rng)
        aim = share * rng.randrange(75, 131) // 100
        quantity = max(1, min(aim, left) // price)
        left -= quantity * price
        yield day_of_month(month, rng), cell, quantity, quantity * price


def routine_orders(
    plot: dict[str, Any], settings: dict[str, Any], names: Names, rng: random.Random
) -> Iterator[Row]:
    """Yield an account's ordinary order lines, carrying unspent money to the next month."""
    account, currency = names.accounts[plot["name"]], plot.get("currency", "EUR")
    cells, season, carried = cells_of(plot, names), settings["seasons"][plot["season"]], 0
    for month in months_between(settings["first_month"], settings["last_month"]):
        noise = rng.randrange(96, 105)
        budget = level_cents(plot["levels"], month, season) * noise // 100 + carried
        spent = 0
        for day, cell, quantity, cents in month_orders(plot, month, budget, cells, rng):
            spent += cents
            yield (
                account, day.isoformat(), cell.product.id, str(quantity), money(cents),
                money(cost_of(cents, plot["margin"], rng)), cell.unit, currency,
            )  # fmt: skip
        carried = budget - spent


def order_rows(settings: dict[str, Any], names: Names) -> list[Row]:
    """Return every order line, by date, with Ids and order numbers."""
    found: list[Row] = []
    for plot in settings["account"]:
        for kind in (story_orders, routine_orders):
            rng = random.Random(f"{settings['seed']} {kind.__name__} {plot['name']}")  # noqa: S311
            found += kind(plot, settings, names, rng)
    found.sort(key=lambda row: (row[1], row))
    return [
        (salesforce_id("801", at), row[0], f"O-{at:06d}", row[1], "Activated", *row[2:])
        for at, row in enumerate(found, 1)
    ]


def touches_of(plot: dict[str, Any], names: Names, rng: random.Random) -> Iterator[Touch]:
    """Yield an account's routine touches, each pair of people in its own rhythm."""
    account = names.accounts[plot["name"]]
    for user, contact, every, first, last, topics, *unit in plot.get("touches", ()):
        day = date.fromisoformat(first) + timedelta(days=rng.randrange(every))
        end = date.fromisoformat(last)
        while (when := working_day(day, rng)) <= end:
            yield Touch(
                account, names.users[user], names.contacts[account, contact], when,
                tuple(topics.split()), "".join(unit),
            )  # fmt: skip
            day = when + timedelta(days=every * rng.randrange(70, 131) // 100 + 1)


def deal_on(touch: Touch, names: Names) -> str:
    """Return the account's deal that was open on the day and has the same owner, or nothing."""
    for deal in names.deals:
        if deal["AccountId"] != touch.account or deal["OwnerId"] != touch.user:
            continue
        created = deal["CreatedDate"][:10]
        if created <= touch.day.isoformat() <= deal["CloseDate"]:
            return deal["Id"]
    return ""


def fitting_texts(
    touch: Touch, texts: list[dict[str, str]], cells: list[Cell], language: str
) -> list[dict[str, str]]:
    """Return the texts that fit the topic, the language and what the customer buys."""
    return [
        text
        for text in texts
        if text["topic"] in touch.topics
        and text.get("language", "en") == language
        and str(touch.day.month) in text.get("months", str(touch.day.month)).split()
        and any(suits(text, cell, touch) for cell in cells)
    ]


def suits(text: dict[str, str], cell: Cell, touch: Touch) -> bool:
    """Return whether a text can be about a product that they bought then, where they work."""
    if not cell.first <= touch.day.isoformat()[:7] <= cell.last:
        return False
    if touch.unit not in ("", cell.unit):
        return False
    product = cell.product
    if text.get("family", product.family) != product.family:
        return False
    if "codes" in text:
        return product.code in text["codes"].split()
    return "{product}" not in text["subject"] + text["body"] or product.code not in SERVICES


def quantity_of(product: Product, rng: random.Random) -> int:
    """Return a quantity that one would order of the product at a time."""
    if product.price > DEAR:
        return rng.choice((1, 2))
    return rng.choice((2, 3, 4) if product.price > MIDDLING else (4, 6, 8, 10, 12))


def next_text(bag: list[int], fitting: list[dict[str, str]], rng: random.Random) -> dict[str, str]:
    """Draw a text that the account has not heard lately; `bag` remembers what it heard."""
    fresh = [at for at, text in enumerate(fitting) if hash_of(text) not in bag]
    chosen = fitting[rng.choice(fresh or range(len(fitting)))]
    bag.append(hash_of(chosen))
    del bag[: max(0, len(bag) - 6)]
    return chosen


def hash_of(text: dict[str, str]) -> int:
    """Return a stable number for a text."""
    return sum(ord(letter) * (at + 1) for at, letter in enumerate(text["subject"] + text["body"]))


def choose(template: str, rng: random.Random) -> str:
    """Resolve every `[a|b|c]` of a template."""
    return re.sub(r"\[([^\[\]]+)\]", lambda found: rng.choice(found[1].split("|")), template)


def fill(
    text: dict[str, str], touch: Touch, cells: list[Cell], first: str, rng: random.Random
) -> tuple[str, str]:
    """Return the subject and body of a touch."""
    month = touch.day.isoformat()[:7]
    cell = rng.choice([cell for cell in cells if suits(text, cell, touch)])
    product = cell.product
    parts = {
        "product": product.name if product.family == "Monitoring" else product.code,
        "unit": cell.unit,
        "first": first,
        "qty": quantity_of(product, rng),
        "week": (touch.day + timedelta(days=rng.randrange(7, 36))).isocalendar().week,
        "po": 45_000_000 + month_index(month) * 37 % 90_000 + rng.randrange(9_000),
    }
    subject = choose(text["subject"], rng).format(**parts | {"product": product.name})
    return subject, choose(text["body"], rng).format(**parts)


def touch_rows(settings: dict[str, Any], names: Names) -> tuple[list[Row], list[Row]]:
    """Return the routine tasks and events, by date."""
    texts = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))["text"]
    greeted = {contact: name for (_, name), contact in names.contacts.items()}
    tasks: list[Row] = []
    events: list[Row] = []
    for plot in settings["account"]:
        rng = random.Random(f"{settings['seed']} touches {plot['name']}")  # noqa: S311
        cells, bag = cells_of(plot, names), list[int]()
        for touch in sorted(touches_of(plot, names, rng), key=lambda touch: touch.day):
            language = names.contact_languages[touch.contact] or names.languages[touch.account]
            fitting = fitting_texts(touch, texts, cells, language)
            text = next_text(bag, fitting or fitting_texts(touch, texts, cells, "en"), rng)
            called = greeted[touch.contact]
            first = called.split()[0] if language == "en" else called
            said = fill(text, touch, cells, first, rng)
            if text["kind"] == "meeting":
                events.append(event_row(touch, said, names, rng))
            else:
                tasks.append(task_row(touch, text["kind"], said, names, rng))
    return numbered("00T", tasks, 10_001), numbered("00U", events, 10_001)


def task_row(
    touch: Touch, kind: str, said: tuple[str, str], names: Names, rng: random.Random
) -> Row:
    """Return a call or a mail, without its Id."""
    at = f"{rng.choice(WORK_HOURS):02d}:{rng.randrange(60):02d}:00.000+0000"
    length = str(60 * rng.randrange(4, 26)) if kind == "call" else ""
    incoming = {"call": 40, "email": 25}[kind]
    direction = "Inbound" if rng.randrange(100) < incoming else "Outbound"
    return (
        touch.account, touch.contact, deal_on(touch, names), touch.user, kind.capitalize(), *said,
        touch.day.isoformat(), "Completed", length, direction, f"{touch.day}T{at}",
    )  # fmt: skip


def event_row(touch: Touch, said: tuple[str, str], names: Names, rng: random.Random) -> Row:
    """Return a meeting, without its Id."""
    start = f"{touch.day}T{rng.choice(WORK_HOURS):02d}:{rng.choice((0, 30)):02d}:00.000+0000"
    return (
        touch.account, touch.contact, deal_on(touch, names), touch.user, *said, start,
        str(rng.choice((45, 60, 60, 90, 120))),
    )  # fmt: skip


def numbered(prefix: str, rows: Iterable[Row], first: int) -> list[Row]:
    """Put rows in the order of their dates and give each an Id."""
    ordered = sorted(rows, key=lambda row: (row[-1] if prefix == "00T" else row[-2], row))
    return [(salesforce_id(prefix, at), *row) for at, row in enumerate(ordered, first)]


def write(name: str, columns: Row, rows: Iterable[Row]) -> None:
    """Write one export file."""
    with (EXPORT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Write Order.csv, Task_routine.csv and Event_routine.csv."""
    settings = tomllib.loads((HERE / "plots.toml").read_text(encoding="utf-8"))
    names = read_names()
    tasks, events = touch_rows(settings, names)
    write("Order.csv", ORDER_COLUMNS, order_rows(settings, names))
    write("Task_routine.csv", TASK_COLUMNS, tasks)
    write("Event_routine.csv", EVENT_COLUMNS, events)


if __name__ == "__main__":
    main()
