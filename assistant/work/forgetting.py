"""Taking people's words out of the durable jobs that are kept.

What was finished keeps its id, so that it is not done twice, and loses what it was asked with and
what came of it. What still waits and names the person is not done any more.

The library that keeps the jobs cannot do this, so its tables are known here, by name.
"""

from __future__ import annotations

import base64
import binascii
import json
import pickletools
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    MetaData,
    create_engine,
    delete,
    inspect,
    make_url,
    or_,
    select,
    update,
)

from assistant.work.store import STORE

_JOBS = "workflow_status"
_UNFINISHED = ("ENQUEUED", "PENDING", "DELAYED")
#: Where the store keeps what jobs were given and gave.
_WORDED: Mapping[str, tuple[str, ...]] = {
    _JOBS: ("inputs", "output", "error"),
    "workflow_input": ("inputs",),
    "workflow_output": ("output", "error"),
    "operation_outputs": ("output", "error"),
}

Judge = Callable[[Any], bool]


def forget_jobs(home: Path, database_url: str, names_them: Judge) -> int:
    """Take a person's words out of the kept jobs; no service may run on an embedded home.

    Args:
        home: the folder of the embedded store.
        database_url: of the records; PostgreSQL holds the jobs too.
        names_them: whether what a job was asked with names the person.

    Returns:
        How many jobs lost their words or were dropped.
    """
    embedded = make_url(database_url).get_backend_name() == "sqlite"
    if embedded and not (home / STORE).exists():
        return 0
    schema = None if embedded else "dbos"
    engine = create_engine(f"sqlite:///{home / STORE}" if embedded else database_url)
    try:
        if not inspect(engine).has_table(_JOBS, schema):
            return 0
        store = MetaData(schema=schema)
        store.reflect(engine, only=lambda name, _: name in _WORDED)
        with engine.begin() as connection:
            dropped = _drop_waiting(connection, store, names_them)
            return dropped + _blank_finished(connection, store)
    finally:
        engine.dispose()
        if embedded:
            _clear_traces(home / STORE)


def _drop_waiting(connection: Connection, store: MetaData, names_them: Judge) -> int:
    jobs = _jobs(store)
    waiting = select(jobs.c.workflow_uuid).where(jobs.c.status.in_(_UNFINISHED))
    theirs: set[str] = set()
    for table in store.tables.values():
        if "inputs" in table.c:
            given = select(table.c.workflow_uuid, table.c.inputs)
            for job, kept in connection.execute(given.where(table.c.workflow_uuid.in_(waiting))):
                if kept and any(names_them(one) for one in _said_in(kept)):
                    theirs.add(job)
    for table in reversed(store.sorted_tables):
        connection.execute(delete(table).where(table.c.workflow_uuid.in_(theirs)))
    return len(theirs)


def _said_in(kept: str) -> Iterator[Any]:
    """The texts in what the store keeps of a call, read without running any of it."""
    try:
        pickled = base64.b64decode(kept, validate=True)
        texts = [arg for _, arg, _ in pickletools.genops(pickled) if isinstance(arg, str)]
    except (binascii.Error, ValueError):
        texts = [kept]
    for text in texts:
        try:
            yield json.loads(text)
        except ValueError:
            yield text


def _blank_finished(connection: Connection, store: MetaData) -> int:
    jobs = _jobs(store)
    finished = select(jobs.c.workflow_uuid).where(jobs.c.status.not_in(_UNFINISHED))
    blanked: set[str] = set()
    for table in store.tables.values():
        worded = [table.c[name] for name in _WORDED[table.name] if name in table.c]
        here = table.c.workflow_uuid.in_(finished) & or_(*(one.is_not(None) for one in worded))
        blanked.update(connection.scalars(select(table.c.workflow_uuid).where(here)))
        empty: dict[str, None] = {one.name: None for one in worded}
        connection.execute(update(table).where(here).values(empty))
    return len(blanked)


def _jobs(store: MetaData) -> Any:
    return next(table for table in store.tables.values() if table.name == _JOBS)


def _clear_traces(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
