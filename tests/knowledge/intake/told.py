"""A small company that people tell things about: two accounts, two reps, their manager."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from knowledge.index.search import Search
from knowledge.intake import ImportReport, take_in
from knowledge.records import Database, Ledger, Viewer
from knowledge.records.importing.intake import Unwatched
from tests.databases import new_file

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
NORTH, SOUTH = "001000000000001AAA", "001000000000002AAA"
TABLES = {
    "User.csv": "Id,Name,Email,ManagerId,IsActive\n"
    "005000000000001AAA,Mara Quist,mara@varn.example,,true\n"
    "005000000000002AAA,Piet Olsen,piet@varn.example,005000000000001AAA,true\n"
    "005000000000003AAA,Rena Falk,rena@varn.example,005000000000001AAA,true\n",
    "Account.csv": "Id,Name,OwnerId\n"
    f"{NORTH},Northmoor Dairies,005000000000002AAA\n"
    f"{SOUTH},Southgate Paper,005000000000003AAA\n",
    "Contact.csv": "Id,AccountId,FirstName,LastName,Title,Email\n"
    f"003000000000001AAA,{NORTH},Ida,Brandt,Plant manager,ida@northmoor.example\n"
    f"003000000000002AAA,{SOUTH},Joel,Stern,Buyer,joel@southgate.example\n",
    "Opportunity.csv": "Id,AccountId,OwnerId,Name,StageName,IsClosed,IsWon,Amount,CloseDate\n"
    f"006000000000001AAA,{NORTH},005000000000002AAA,Cooling loop,Closed Lost,true,false,"
    "40000,2026-08-15\n",
}


def company(database: Database, folder: Path) -> ImportReport:
    """Import the company."""
    return arrive(database, export(folder))


def export(folder: Path) -> Path:
    """Write the company's export into a folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in TABLES.items():
        (folder / name).write_text(rows, encoding="utf-8")
    return folder


@cache
def imported() -> Path:
    """The company as an SQLite file, imported once: copying it is faster than every test."""
    folder = Path(tempfile.mkdtemp(prefix="told-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database.open(new_file(folder))
    company(database, folder / "export")
    database.close()
    return folder / "liaison.db"


def arrive(database: Database, folder: Path) -> ImportReport:
    """Import a folder."""
    return take_in(database, [folder], now=NOW, progress=Unwatched())


def viewer(database: Database, who: str) -> Viewer:
    """Somebody's eyes, by first name."""
    return Ledger(database).viewer(f"{who}@varn.example")


def found(database: Database, who: Viewer, query: str) -> list[str]:
    """The texts that words find for somebody, best first."""
    return [hit.text for hit in Search(database, None).find(who, query, k=5).hits]
