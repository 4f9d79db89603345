"""Reading for meaning in the background: what was kept or imported gets its vectors.

Whatever is kept is found by words at once; vectors follow here, and nothing waits for them. What
has no vector is what is left to do, so this may be cut short at any moment.
"""

from __future__ import annotations

import logging
import threading
from typing import Self

from assistant.slack.reception import Reception

log = logging.getLogger(__name__)

#: Seconds between two looks for what another process imported, and after a busy moment.
LOOK, BUSY = 300.0, 5.0
#: Seconds until what is being embedded is done, when the service ends.
_END = 20.0


class Embedding:
    """A thread of its own that embeds what waits; a context, ended when it closes.

    While more is to be done than there are hands, whoever asked goes first. So does whatever
    Slack sends again after a start: the first look comes `BUSY` seconds later.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._hands = reception.desk.settings.company.slack.hands
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._reception.unread.set()
        self._thread.join(_END)

    @property
    def alive(self) -> bool:
        """Whether it still reads."""
        return self._thread.is_alive()

    def _run(self) -> None:
        unread = self._reception.unread
        self._ended.wait(BUSY)
        while not self._ended.is_set():
            unread.clear()
            try:
                self._reception.desk.workspace.embed(stop=self._give_way)
                pause = BUSY if self._give_way() else LOOK
            except Exception:
                # A model or an index that fails today must not end the reading for good.
                log.warning("passages could not be embedded; words still find them", exc_info=True)
                pause = LOOK
            unread.wait(pause)

    def _give_way(self) -> bool:
        return self._ended.is_set() or self._reception.work.waiting()[0] > self._hands
