"""The first step of an import: files become rows, rows become source versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from knowledge.errors import Unreadable
from knowledge.records.importing.holding import with_what_is_held
from knowledge.records.importing.leaving_out import Met, without_the_erased
from knowledge.records.importing.mapping import Mapping
from knowledge.records.importing.preparing import Preparation, Prepared, Refusal
from knowledge.records.importing.recognition import Reading, recognise
from knowledge.records.importing.rejecting import keep_rejects
from knowledge.records.importing.settling import settle
from knowledge.records.importing.sheets import Sheet, TableFile, read_sheets
from knowledge.records.landing import Outcome, chunks, land
from knowledge.records.store import Database

#: Rows of one transaction: what is committed stays, whatever happens to the rest.
BATCH = 2_000


class Progress(Protocol):
    """Whoever wants to see an import advance."""

    def start(self, label: str, total: int) -> None:
        """A new step begins; `total` counts its rows."""

    def advance(self, n: int) -> None:
        """So many more rows are done."""


class Unwatched:
    """The progress nobody looks at."""

    def start(self, label: str, total: int) -> None:
        """Do nothing."""

    def advance(self, n: int) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class TableReport:
    """What became of an import. `created` to `rejected` count rows of the files.

    `readings` says how each sheet was read, `notes` what was decided without being sure, `met` how
    often somebody who was erased was left out; a row of nobody else counts as unchanged.
    """

    files: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    readings: tuple[Reading, ...]
    notes: tuple[str, ...]
    rejects: tuple[Refusal, ...]
    met: Met = field(default_factory=Met)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values, the rejects without their rows."""
        return {
            "files": self.files,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "mapping": [reading.as_json() for reading in self.readings],
            "notes": list(self.notes),
            "rejects": [
                {"file": one.file, "line": one.line, "reason": one.reason} for one in self.rejects
            ],
        }


@dataclass
class _Taken:
    """What the files of one import gave so far."""

    readings: list[Reading] = field(default_factory=list)
    rows: list[Prepared] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def import_tables(
    database: Database,
    files: Sequence[TableFile],
    *,
    mapping: Mapping | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> TableReport:
    """Keep the rows of the files as source versions; `link` makes records of them afterwards.

    Rows that cannot be taken, and files that cannot be read, become rejects. All files of one
    export belong into one call: rows of the same record are settled among them.

    Raises:
        BadMapping: the mapping names a column that its file does not have; nothing is kept.
    """
    watch = progress or Unwatched()
    told = mapping or Mapping()
    taken = _Taken()
    read = 0
    watch.start("Reading files", len(files))
    for file in files:
        try:
            sheets = list(read_sheets(file))
            read += 1
        except Unreadable as problem:
            taken.refusals.append(Refusal(file.shown_name, None, str(problem), ""))
            watch.advance(1)
            continue
        _take(file, sheets, told, taken)
        watch.advance(1)
    kept, doubles = settle(taken.rows)
    refusals = [*taken.refusals, *doubles]
    met = Met()
    counts = _land(database, kept, now, watch, met)
    for chunk in chunks(refusals, BATCH):
        with database.writing() as session:
            keep_rejects(session, chunk)
    return TableReport(
        read,
        counts["created"],
        counts["updated"],
        counts["unchanged"],
        len(refusals),
        tuple(taken.readings),
        tuple(f"{one.file}: {note}" for one in taken.readings for note in one.notes),
        tuple(refusals),
        met,
    )


def _take(file: TableFile, sheets: Sequence[Sheet], told: Mapping, taken: _Taken) -> None:
    preparation = Preparation()
    told.refuse_unknown_columns(file.shown_name, {h for sheet in sheets for h in sheet.headers})
    for sheet in sheets:
        reading = recognise(sheet, told.of(file.shown_name))
        taken.readings.append(reading)
        preparation.add(sheet, reading)
    taken.rows += preparation.rows
    taken.refusals += preparation.refusals


def _land(
    database: Database, rows: Sequence[Prepared], now: datetime, watch: Progress, met: Met
) -> Counter[Outcome]:
    """Land the rows, a batch a transaction; a row is as new as the newest of its records."""
    counts: Counter[Outcome] = Counter()
    watch.start("Keeping rows", len(rows))
    for batch in chunks(rows, BATCH):
        with database.writing() as session:
            arrived = [a for row in batch for a in row.arrivals]
            allowed = without_the_erased(session, arrived, met)
            arrivals = with_what_is_held(session, [a for a in allowed if a is not None])
            landed = iter(land(session, arrivals, now))
        outcomes = iter(next(landed) if a is not None else "unchanged" for a in allowed)
        for row in batch:
            own = {next(outcomes) for _ in row.arrivals}
            counts[_of_row(own)] += 1
        watch.advance(len(batch))
    return counts


def _of_row(outcomes: set[Outcome]) -> Outcome:
    order: tuple[Outcome, ...] = ("created", "updated")
    return next((one for one in order if one in outcomes), "unchanged")
