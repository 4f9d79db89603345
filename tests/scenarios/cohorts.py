"""The books of two cohorts, kept apart from the product: plain Python over the CSV exports.

Nothing here imports a rule of the product. Strategic and major accounts count as one cell,
`high`: what tells them apart is the relationship score, which has tests of its own.
"""

from __future__ import annotations

import calendar
import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from pathlib import Path

Row = dict[str, str]
REVIEW_DAYS = {"Strategic": 90, "Major": 180, "Growth": 180, "Standard": 365, "": 180}
RATES = {"EUR": Decimal(1), "USD": Decimal("0.92")}


@dataclass(frozen=True)
class Books:
    """An export as it stands in its files."""

    tables: Mapping[str, Sequence[Row]]

    @classmethod
    def read(cls, folder: Path) -> Books:
        """Every table of an export, with the routine touches beside the others."""
        tables: dict[str, list[Row]] = defaultdict(list)
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                tables[path.stem.removesuffix("_routine")] += csv.DictReader(file)
        return cls(tables)

    def with_table(self, name: str, rows: Sequence[Row]) -> Books:
        """The same export with another table."""
        return Books({**self.tables, name: rows})

    def accounts_of(self, manager: str) -> list[Row]:
        """The accounts of everybody whose team somebody leads, by e-mail."""
        users = {row["Email"]: row for row in self.tables["User"]}
        lead = users[manager]["Id"]
        teams = {row["Id"] for row in self.tables["Team__c"] if row["Manager__c"] == lead}
        below = {
            row["Id"]
            for row in self.tables["User"]
            if row["Team__c"] in teams or row["ManagerId"] == lead or row["Id"] == lead
        }
        shared = {
            row["AccountId"] for row in self.tables["AccountTeamMember"] if row["UserId"] in below
        }
        return [
            row for row in self.tables["Account"] if row["OwnerId"] in below or row["Id"] in shared
        ]

    def cells(self, manager: str, day: date) -> dict[str, str]:
        """The portfolio cell of each account on a day; `high` is strategic or major."""
        accounts = self.accounts_of(manager)
        top = {row["Id"]: row for row in accounts}
        customer = {
            row["Id"]: row["ParentId"] if row["ParentId"] in top else row["Id"] for row in accounts
        }
        revenue = self.revenue(customer, day)
        money = {
            field: _sums(accounts, customer, field)
            for field in ("Potential__c", "Cost_To_Serve__c", "Gross_Margin__c")
        }
        lines = sorted(revenue[one] for one in set(customer.values()))
        potentials = sorted(money["Potential__c"].values())
        found = {}
        for account, group in customer.items():
            mine, most = revenue[group], money["Potential__c"].get(group)
            cost, margin = (money[f].get(group) for f in ("Cost_To_Serve__c", "Gross_Margin__c"))
            if mine > 0 and mine >= _line(lines, 80):
                found[account] = "high"
            elif not mine >= _line(lines, 40) > 0 and (
                most is not None and most < _line(potentials, 40)
            ):
                found[account] = "direct"
            elif cost is not None and margin and cost / margin * 100 > 50:
                found[account] = "over_demander"
            elif most and (most - mine) / most * 100 > 50:
                found[account] = "developer"
            else:
                found[account] = "unknown" if not most or not margin else "middle_market"
        return found

    def revenue(self, customer: Mapping[str, str], day: date) -> dict[str, Decimal]:
        """Twelve months to the end of a month, by customer, in euros."""
        assert day.day == calendar.monthrange(day.year, day.month)[1]
        first = day.replace(year=day.year - 1)
        found = dict.fromkeys(customer.values(), Decimal(0))
        for row in self.tables["Order"]:
            on = _day(row["EffectiveDate"])
            if on is None or on > day:
                continue
            if row["AccountId"] in customer and (on.year, on.month) > (first.year, first.month):
                amount = Decimal(row["TotalAmount"]) * RATES[row["CurrencyIsoCode"]]
                found[customer[row["AccountId"]]] += amount
        return found

    def core(self, manager: str, day: date) -> tuple[int, int]:
        """How many of how many customers bring 80 % of revenue."""
        accounts = self.accounts_of(manager)
        top = {row["Id"] for row in accounts}
        customer = {
            row["Id"]: row["ParentId"] if row["ParentId"] in top else row["Id"] for row in accounts
        }
        sums = sorted(self.revenue(customer, day).values(), reverse=True)
        reached, k = Decimal(0), 0
        while reached * 100 < sum(sums) * 80:
            reached += sums[k]
            k += 1
        return k, len(sums)

    def promises(self, accounts: Iterable[str], day: date, since: date) -> dict[str, set[str]]:
        """Our promises and steps and their requests: kept and late since a day, overdue on it."""
        here = set(accounts)
        found: dict[str, set[str]] = {"kept": set(), "late": set(), "overdue": set()}
        for row in self.tables["Commitment__c"]:
            ours = row["Type__c"] in {"promise", "action", "request"} and row["Side__c"] == "ours"
            made, due, done = (_day(row[f"{name}_On__c"]) for name in ("Made", "Due", "Done"))
            if not ours or row["Account__c"] not in here or (made and made > day):
                continue
            if done is None or done > day:
                if due is not None and due < day:
                    found["overdue"].add(row["Text__c"])
            elif done > since:
                late = due is not None and done > due
                found["late" if late else "kept"].add(row["Text__c"])
        return found


def changed_ids(before: Books, after: Books) -> set[str]:
    """The ids of the rows that say something else in a later export."""
    known = {row["Id"]: row for rows in before.tables.values() for row in rows}
    return {
        row["Id"]
        for rows in after.tables.values()
        for row in rows
        if row["Id"] in known and row != known[row["Id"]]
    }


def write_table(folder: Path, name: str, rows: Sequence[Row]) -> Path:
    """One table of an export as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _sums(accounts: Sequence[Row], customer: Mapping[str, str], field: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in accounts:
        if row[field]:
            rate = RATES[row["CurrencyIsoCode"] or "EUR"]
            group = customer[row["Id"]]
            found[group] = found.get(group, Decimal(0)) + Decimal(row[field]) * rate
    return found


def _line(ranked: Sequence[Decimal], percent: int) -> Decimal:
    return ranked[max(1, ceil(percent * len(ranked) / 100)) - 1]


def _day(text: str) -> date | None:
    """A day of the export; the sample has a row whose day does not exist, and nobody takes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
