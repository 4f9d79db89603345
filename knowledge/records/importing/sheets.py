"""What a file of rows looks like once it is read, whatever it was written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.errors import Unreadable

#: Larger files are refused: an export of that size is split by its system.
MAX_BYTES = 200 * 1024 * 1024
MAX_COLUMNS = 1_000
MAX_DEPTH = 12

_CSV = frozenset({".csv", ".tsv", ".tab"})
_JSON = frozenset({".json", ".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file to import; `shown_name` is what mappings, origins and reports call it."""

    path: Path
    root: Path
    shown_name: str


@dataclass(slots=True, eq=False)
class Row:
    """One row: `cells` by header, `text` as it stood in the file, `line` where it began.

    `parent` is the row a nested record belongs to; `became` is the record it turned into, once
    it has.
    """

    line: int
    cells: dict[str, Any]
    text: str
    parent: Row | None = None
    became: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A row that cannot even be read as cells."""

    line: int | None
    reason: str
    text: str


@dataclass(slots=True)
class Sheet:
    """Rows with the same headers. `name` is the exported object's, or the file's own."""

    file: str
    name: str
    headers: list[str]
    rows: list[Row]
    named: bool = False  # whether the export itself said which object this is
    spoiled: list[Spoiled] = field(default_factory=list)


def is_table(path: Path) -> bool:
    """Whether a file's name says that it holds rows."""
    return path.suffix.lower() in _CSV | _JSON


def read_sheets(file: TableFile) -> Iterator[Sheet]:
    """The sheets of a file, parents before their children.

    Raises:
        Unreadable: the file cannot be opened, is too large, or is no table.
    """
    from knowledge.records.importing.delimited import read_delimited
    from knowledge.records.importing.nested import read_nested

    content = _read(file.path)
    if file.path.suffix.lower() in _JSON:
        yield from read_nested(content, file.shown_name)
    else:
        yield read_delimited(content, file.shown_name)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"The file is larger than {MAX_BYTES // 2**20} MB; split it.")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {error.strerror or error}.") from error
    return decode(content)


def decode(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        Unreadable: it is no text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\x00" in content[:1000]:
        evens, odds = content[0:1000:2].count(0), content[1:1000:2].count(0)
        if max(evens, odds) < len(content[:1000]) // 4:
            raise Unreadable("The file is not text; save it as CSV or JSON.")
        return content.decode("utf-16-be" if evens > odds else "utf-16-le", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
