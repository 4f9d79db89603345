"""A turn: one message of a conversation while it is being answered."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.answer import Watcher
from assistant.models import Deadline

#: The answer and what supports it; the rest is a question away.
MOST_CLAIMS = 6


@dataclass(frozen=True)
class Turn:
    """A message being answered: the id of its answer, its thread, and who watches.

    `deadline` is shared by everything a model is asked for it.
    """

    id: str
    question: str
    thread_id: str | None
    watcher: Watcher
    deadline: Deadline | None = None
