"""Sweeping every table: no word of the person stays, wherever a later table may keep it.

What is swept is read from the database itself, not from a list that somebody has to remember.
Derived tables are swept like all others: the records are derived anew from clean versions, but
nothing of the old rows is to be committed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import JSON, Column, MetaData, String, Table, and_, delete, select, update
from sqlalchemy.orm import Session

from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing.catalogue import KINDS
from knowledge.records.references import Reference

#: Rewritten or deleted before, or without words: hashes, figures, the index of words.
_DONE = frozenset(
    {
        *("alembic_version", "erased_marks", "erasures", "passages", "source_versions", "sources"),
        *("vectors", "generations"),
    }
)
_WORDS = "words"
#: What references are looked up by: rows that name the person are derived again, or gone.
_DERIVED = frozenset({"links", "names"})
#: Counted by their sources.
_RECORDS = frozenset(
    {kind.columns.name for kind in KINDS.values() if kind.table is not None}
    | {"account_names", "documents", "links", "names"}
)
_BATCH = 1_000


def sweep(session: Session, redactor: Redactor, renamed: Mapping[str, str]) -> Counter[str]:
    """Blacken the person in every row that is left; how many rows of the journal, by table.

    Args:
        session: of the transaction that the caller commits.
        redactor: knows the person.
        renamed: keys of records that named them, and what stands for each.
    """
    counts: Counter[str] = Counter()
    cleaner = _Cleaner(redactor, renamed)
    for table in _tables(session):
        changed = _sweep(session, table, cleaner)
        if changed and table.name not in _RECORDS:
            counts[f"rows of {table.name.replace('_', ' ')}"] += changed
    session.expire_all()
    return counts


class _Cleaner:
    def __init__(self, redactor: Redactor, renamed: Mapping[str, str]) -> None:
        self._redactor, self._renamed = redactor, renamed

    def clean(self, value: Any) -> Any:
        """A value of a column without the person; keys and references follow their records."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.clean(one) for one in value]
        if isinstance(value, dict):
            return {self.clean(name): self.clean(one) for name, one in value.items()}
        return value

    def _text(self, text: str) -> str:
        if not self._renamed:
            return self._redactor.text(text)
        if text in self._renamed:
            return self._renamed[text]
        kind, colon, key = text.partition(":")
        if colon and key in self._renamed:
            return f"{kind}:{self._renamed[key]}"
        cited = Reference.parse(text) if colon and "@" in text else None
        if cited is not None:
            key = cited.source.partition(":")[2]
            if key in self._renamed:
                rest = text.removeprefix(cited.source)
                return f"{kind}:{self._renamed[key]}{self._redactor.text(rest)}"
        return self._redactor.text(text)


def _tables(session: Session) -> Iterator[Table]:
    connection = session.connection()
    metadata = MetaData()
    metadata.reflect(
        connection, only=lambda name, _: name not in _DONE and not name.startswith(_WORDS)
    )
    yield from (table for table in metadata.sorted_tables if table.name not in _DONE)


def _sweep(session: Session, table: Table, cleaner: _Cleaner) -> int:
    keys = list(table.primary_key.columns)
    columns = [column for column in table.columns if _holds_words(column)]
    if not columns or not keys:
        return 0
    query = select(*dict.fromkeys([*keys, *columns])).execution_options(yield_per=_BATCH)
    stale: list[tuple[Mapping[str, Any], dict[str, Any]]] = []
    for row in session.execute(query).mappings():
        changes = {
            column.name: clean
            for column in columns
            if row[column.name] is not None
            and (clean := cleaner.clean(row[column.name])) != row[column.name]
        }
        if changes:
            stale.append(({key.name: row[key.name] for key in keys}, changes))
    for key, changes in stale:
        here = and_(*(column == key[column.name] for column in keys))
        if table.name in _DERIVED:
            session.execute(delete(table).where(here))
        else:
            session.execute(update(table).where(here).values(changes))
    return len(stale)


def _holds_words(column: Column[Any]) -> bool:
    """Whether a column may hold a name; references to sources were renamed with them."""
    to_source = any(key.target_fullname == "sources.id" for key in column.foreign_keys)
    return isinstance(column.type, (String, JSON)) and not to_source
