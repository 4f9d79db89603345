"""Group commit: many threads ask for a row to be kept, one transaction keeps them all.

Writing to a disk takes as long for a hundred rows as for one. Whoever comes while a transaction
is being written waits for it, and is written with everybody else who waited in the next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine

Row = TypeVar("Row")


class GroupCommit(Generic[Row]):
    """Keeps rows in a database, together with those that other threads ask for.

    Args:
        engine: of the database.
        write: writes one row; called in an open transaction, in the order in which rows came.
    """

    def __init__(self, engine: Engine, write: Callable[[Connection, Row], None]) -> None:
        self._engine, self._write = engine, write
        self._waiting: list[tuple[Row, Future[None]]] = []
        self._door, self._pen = threading.Lock(), threading.Lock()

    def keep(self, row: Row) -> None:
        """Keep a row; it is committed when this returns. Raises what kept it from being kept."""
        kept: Future[None] = Future()
        with self._door:
            self._waiting.append((row, kept))
        with self._pen:
            if not kept.done():
                self._keep_all()
        kept.result()

    def _keep_all(self) -> None:
        with self._door:
            batch, self._waiting = self._waiting, []
        try:
            self._commit([row for row, _ in batch])
        except Exception:  # noqa: BLE001 - each is told by itself, if it is the one at fault
            for row, kept in batch:
                self._keep_alone(row, kept)
        else:
            for _, kept in batch:
                kept.set_result(None)

    def _keep_alone(self, row: Row, kept: Future[None]) -> None:
        try:
            self._commit([row])
        except Exception as error:  # noqa: BLE001 - raised where the row was asked for
            kept.set_exception(error)
        else:
            kept.set_result(None)

    def _commit(self, rows: list[Row]) -> None:
        with self._engine.begin() as connection:
            for row in rows:
                self._write(connection, row)
