"""Which kind of record a sheet holds, and which column is which field."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.records.importing import headers as called
from knowledge.records.importing.catalogue import KINDS, Kind
from knowledge.records.importing.columns import habit, shape
from knowledge.records.importing.mapping import FileMapping
from knowledge.records.importing.sheets import Sheet
from knowledge.records.importing.values import Habit

#: A sheet is of a kind when at least this share of its columns are fields of it.
_ENOUGH = 0.5
#: What an unknown column is taken for by the shape of its values, by kind.
_BY_SHAPE: AbstractMapping[str, AbstractMapping[str, str]] = {
    "opportunity": {"stage": "stage", "money": "amount", "date": "closes_on", "email": "owner"},
    "contact": {"email": "email"},
    "user": {"email": "email"},
    "activity": {"date": "occurred_at", "email": "party"},
    "order": {"date": "ordered_on", "money": "amount"},
    "product": {"money": "list_price"},
}


@dataclass(frozen=True)
class Reading:
    """How a sheet is read: readable for people, and complete enough to read it by.

    `columns` gives the field of each column, `kept` the columns kept as plain text, `ignored`
    those left out. A sheet of no kind has a `refusal` instead.
    """

    file: str
    sheet: str
    kind: str | None
    columns: AbstractMapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    constants: AbstractMapping[str, Any] = field(default_factory=dict)
    habits: AbstractMapping[str, Habit] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refusal: str | None = None
    rows: int = 0

    def as_json(self) -> dict[str, Any]:
        """What a person or a program wants to know of it."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "kind": self.kind,
            "rows": self.rows,
            "columns": dict(self.columns),
            "kept_as_text": list(self.kept),
            "ignored": list(self.ignored),
            "constants": dict(self.constants),
            "notes": list(self.notes),
            "refused": self.refusal,
        }

    def __str__(self) -> str:
        if self.kind is None:
            return f"{self.file}: not taken. {self.refusal}"
        pairs = ", ".join(f"{column} → {name}" for column, name in self.columns.items())
        return f"{self.file}: {KINDS[self.kind].label}, {self.rows:,} rows. {pairs}"


def recognise(sheet: Sheet, told: FileMapping) -> Reading:
    """How a sheet is read, by what was told and else by its name, headers and values."""
    chosen = _object_of(sheet, told)
    kind = KINDS.get(chosen.get("kind", ""))
    if kind is None and (reason := called.without_home(sheet.name)):
        return Reading(sheet.file, sheet.name, None, refusal=reason, rows=len(sheet.rows))
    kind = kind or _kind_by_headers(sheet, told)
    if kind is None:
        shown = ", ".join(sheet.headers[:8]) + ("…" if len(sheet.headers) > 8 else "")  # noqa: PLR2004
        refusal = f"No kind of record has the columns {shown}; a mapping file can name one."
        return Reading(sheet.file, sheet.name, None, refusal=refusal, rows=len(sheet.rows))
    return _read(sheet, told, kind, chosen)


def fields_of(sheet: Sheet, kind: Kind, told: FileMapping) -> dict[str, str]:
    """The field of each column of a sheet, were it of that kind; each field once."""
    chosen = {h: name for h, name in told.fields.items() if name in kind.fields}
    taken = set(chosen.values())
    known = called.synonyms(kind.name)
    ranked = []
    for place, header in enumerate(sheet.headers):
        found = known.get(called.fold(header))
        if found and header not in chosen and header not in told.ignore:
            ranked.append((found[1], place, header, found[0]))
    for _, _, header, name in sorted(ranked):
        if name not in taken:
            chosen[header] = name
            taken.add(name)
    return {header: chosen[header] for header in sheet.headers if header in chosen}


def _object_of(sheet: Sheet, told: FileMapping) -> dict[str, str]:
    if told.kind:
        return {"kind": told.kind}
    found = called.object_called(sheet.name)
    if found is None:
        return {}
    columns = set(fields_of(sheet, KINDS[found["kind"]], told).values())
    fits = any(need <= columns for need in called.needs(found["kind"]))
    return found if sheet.named or fits or not called.needs(found["kind"]) else {}


def _kind_by_headers(sheet: Sheet, told: FileMapping) -> Kind | None:
    """The kind that most columns speak for, if its necessary fields are among them."""
    stem = f" {called.fold(sheet.name)} "
    scored = []
    meaningful = [h for h in sheet.headers if called.fold(h) not in called.ignored()]
    for order, kind in enumerate(KINDS.values()):
        columns = set(fields_of(sheet, kind, told).values())
        if not any(need <= columns for need in called.needs(kind.name)):
            continue
        share = len(columns) / max(len(meaningful), 1)
        spoken = any(
            f" {name} " in stem or f" {name}s " in stem for name in called.called_(kind.name)
        )
        if share >= _ENOUGH and (len(columns) > 1 or spoken):
            scored.append((share + 0.15 * spoken, -order, kind))
    return max(scored, key=lambda one: one[:2])[2] if scored else None


def _read(sheet: Sheet, told: FileMapping, kind: Kind, chosen: dict[str, str]) -> Reading:
    columns = fields_of(sheet, kind, told)
    constants: dict[str, Any] = {k: v for k, v in told.constants.items() if k in kind.fields}
    notes: list[str] = []
    if "type" in chosen:
        constants["sort"] = chosen["type"]
    elif kind.name == "activity":
        constants.update(_sign(sheet, columns))
    columns |= _by_shape(sheet, kind, columns, told, notes)
    ignored = tuple(
        h
        for h in sheet.headers
        if h not in columns and (h in told.ignore or called.fold(h) in called.ignored())
    )
    kept = tuple(h for h in sheet.headers if h not in columns and h not in ignored)
    habits = _habits(sheet, kind, columns, told, notes)
    if kept:
        notes.append(f"kept as text: {', '.join(kept)}")
    return Reading(
        sheet.file,
        sheet.name,
        kind.name,
        columns,
        kept,
        ignored,
        constants,
        habits,
        tuple(notes),
        rows=len(sheet.rows),
    )


def _sign(sheet: Sheet, columns: dict[str, str]) -> dict[str, str]:
    """What sort of activity the rows are, by their columns.

    Where the id itself says it (`email_id` beside another table's `event_id`), the ids of that
    table may repeat in the others: `numbered` keeps them apart.
    """
    signs = called.vocabulary()["signs"]
    found = {h: str(signs[called.fold(h)]) for h in sheet.headers if called.fold(h) in signs}
    if not found:
        return {}
    sort = next(iter(found.values()))
    by_id = next((found[h] for h, name in columns.items() if name == "id" and h in found), None)
    return {"sort": sort} | ({"numbered": by_id} if by_id else {})


def _by_shape(
    sheet: Sheet, kind: Kind, columns: dict[str, str], told: FileMapping, notes: list[str]
) -> dict[str, str]:
    """Columns whose header says nothing, but whose values fit a field that is still free."""
    slots = {s: f for s, f in _BY_SHAPE.get(kind.name, {}).items() if f not in columns.values()}
    found: dict[str, str] = {}
    stages = called.words("won") | called.words("lost") | called.words("open")
    for header in sheet.headers:
        folded = called.fold(header)
        if not slots or header in columns or header in told.ignore or folded in called.ignored():
            continue
        form = shape(_cells(sheet, header), stages)
        if form and (name := slots.pop(form, None)):
            found[header] = name
            notes.append(f"column “{header}” is taken for {name} by its values")
    return found


def _habits(
    sheet: Sheet, kind: Kind, columns: dict[str, str], told: FileMapping, notes: list[str]
) -> dict[str, Habit]:
    habits: dict[str, Habit] = {}
    currency = told.constants.get("currency") or _only_currency(sheet, columns)
    for header, name in columns.items():
        form = kind.fields[name]
        if form in {"date", "instant", "money", "int"}:
            habits[header], note = habit(_cells(sheet, header), form, told.date_order, currency)
            if note:
                notes.append(f"column “{header}” {note}")
    return habits


def _only_currency(sheet: Sheet, columns: dict[str, str]) -> str | None:
    header = next((h for h, name in columns.items() if name == "currency"), None)
    said = {str(cell).strip() for cell in _cells(sheet, header) if cell} if header else set()
    return said.pop() if len(said) == 1 else None


def _cells(sheet: Sheet, header: str) -> Sequence[Any]:
    return [row.cells.get(header) for row in sheet.rows]
