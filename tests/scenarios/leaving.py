"""A small company, one of whose contacts wants to be forgotten, and where she stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import MetaData, select

from knowledge.records.store import Database

HER = "katalin.szentmiklosy@quorvex.example"
#: What nobody else has: her address, the words of her name, her number, and what she said.
HERS = (
    HER,
    "Katalin",
    "Szentmiklosy",
    "55 443 221",
    "eleven percent above",
    "hydraulic couplings",
    "second shift refuses",
)
OURS = "dragan.colleague@us.example"
NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)

_DRAGAN, _HERE, _SHE = "005000000000002AAA", "001000000000001AAA", "003000000000001AAA"
_TABLES = {
    "User.csv": f"""\
Id,FirstName,LastName,Email,ProfileName,IsActive
005000000000001AAA,Anouk,Ferrier,anouk.ferrier@us.example,System Administrator,true
{_DRAGAN},Dragan,Colleague,dragan.colleague@us.example,Sales,true
""",
    "Account.csv": f"""\
Id,Name,OwnerId,Website,Description
{_HERE},Quorvex Works,{_DRAGAN},quorvex.example,Katalin Szentmiklosy runs the plant.
""",
    "Contact.csv": f"""\
Id,AccountId,FirstName,LastName,Email,Phone,Title,OwnerId
{_SHE},{_HERE},Katalin,Szentmiklosy,{HER},+36 55 443 221,Plant director,{_DRAGAN}
003000000000002AAA,{_HERE},Peter,Oravecz,peter.oravecz@quorvex.example,+36 55 443 888,,{_DRAGAN}
""",
    "Opportunity.csv": f"""\
Id,Name,AccountId,OwnerId,StageName,Amount,CreatedDate,CloseDate,Description
006000000000001AAA,Retrofit,{_HERE},{_DRAGAN},Proposal,8,2026-03-02,2026-11-30,"Decided by Mrs
Szentmiklosy and Peter Oravecz."
006000000000002AAA,Seals,{_HERE},{_DRAGAN},Proposal,nonsense,2026-03-02,2026-11-30,For Katalin.
""",
    "OpportunityContactRole.csv": f"""\
Id,OpportunityId,ContactId,Role
00K000000000001AAA,006000000000001AAA,{_SHE},Decision Maker
""",
    "Event.csv": f"""\
Id,AccountId,WhoId,OwnerId,Subject,StartDateTime,DurationInMinutes,Description
00U000000000001AAA,{_HERE},{_SHE},{_DRAGAN},Visit,2026-05-04T09:00:00.000+0000,60,With Katalin.
""",
    "Commitment__c.csv": f"""\
Id,AccountId,Type__c,Side__c,Text__c,Made_On__c,Due_On__c
a03000000000001AAA,{_HERE},promise,ours,Send Katalin the energy report,2026-05-04,2026-05-20
""",
}
_MAIL = f"""\
From: Katalin Szentmiklosy <{HER}>
To: dragan.colleague@us.example
Message-ID: <1@quorvex.example>
Subject: Your offer
Date: Mon, 04 May 2026 10:00:00 +0000

Dear Dragan,

your offer is eleven percent above what we have from the other side.
Please send the drawing of the hydraulic couplings.

Katalin
"""
_REPLY = f"""\
From: Dragan Colleague <dragan.colleague@us.example>
To: {HER}
Cc: Peter Oravecz <peter.oravecz@quorvex.example>, Zsofia Kelemen <zsofia@quorvex.example>
Message-ID: <2@us.example>
Subject: Re: Your offer
Date: Tue, 05 May 2026 10:00:00 +0000

Dear Katalin, we will check the freight surcharge.

On Mon, 4 May 2026, Katalin Szentmiklosy wrote:
> your offer is eleven percent above what we have from the other side.
> Please send the drawing of the hydraulic couplings.
"""
_CALL = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Dragan Colleague>How does the trial run at Quorvex Works?

00:00:05.000 --> 00:00:09.000
<v Katalin Szentmiklosy>The second shift refuses the new seals.
"""
_NOTE = """\
# Quorvex, internal

She writes: "your offer is eleven percent above what we have from the other side."
Peter Oravecz counts the seals himself, Zsofia Kelemen orders them. The freight surcharge is open.
"""


def export(folder: Path) -> Path:
    """The company's export and papers in a folder."""
    for name, table in _TABLES.items():
        write(folder / name, table)
    for name, text in (
        ("offer.eml", _MAIL),
        ("reply.eml", _REPLY),
        ("trial.vtt", _CALL),
        ("note.md", _NOTE),
        ("katalin-szentmiklosy-visit.md", "# Visit\n\nPeter Oravecz waits for the report.\n"),
    ):
        write(folder / "Quorvex Works" / name, text)
    return folder


def write(path: Path, text: str) -> None:
    """A file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def traces_in(home: Path, words: Iterable[str] = HERS) -> list[str]:
    """Where words stand in the bytes of a folder, as UTF-8, UTF-16 or escaped as JSON does."""
    found = []
    for path in sorted(home.rglob("*")):
        held = path.read_bytes().lower() if path.is_file() else b""
        for word in words:
            plain = word.lower()
            ways = (plain.encode(), plain.encode("utf-16-le"), json.dumps(plain)[1:-1].encode())
            if any(way in held for way in ways) or plain in path.name.lower():
                found.append(f"{word}: {path.relative_to(home)}")
    return found


def traces_of(database: Database, words: Iterable[str] = HERS) -> list[str]:
    """Where words stand in the rows of a database, in every table it has."""
    metadata = MetaData()
    metadata.reflect(database.engine)
    found = []
    with database.reading() as session:
        for table in metadata.sorted_tables:
            held = repr([tuple(row) for row in session.execute(select(table))]).lower()
            found += [f"{word}: {table.name}" for word in words if word.lower() in held]
    return found
