"""Where jobs are kept, and who may take them up: a locked file, or a seat in PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text

from assistant.errors import WorkHeld

LOCK, STORE = "work.lock", "work.db"
_SEATS = 64
_SEAT_KEY = 0x6C6961


def hold(home: Path) -> FileLock:
    """The lock of a home's durable work, held until it is released.

    Raises:
        WorkHeld: another process serves this home.
    """
    path = home / LOCK
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WorkHeld(
            f"Another process already serves {path.parent}; stop it first, "
            "or set LIAISON_DATABASE_URL to a PostgreSQL database that several can share."
        ) from None
    return lock


def write_ahead(path: Path) -> None:
    """Let the store append: a job is kept in a millisecond, and readers do not wait for it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def patient_engine(database_url: str) -> Engine:
    """What jobs are kept through; a writer that has to wait for another waits."""
    engine = create_engine(database_url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def patient(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = "IMMEDIATE"
            connection.execute("PRAGMA busy_timeout = 30000")

    return engine


def seated(database_url: str) -> tuple[str, Connection]:
    """A name no other running process has, and the connection that holds it.

    Whoever takes a seat next takes up what its last holder left undone.
    """
    connection = create_engine(database_url, isolation_level="AUTOCOMMIT").connect()
    take = text("SELECT pg_try_advisory_lock(:key, :seat)")
    for seat in range(_SEATS):
        if connection.scalar(take, {"key": _SEAT_KEY, "seat": seat}):
            return f"seat-{seat}", connection
    connection.close()
    raise WorkHeld(f"{_SEATS} processes already serve this database; stop one first.")
