"""From the rows of a sheet to arrivals: cells are parsed, records shaped, keys given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.describing import describe, headline
from knowledge.records.importing.keys import content_key, natural_key
from knowledge.records.importing.recognition import Reading
from knowledge.records.importing.rules import Payload
from knowledge.records.importing.shaping import Incomplete, Shaped, shape
from knowledge.records.importing.sheets import Row, Sheet
from knowledge.records.importing.values import Habit, NotAValue, money, parse, text
from knowledge.records.landing import Arrival, content_hash

_PLAIN = Habit()
#: The date a record is of: the first of these it has.
_DATED = (
    *("occurred_at", "ordered_on", "closes_on", "created_on", "opened_at", "made_on", "due_on"),
    *("decided_on", "requested_on", "estimated_on", "confirmed_on", "starts_on", "published_on"),
)
#: Kinds of record a nested record may belong to, with the column that says so.
_PARENTS = {
    "opportunity": "opportunity_id",
    "contact": "contact_id",
    "account": "account_id",
    "activity": "activity_id",
    "product": "product_id",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken. `file`, `line` and `text` say which row."""

    file: str
    line: int | None
    reason: str
    text: str


@dataclass(slots=True)
class Prepared:
    """A row that can be landed: its arrivals, the main one first, and when it was last changed."""

    file: str
    line: int
    text: str
    arrivals: list[Arrival]
    modified: str
    hashes: list[str] = field(default_factory=list)

    def refused(self, reason: str) -> Refusal:
        """This row as one that was not taken after all."""
        return Refusal(self.file, self.line, reason, self.text)


class Preparation:
    """The rows of one file. Identical rows without an id are numbered within their file."""

    def __init__(self) -> None:
        self.rows: list[Prepared] = []
        self.refusals: list[Refusal] = []
        self._repeats: Counter[tuple[str, str]] = Counter()

    def add(self, sheet: Sheet, reading: Reading) -> None:
        """Every row of the sheet: prepared, or refused with its reason."""
        for spoiled in sheet.spoiled:
            self.refusals.append(Refusal(sheet.file, spoiled.line, spoiled.reason, spoiled.text))
        for row in sheet.rows:
            if reading.kind is None:
                reason = reading.refusal or "The sheet is of no known kind."
                self.refusals.append(Refusal(sheet.file, row.line, reason, row.text))
                continue
            try:
                self.rows.append(self._prepare(sheet.file, row, reading.kind, reading))
            except (NotAValue, Incomplete) as problem:
                self.refusals.append(Refusal(sheet.file, row.line, str(problem), row.text))

    def _prepare(self, file: str, row: Row, kind: str, reading: Reading) -> Prepared:
        values = read_values(row, kind, reading)
        modified = values.get("modified") or ""
        if row.parent is not None and row.parent.became:
            _belong(values, kind, row.parent.became)
        if not any(values.get(name) for name in reading.columns.values()):
            raise Incomplete("The row is empty.")
        arrivals = [self._arrival(one, f"{file}:{row.line}") for one in shape(kind, values)]
        row.became = (arrivals[0].kind, arrivals[0].key)
        hashes = [content_hash(arrival) for arrival in arrivals]
        return Prepared(file, row.line, row.text, arrivals, modified, hashes)

    def _arrival(self, one: Shaped, origin: str) -> Arrival:
        payload = one.payload
        key = one.key or natural_key(one.kind, payload)
        if key is None:
            key = content_key(payload)
            self._repeats[one.kind, key] += 1
            if (count := self._repeats[one.kind, key]) > 1:
                key = f"{key}-{count}"
        everyone = one.kind == "article"
        return Arrival(
            one.kind,
            key,
            headline(one.kind, payload),
            describe(one.kind, payload),
            payload,
            origin,
            _dated(payload),
            "everyone" if everyone else "unassigned",
        )


def read_values(row: Row, kind: str, reading: Reading) -> Payload:
    """The fields of a row as canonical values; what is no field stands under `other`.

    Raises:
        NotAValue: a cell cannot be read as its field, with column and cell in the message.
    """
    fields = KINDS[kind].fields
    values: Payload = dict(_constants(fields, reading))
    for header, name in reading.columns.items():
        cell = row.cells.get(header)
        try:
            value = parse(fields[name], cell, reading.habits.get(header, _PLAIN))
        except NotAValue as problem:
            shown = text(cell)
            shown = shown if len(shown) <= 60 else f"{shown[:60]}…"  # noqa: PLR2004 - one line
            raise NotAValue(f"Column “{header}”: “{shown}” {problem}.") from None
        if value is not None:
            values[name] = value
            if fields[name] == "money" and isinstance(cell, str):
                _note_currency(values, fields, cell, reading.habits.get(header, _PLAIN))
    other = {header: text(row.cells.get(header) or "") for header in reading.kept}
    if other := {header: said for header, said in other.items() if said}:
        values["other"] = other
    return values


def _constants(fields: AbstractMapping[str, str], reading: Reading) -> Payload:
    constants = {
        name: parse(fields[name], value, _PLAIN)
        for name, value in reading.constants.items()
        if name in fields
    }
    for name in ("sort", "numbered"):
        if name in reading.constants:
            constants[name] = reading.constants[name]
    return constants


def _note_currency(
    values: Payload, fields: AbstractMapping[str, str], cell: str, habit: Habit
) -> None:
    """A sign beside an amount tells its currency, unless a column does."""
    if (cell[-1:].isdigit() and cell[:1].isdigit()) or "currency" not in fields:
        return
    currency = money(text(cell), habit)[1]
    if currency:
        values.setdefault("currency", currency)


def _belong(values: Payload, kind: str, parent: tuple[str, str]) -> None:
    """A nested record belongs to the record around it, whatever its own columns say."""
    column = _PARENTS.get(parent[0])
    if column and column in KINDS[kind].fields:
        values.pop("what_id", None)
        values.pop(column.removesuffix("_id"), None)
        values[column] = parent[1]


def _dated(payload: dict[str, Any]) -> date | None:
    day = next((payload[name] for name in _DATED if payload.get(name)), None)
    return date.fromisoformat(str(day)[:10]) if day else None
