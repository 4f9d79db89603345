"""Lists as CSV that a spreadsheet opens and never executes."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.insight.plan_quality import plan_quality
from assistant.insight.promises import promises
from assistant.office import Office
from assistant.steering.asks import Asks
from assistant.steering.exceptions import exceptions
from assistant.steering.imperatives import SCORES, SelfCheck
from knowledge.records import Viewer

Cell = str | int | Decimal | date | None
#: What makes a cell a formula, once what a spreadsheet skips is taken away.
_FORMULA = frozenset("=+-@\t\r\n|%")
#: Skipped, or taken off, before a spreadsheet looks: quotes, and what nobody sees.
_SKIPPED = frozenset("\"'`´‘’“”„«»‹›")


@dataclass(frozen=True)
class Table:
    """A list with its header."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_text(table: Table) -> str:
    """The table as CSV: a byte-order mark for spreadsheets, CRLF, every word inert.

    Figures stay figures; a word that a spreadsheet could take for a formula gets an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(table.header)
    for row in table.rows:
        writer.writerow([_shown(cell) for cell in row])
    return f"\ufeff{out.getvalue()}"


def inert(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if _could_run(words) else words


def asks_table(office: Office, viewer: Viewer, day: date) -> Table:
    """Every ask of the accounts a viewer may see."""
    header = ("account", "asked of", "ask", "owner", "asked by", "due", "status", "days old")
    lines = Asks(office).lines(viewer, day, status=None)
    return Table(
        (*header, "days overdue", "answer", "source"),
        tuple(
            (
                *(one.account, one.target, one.text, one.owner, one.asked_by, one.due_on),
                *(one.status, one.age, one.overdue, one.answer, one.ref),
            )
            for one in lines
        ),
    )


def exceptions_table(office: Office, viewer: Viewer, day: date) -> Table:
    """What the pricing committee should look at."""
    header = ("by", "name", "subject", "approvals in 12 months", "highest", "unit", "last on")
    return Table(
        (*header, "deals", "sources"),
        tuple(
            (
                *(one.scope, one.name, one.subject, one.n, one.highest, one.unit, one.last_on),
                *("; ".join(one.deals), "; ".join(one.refs)),
            )
            for one in exceptions(office, viewer, day)
        ),
    )


def imperatives_table(office: Office, viewer: Viewer, day: date) -> Table:
    """The self-check up to a day, an answer a row."""
    header = ("imperative", "on", "score", "meaning", "evidence", "by")
    return Table(
        header,
        tuple(
            (line.imperative, one.on, one.score, SCORES[one.score], one.evidence, one.by)
            for line in SelfCheck(office).lines(viewer)
            for one in line.answers
            if one.on <= day
        ),
    )


def team_table(office: Office, viewer: Viewer, day: date) -> Table:
    """The accounts a viewer may see, with what is open at each; by name."""
    header = ("account", "tier", "owner", "plan elements", "of", "blank")
    asks = [one.account_id for one in Asks(office).lines(viewer, day)]
    rows: list[tuple[Cell, ...]] = []
    for account in office.ledger.accounts(viewer):
        file = office.ledger.account_file(viewer, account.id, day)
        plan = plan_quality(file, office.rules).values
        owed = promises(file, office.rules).values
        late = owed["overdue"] + len(owed["requests_overdue"])
        rows.append(
            (
                *(account.name, account.tier, file.owner.name if file.owner else None),
                *(plan["k"], plan["n"], "; ".join(plan["blank"]).replace("_", " ")),
                *(late, asks.count(account.id), account.next_review_on),
            )
        )
    return Table((*header, "promises overdue", "asks open", "next review"), tuple(rows))


#: The lists that can be exported, by name.
TABLES: dict[str, Callable[[Office, Viewer, date], Table]] = {
    "asks": asks_table,
    "exceptions": exceptions_table,
    "imperatives": imperatives_table,
    "team": team_table,
}


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return inert(cell) if isinstance(cell, str) else str(cell)


def _could_run(words: str) -> bool:
    """Whether the first character that counts begins a formula, in any width."""
    if words[:1] in {"\t", "\r", "\n"}:
        return True
    for letter in unicodedata.normalize("NFKC", words):
        if letter in _FORMULA:
            return True
        if letter in _SKIPPED or letter.isspace() or _unseen(letter):
            continue
        return unicodedata.category(letter) == "Sm" or letter in "‐‑‒–—−﹣"
    return False


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me"}
