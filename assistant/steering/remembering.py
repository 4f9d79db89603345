"""What was made of many records, kept until any of them changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from knowledge.journal.state import state
from knowledge.records import Database

T = TypeVar("T")


class Remembered:
    """The newest lists somebody looked at: turning a page does not make them again.

    The state is read before a list is made, so a change in between leaves one that is known to
    be stale.
    """

    def __init__(self, database: Database, most: int = 64) -> None:
        self._database, self._most = database, most
        self._kept: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()
        self._door = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made under a key, or is made now."""
        with self._database.reading() as session:
            now = state(session)
        with self._door:
            then, kept = self._kept.get(key, (None, None))
        if then == now:
            made: T = kept
            return made
        made = make()
        with self._door:
            self._kept[key] = (now, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
