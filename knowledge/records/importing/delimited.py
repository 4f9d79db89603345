"""Reading CSV: any delimiter, quoted newlines, the right line for every row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from knowledge.errors import Unreadable
from knowledge.records.importing.sheets import MAX_COLUMNS, Row, Sheet, Spoiled

_DELIMITERS = ",;\t|"
_TRIED = 50
_MAX_CELL = 16 * 1024 * 1024


def read_delimited(content: str, name: str) -> Sheet:
    """The sheet in a CSV file; rows that cannot be read stand in `spoiled`.

    Raises:
        Unreadable: there is no header row.
    """
    lines = _lines(content)
    records = _records(lines, _delimiter(lines))
    header = next((record for record in records if any(cell.strip() for cell in record[1])), None)
    if header is None:
        raise Unreadable("The file is empty.")
    headers = _headers(header[1])
    if len(headers) > MAX_COLUMNS:
        raise Unreadable(f"The file has {len(headers)} columns; at most {MAX_COLUMNS} are read.")
    sheet = Sheet(name, PurePath(name).stem, headers, [])
    for line, cells, text in records:
        problem = _problem(cells, headers)
        if problem:
            sheet.spoiled.append(Spoiled(line, problem, text))
        else:
            sheet.rows.append(Row(line, dict(zip(headers, cells, strict=False)), text))
    return sheet


def _lines(content: str) -> list[str]:
    r"""Physical lines with their ends; a file of the old Mac kind has only `\\r`."""
    end = "\n" if "\n" in content else "\r"
    lines = [line + end for line in content.split(end)]
    lines[-1] = lines[-1].removesuffix(end)
    return lines if lines[-1] else lines[:-1]


def _delimiter(lines: list[str]) -> str:
    """The delimiter that gives the first rows the most cells, and all of them as many."""

    def fit(delimiter: str) -> tuple[float, int]:
        try:
            rows = [row for row in csv.reader(lines[:_TRIED], delimiter=delimiter) if row]
        except csv.Error:
            return (0, 0)
        counts = Counter(len(row) for row in rows)
        width, rows_of_it = counts.most_common(1)[0] if counts else (1, 0)
        return (rows_of_it / len(rows) if width > 1 else 0, width)

    return max(_DELIMITERS, key=fit)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Line number, cells and text of every record.

    A record with a broken quote ends at its own line: the next one is read as if it were whole,
    so that one stray quote does not swallow the file.
    """
    start = 0
    before = csv.field_size_limit(_MAX_CELL)
    try:
        while start < len(lines):
            reader = csv.reader(lines[start:] if start else lines, delimiter=delimiter, strict=True)
            offset = taken = start
            try:
                for cells in reader:
                    begun, taken = taken, offset + reader.line_num
                    if cells:
                        yield begun + 1, cells, "".join(lines[begun:taken]).rstrip("\r\n")
                start = len(lines)
            except csv.Error:
                yield taken + 1, _BROKEN, lines[taken].rstrip("\r\n")
                start = taken + 1
    finally:
        csv.field_size_limit(before)


_BROKEN: list[str] = ["\x00broken"]


def _problem(cells: list[str], headers: list[str]) -> str | None:
    if cells is _BROKEN:
        return "A quotation mark in this row is opened and not closed."
    if not any(cell.strip() for cell in cells):
        return "The row is empty."
    if len(cells) > len(headers) and any(cell.strip() for cell in cells[len(headers) :]):
        return f"The row has {len(cells)} cells and the header names {len(headers)}."
    return None


def _headers(cells: list[str]) -> list[str]:
    """A name for every column, each of them once."""
    headers: list[str] = []
    seen: Counter[str] = Counter()
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {number}"
        seen[name] += 1
        headers.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return headers
