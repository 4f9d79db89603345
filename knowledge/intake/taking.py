"""One import from beginning to end: find the files, read them, link, attach, make findable.

Every step keeps its work in small transactions and finds what is left to do in the records
themselves, so an import that is killed at any moment is finished by the next one.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from knowledge.intake.cutting import cut_passages
from knowledge.intake.documents import (
    attach_documents,
    expect_changes,
    take_documents,
    unassigned_documents,
)
from knowledge.intake.files import find_files
from knowledge.intake.report import ImportReport
from knowledge.records import Database
from knowledge.records.erasing.marks import Marks
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing import (
    Mapping,
    Progress,
    Refusal,
    TableFile,
    import_tables,
    is_table,
    link,
)
from knowledge.records.importing.rejecting import keep_rejects
from knowledge.records.tables import ImportRun, Reject


def take_in(
    database: Database,
    paths: Sequence[Path],
    *,
    now: datetime,
    progress: Progress,
    mapping: Mapping | None = None,
    rejects_to: Path | None = None,
    administrators: Collection[str] = (),
) -> ImportReport:
    """Import files and folders; raises `BadInput` only for paths that are not there.

    Args:
        database: where to.
        paths: exports and documents, or folders of them.
        now: the instant that new versions are marked with.
        progress: told how far the work has come.
        mapping: what columns mean where the headers do not tell.
        rejects_to: the file that lists everything ever rejected, with line and reason.
        administrators: e-mail addresses of people who may see everything.
    """
    refusals: list[Refusal] = []
    found = find_files(paths, refusals)
    documents = [file for file in found if not is_table(file.path)]
    tables = [TableFile(file.path, file.root, file.name) for file in found if is_table(file.path)]
    run_id = _begin(database, paths, now)
    rows = import_tables(database, tables, mapping=mapping, now=now, progress=progress)
    joined = link(database, progress, administrators=administrators)
    met = rows.met
    outcomes: Counter[str] = Counter(
        take_documents(database, documents, now, progress, refusals, met=met)
    )
    with database.writing() as session:
        keep_rejects(session, refusals)
    attach_documents(database)
    cut_passages(database, progress)
    report = ImportReport(
        files=rows.files + len(documents),
        outcomes={
            "created": rows.created + outcomes["created"],
            "updated": rows.updated + outcomes["updated"],
            "unchanged": rows.unchanged + outcomes["unchanged"],
            "rejected": rows.rejected + len(refusals),
        },
        mapping=[reading.as_json() for reading in rows.readings],
        notes=(*rows.notes, *joined.lines, *met.lines),
        refusals=(*rows.rejects, *refusals),
        erased={"left_out": met.left_out, "blackened": met.blackened},
        unassigned=_unassigned(database),
        rejects_file=list_rejects(database, rejects_to) if rejects_to else None,
    )
    _end(database, run_id, report)
    return report


def _begin(database: Database, paths: Sequence[Path], now: datetime) -> int:
    with database.writing() as session:
        redactor = Redactor(Marks.load(session))
        shown = [redactor.text(str(path)) for path in paths]
        run = ImportRun(started_at=now, paths=shown, summary={})
        session.add(run)
        expect_changes(session)
        session.flush()
        return run.id


def _unassigned(database: Database) -> list[str]:
    with database.reading() as session:
        return unassigned_documents(session)


def _end(database: Database, run_id: int, report: ImportReport) -> None:
    with database.writing() as session:
        run = session.get_one(ImportRun, run_id)
        run.finished_at = datetime.now(UTC)
        run.summary = {k: v for k, v in report.to_json().items() if isinstance(v, int)}


def list_rejects(database: Database, path: Path) -> str | None:
    """Everything rejected so far as a table that a spreadsheet opens."""
    with database.reading() as session:
        rows = session.scalars(select(Reject).order_by(Reject.file, Reject.line, Reject.id)).all()
    if not rows:
        path.unlink(missing_ok=True)
        return None
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "reason", "row"])
        for row in rows:
            writer.writerow([row.file, row.line or "", row.reason, _inert(row.row_text)])
    return str(path)


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
