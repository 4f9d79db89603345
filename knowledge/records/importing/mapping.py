"""A mapping file: what to say when the headers do not say it themselves.

currency = "USD"              # for every amount without one (also for the files below)
date_order = "dmy"            # or "mdy": where the dates of a column do not decide it

[files."pipeline.csv"]        # the file's name, or its path below the imported folder
kind = "opportunity"
ignore = ["Internal note"]
date_order = "mdy"

[files."pipeline.csv".fields] # column = field; see `headers.toml` for the fields of a kind
close_value = "amount"

[files."pipeline.csv".constants]
currency = "EUR"              # a field every row has, unless its own cell says otherwise
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, cast

from knowledge.errors import BadMapping
from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.values import DateOrder

_FILE_KEYS = frozenset({"kind", "fields", "ignore", "date_order", "constants"})


@dataclass(frozen=True)
class FileMapping:
    """What is said about one file. `where` names the mapping file for messages."""

    kind: str | None = None
    fields: AbstractMapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    constants: AbstractMapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A mapping file as read; without one, everything is decided by the headers."""

    currency: str | None = None
    date_order: DateOrder | None = None
    files: AbstractMapping[str, FileMapping] = field(default_factory=dict)
    path: Path | None = None
    lines: tuple[str, ...] = ()

    def of(self, shown_name: str) -> FileMapping:
        """What is said about a file, by its shown name or its last part."""
        own = self.files.get(shown_name) or self.files.get(PurePath(shown_name).name)
        own = own or FileMapping()
        constants = dict(own.constants)
        if self.currency:
            constants.setdefault("currency", self.currency)
        return FileMapping(
            own.kind, own.fields, own.ignore, own.date_order or self.date_order, constants
        )

    def refuse_unknown_columns(self, shown_name: str, headers: set[str]) -> None:
        """Raise `BadMapping` if a column named for this file is not in it."""
        own = self.of(shown_name)
        for column in (*own.fields, *own.ignore):
            if column not in headers:
                known = ", ".join(sorted(headers))
                raise self.problem(column, f"{shown_name} has no column “{column}”; it has {known}")

    def problem(self, key: str, message: str) -> BadMapping:
        """The error for something said in this file, with its line."""
        quoted = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")
        line = next((n for n, text in enumerate(self.lines, 1) if quoted.search(text)), 1)
        return BadMapping(f"{self.path}:{line}: {message}.")


def read_mapping(path: Path) -> Mapping:
    """A mapping file, checked.

    Raises:
        BadMapping: it cannot be read, or names an unknown kind, field or key; with its line.
    """
    try:
        content = path.read_text("utf-8")
        raw = tomllib.loads(content)
    except (OSError, UnicodeDecodeError) as error:
        raise BadMapping(f"{path}: the mapping file cannot be read: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"{path}: {error}.") from error
    blank = Mapping(path=path, lines=tuple(content.splitlines()))
    for key in raw.keys() - {"currency", "date_order", "files"}:
        raise blank.problem(key, f"“{key}” is not a setting; use currency, date_order or files")
    files = raw.get("files", {})
    if not isinstance(files, dict) or not all(isinstance(own, dict) for own in files.values()):
        raise blank.problem("files", 'each file is a table, such as [files."deals.csv"]')
    return Mapping(
        currency=_currency(blank, raw.get("currency")),
        date_order=_order(blank, raw.get("date_order")),
        files={name: _file(blank, name, own) for name, own in files.items()},
        path=path,
        lines=blank.lines,
    )


def _file(mapping: Mapping, name: str, own: dict[str, Any]) -> FileMapping:
    for key in own.keys() - _FILE_KEYS:
        raise mapping.problem(key, f"“{key}” is not a setting of a file ({_said(_FILE_KEYS)})")
    kind = own.get("kind")
    if kind is not None and kind not in KINDS:
        raise mapping.problem(str(kind), f"“{kind}” is not a kind of record ({_said(KINDS)})")
    fields, constants = _table(mapping, own, "fields"), _table(mapping, own, "constants")
    known = KINDS[kind].fields.keys() if kind else {f for k in KINDS.values() for f in k.fields}
    for target in (*fields.values(), *constants):
        if target not in known:
            what = f"a field of “{kind}” ({_said(known)})" if kind else "a field of any kind"
            raise mapping.problem(str(target), f"“{target}” is not {what}")
    ignore = own.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(column, str) for column in ignore):
        raise mapping.problem("ignore", f"ignore of {name} must be a list of columns")
    order = _order(mapping, own.get("date_order"))
    return FileMapping(kind, fields, tuple(ignore), order, constants)


def _table(mapping: Mapping, own: dict[str, Any], key: str) -> dict[str, Any]:
    table = own.get(key, {})
    if not isinstance(table, dict) or any(isinstance(v, (dict, list)) for v in table.values()):
        raise mapping.problem(key, f"{key} must be a table of single values")
    return table


def _order(mapping: Mapping, order: Any) -> DateOrder | None:
    if order not in {None, "mdy", "dmy"}:
        raise mapping.problem("date_order", "date_order is “mdy” or “dmy”")
    return cast("DateOrder | None", order)


def _currency(mapping: Mapping, currency: Any) -> str | None:
    if currency is not None and not re.fullmatch(r"[A-Z]{3}", str(currency)):
        raise mapping.problem("currency", "currency is a code of three capitals, such as “EUR”")
    return None if currency is None else str(currency)


def _said(names: Any) -> str:
    return ", ".join(sorted(names))
