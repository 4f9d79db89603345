"""Three years of orders: seasons, breaks in the trend, and the mix of each business unit."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from knowledge.sample.names import (
    MONTHS,
    Cell,
    Names,
    Product,
    Row,
    cells_of,
    day_of_month,
    month_index,
    months_between,
    salesforce_id,
)

USD_LIST_PERCENT = 110
DISCOUNTS = (0, 0, 2, 3, 4, 5, 5, 6, 8)
ORDER_COLUMNS = (
    "Id", "AccountId", "OrderNumber", "EffectiveDate", "Status", "Product2Id", "Quantity",
    "TotalAmount", "Cost__c", "Business_Unit__c", "CurrencyIsoCode",
)  # fmt: skip


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


def money(cents: int) -> str:
    """Write cents as an amount."""
    return f"{cents // 100}.{cents % 100:02d}"


def cost_of(cents: int, margin: int, rng: random.Random) -> int:
    """Return what a line cost us: the account's margin, give or take three points."""
    return cents * (100 - margin + rng.randrange(-3, 4)) // 100


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
