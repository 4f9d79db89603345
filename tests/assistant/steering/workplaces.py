"""Workspaces that a test may write to: a copy of the sample, and a small company."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from pydantic import SecretStr

from assistant.desk import Desk
from assistant.settings import FILE_NAME, Settings, read_settings
from knowledge.intake import take_in
from knowledge.records import Database
from knowledge.records.importing.intake import Unwatched

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
DAY = date(2026, 9, 30)
NORTH = "001000000000001AAA"
_TABLES = {
    "User.csv": "Id,Name,Email,ManagerId,IsActive,ProfileName\n"
    "005000000000001AAA,Mara Quist,mara@varn.example,005000000000004AAA,true,Sales\n"
    "005000000000002AAA,Piet Olsen,piet@varn.example,005000000000001AAA,true,Sales\n"
    "005000000000003AAA,Rena Falk,rena@varn.example,005000000000001AAA,true,Sales\n"
    "005000000000004AAA,Otto Brink,otto@varn.example,,true,System Administrator\n",
    "Account.csv": "Id,Name,OwnerId,Tier__c\n"
    f"{NORTH},Northmoor Dairies,005000000000002AAA,Growth\n"
    "001000000000002AAA,Southgate Paper,005000000000003AAA,Growth\n",
    "Opportunity.csv": "Id,AccountId,OwnerId,Name,StageName,IsClosed,IsWon,Amount,CloseDate,"
    "Discount_Percent__c,CreatedDate\n"
    f"006000000000001AAA,{NORTH},005000000000002AAA,Chiller skid,Proposal,false,false,40000,"
    "2026-11-15,10,2026-06-01\n"
    f"006000000000002AAA,{NORTH},005000000000002AAA,Cooling loop,Proposal,false,false,40000,"
    "2026-11-15,20,2026-06-01\n"
    f"006000000000003AAA,{NORTH},005000000000002AAA,Spare seals,Closed Lost,true,false,9000,"
    "2026-08-15,,2026-06-01\n"
    "006000000000004AAA,001000000000002AAA,005000000000003AAA,Pulp pump,Closed Won,true,true,"
    "9000,2026-09-15,,2026-06-01\n",
    "Policy__c.csv": "Id,Name,Subject__c,Inside_Up_To__c,Approval_Up_To__c,Unit__c,"
    "Approver_Role__c\n"
    "a02000000000001AAA,POL-1,discount_percent,8,12,percent,manager\n",
}


def sample_copy(sample: Desk, folder: Path) -> Desk:
    """The sample workspace in a folder of one's own."""
    home = sample.settings.home
    folder.mkdir()
    shutil.copyfile(home / FILE_NAME, folder / FILE_NAME)
    with (
        closing(sqlite3.connect(home / "liaison.db")) as old,
        closing(sqlite3.connect(folder / "liaison.db")) as new,
    ):
        old.backup(new)
    return Desk.open(read_settings(folder, {}))


def small_company(folder: Path, url: str | None = None) -> Desk:
    """Two accounts, two reps, a manager and an administrator, in a database of either kind."""
    home = folder / "home"
    home.mkdir()
    if url is None:
        shutil.copyfile(_imported(), home / "liaison.db")
        return Desk.open(read_settings(home, {}))
    _import(url, folder)
    return Desk.open(Settings(home=home, database_url=SecretStr(url)))


@cache
def _imported() -> Path:
    """The company as an SQLite file, imported once: copying it is faster than every test."""
    folder = Path(tempfile.mkdtemp(prefix="company-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _import(f"sqlite:///{folder / 'liaison.db'}", folder)
    return folder / "liaison.db"


def _import(url: str, folder: Path) -> None:
    export = folder / "export"
    export.mkdir()
    for name, rows in _TABLES.items():
        (export / name).write_text(rows, encoding="utf-8")
    database = Database.open(url)
    take_in(database, [export], now=NOW, progress=Unwatched())
    database.close()
