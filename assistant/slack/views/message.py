"""A message: the text of its notification, its blocks, and what goes into its thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.slack.splitting import BLOCKS, MARKDOWN, length, split
from assistant.slack.views.blocks import Block

#: A notification is read in a line; what is longer is in the blocks.
_TEXT = 3_000
#: Slack refuses messages whose blocks together are much longer than this.
_ROOM = MARKDOWN


@dataclass(frozen=True)
class Message:
    """What is posted. `text` is safe mrkdwn, never empty; `replies` follow in its thread."""

    text: str
    blocks: tuple[Block, ...]
    replies: tuple[Message, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The arguments of `chat.postMessage` and `chat.update`, without where it goes."""
        return {
            "text": self.text,
            "blocks": list(self.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }


def message(text: str, blocks: Sequence[Block], replies: Sequence[Message] = ()) -> Message:
    """A message within Slack's limits: what does not fit goes on in the thread."""
    shown = split(text, _TEXT)[0]
    first, *rest = _pages(blocks) or [()]
    more = tuple(Message(shown, page) for page in rest)
    return Message(shown, first, (*more, *replies))


def _pages(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    return list(_paged(blocks))


def _paged(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    page: list[Block] = []
    room = _ROOM
    for block in blocks:
        size = text_length(block)
        if page and (len(page) == BLOCKS or size > room):
            yield tuple(page)
            page, room = [], _ROOM
        page.append(block)
        room -= size
    if page:
        yield tuple(page)


def text_length(piece: Any) -> int:
    """How much text a piece of Block Kit holds."""
    if isinstance(piece, dict):
        here = piece.get("text")
        own = length(here) if isinstance(here, str) else 0
        return own + sum(text_length(value) for value in piece.values())
    return sum(map(text_length, piece)) if isinstance(piece, (list, tuple)) else 0
