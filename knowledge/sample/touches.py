"""Routine calls, mails and visits: who talks to whom, how often, and what about."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from knowledge.sample.names import (
    HERE,
    Cell,
    Names,
    Product,
    Row,
    cells_of,
    month_index,
    numbered,
    working_day,
)

WORK_HOURS = range(8, 17)
SERVICES = {"SR-2", "PW-S", "PW-A"}
DEAR, MIDDLING = 10_000, 1_000
TASK_COLUMNS = (
    "Id", "AccountId", "WhoId", "WhatId", "OwnerId", "TaskSubtype", "Subject", "Description",
    "ActivityDate", "Status", "CallDurationInSeconds", "Direction__c", "CreatedDate",
)  # fmt: skip
EVENT_COLUMNS = (
    "Id", "AccountId", "WhoId", "WhatId", "OwnerId", "Subject", "Description", "StartDateTime",
    "DurationInMinutes",
)  # fmt: skip


@dataclass(frozen=True)
class Touch:
    """A routine touch before it is written: who, whom, when, and about what."""

    account: str
    user: str
    contact: str
    day: date
    topics: tuple[str, ...]
    unit: str


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
