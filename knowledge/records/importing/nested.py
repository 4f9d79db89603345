"""Reading JSON: arrays of records, `records` inside an answer, bundles of parents and children."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge.errors import Unreadable
from knowledge.records.importing.headers import is_object
from knowledge.records.importing.sheets import MAX_COLUMNS, MAX_DEPTH, Row, Sheet, Spoiled

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[\s,]*")
_RECORDS = re.compile(r'"records"\s*:\s*\[')


class _Lines:
    """Which line a place in the text is on."""

    def __init__(self, content: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", content)]

    def at(self, place: int) -> int:
        return bisect_right(self._ends, place - 1) + 1 if place else 1


class _Sheets:
    """The sheets under construction: one an object name, in order of first appearance."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[str, Sheet] = {}
        self.spoiled: list[Spoiled] = []

    def add(self, record: Any, name: str | None, line: int, parent: Row | None = None) -> None:
        """One value of the file, and what is nested in it, each to its own sheet."""
        shown = json.dumps(record, ensure_ascii=False, default=str)
        problem = _problem(record)
        if problem:
            self.spoiled.append(Spoiled(line, problem, shown))
            return
        if _is_bundle(record):
            self._add_bundle(record, line)
            return
        cells, children = _flat(record)
        row = Row(line, cells, shown, parent)
        self._sheet(_type(record) or name).rows.append(row)
        for child_name, child in children:
            self.add(child, child_name, line, row)

    def _add_bundle(self, bundle: dict[str, Any], line: int) -> None:
        """The first object of a bundle is the parent; the others belong to it."""
        parent: Row | None = None
        for name, value in bundle.items():
            for record in value if isinstance(value, list) else [value]:
                self.add(record, name, line, parent)
                if parent is None and name in self.found and self.found[name].rows:
                    parent = self.found[name].rows[-1]

    def _sheet(self, name: str | None) -> Sheet:
        own = name or PurePath(self.file).stem
        if own not in self.found:
            self.found[own] = Sheet(self.file, own, [], [], named=name is not None)
        return self.found[own]

    def finished(self) -> Iterator[Sheet]:
        sheets = list(self.found.values()) or [Sheet(self.file, PurePath(self.file).stem, [], [])]
        sheets[0].spoiled.extend(self.spoiled)
        for sheet in sheets:
            sheet.headers = list(dict.fromkeys(name for row in sheet.rows for name in row.cells))
            if len(sheet.headers) > MAX_COLUMNS:
                raise Unreadable(f"The records have more than {MAX_COLUMNS} different fields.")
            yield sheet


def read_nested(content: str, name: str) -> Iterator[Sheet]:
    """The sheets of a JSON or JSON Lines file, parents before children.

    Raises:
        Unreadable: there is no JSON in it, or it is nested too deeply.
    """
    lines = _Lines(content)
    sheets = _Sheets(name)
    start = content.find("[") + 1 if content.lstrip().startswith("[") else 0
    found = False
    for value, place in _values(content, start, sheets.spoiled, lines):
        found = True
        if start == 0 and isinstance(value, dict) and isinstance(value.get("records"), list):
            inner = _RECORDS.search(content, place)
            assert inner is not None, "a key that was just read stands in the text"
            for record, at in _values(content, inner.end(), sheets.spoiled, lines):
                sheets.add(record, None, lines.at(at))
        else:
            sheets.add(value, None, lines.at(place))
    if not found and not sheets.spoiled and start == 0:
        raise Unreadable("The file is empty.")
    yield from sheets.finished()


def _values(
    content: str, place: int, spoiled: list[Spoiled], lines: _Lines
) -> Iterator[tuple[Any, int]]:
    """One JSON value after the other, with where it begins; up to the end of its array."""
    while True:
        place = _SPACE.match(content, place).end()  # type: ignore[union-attr]  # matches nothing too
        if place >= len(content) or content[place] == "]":
            return
        try:
            value, end = _DECODER.raw_decode(content, place)
        except RecursionError:
            raise Unreadable("The JSON is nested too deeply.") from None
        except ValueError as error:
            reason = f"From here on this is not JSON: {getattr(error, 'msg', error)}."
            spoiled.append(Spoiled(lines.at(place), reason, content[place:]))
            return
        yield value, place
        place = end


def _problem(record: Any) -> str | None:
    if not isinstance(record, dict):
        return "This is a single value where a record was expected."
    if not record:
        return "The record is empty."
    if _depth(record) > MAX_DEPTH:
        return f"The record is nested more than {MAX_DEPTH} levels deep."
    return None


def _depth(value: Any) -> int:
    """How many structures are nested in each other; without recursion, whatever the depth."""
    depth, level = 0, [value]
    while level := [item for item in level if isinstance(item, (dict, list))]:
        depth += 1
        level = [
            child for item in level for child in (item.values() if isinstance(item, dict) else item)
        ]
    return depth


def _is_bundle(record: dict[str, Any]) -> bool:
    """Objects by name and nothing else, such as `{"Lead": {…}, "Task": […]}`."""
    return all(
        isinstance(value, (dict, list)) and is_object(name) for name, value in record.items()
    )


def _type(record: dict[str, Any]) -> str | None:
    attributes = record.get("attributes")
    return (
        str(attributes["type"]) if isinstance(attributes, dict) and "type" in attributes else None
    )


def _flat(record: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Cells (a nested object's fields as `Account.Name`) and the child records under names."""
    cells: dict[str, Any] = {}
    children: list[tuple[str, Any]] = []
    for name, value in record.items():
        if name == "attributes":
            continue
        inner = value.get("records") if isinstance(value, dict) else value
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            children.extend((name, item) for item in inner)
        elif isinstance(value, dict):
            nested, deeper = _flat(value)
            cells.update({f"{name}.{key}": cell for key, cell in nested.items()})
            children.extend(deeper)
        else:
            cells[name] = value
    return cells, children
