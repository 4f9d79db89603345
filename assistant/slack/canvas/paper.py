"""The canvases of a workspace as Slack keeps them: made, read, changed, and who is let in.

Nothing here replaces more than a section: `canvases.edit` without a section's id would wipe what
people wrote. Slack's ids last until the next edit, so each is looked up right before its use, by
words that stand in the canvas once. Where none do, nothing is changed: `Unaddressable`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.slack.canvas.page import Standing, anchors, lines_of, standing
from assistant.slack.client import SlackClient, refusal

#: `canvases.access.set` takes so many at once.
_MOST_AT_ONCE = 20
_GONE = frozenset({"canvas_not_found", "canvas_deleted", "file_not_found", "file_deleted"})


class Gone(Exception):
    """People deleted the canvas."""


class Unaddressable(Exception):
    """A section cannot be told from others in the canvas by its words."""


class Paper:
    """One canvas.

    Args:
        client: asks Slack.
        canvas_id: which.
        title: of the plan in it.
    """

    def __init__(self, client: SlackClient, canvas_id: str, title: str) -> None:
        self._client, self._id, self._title = client, canvas_id, title
        self._content = ""

    def read(self) -> tuple[Standing, ...]:
        """What stands in it now.

        Raises:
            Gone: it was deleted.
        """
        try:
            told = self._client.canvases_getContent(canvas_id=self._id, content_type="markdown")
        except SlackApiError as error:
            if refusal(error) in _GONE:
                raise Gone from None
            raise
        self._content = str(told["content"])
        return standing(self._content, self._title)

    def replace(self, blocks: Sequence[str], body: str) -> None:
        """Put a body in the place of some blocks.

        Slack may count each line of a list as a section: then all but the first are deleted
        before it is replaced, so that at no moment two versions stand there.

        Raises:
            Unaddressable: the blocks have no words of their own to be found by.
        """
        known = self._anchors(blocks)
        for one in reversed(known[1:]):
            last = self._section(one)
            if last == self._section(known[0]):
                break
            if len(known) < len(lines_of(blocks)):
                raise Unaddressable
            self._edit({"operation": "delete", "section_id": last})
        change = {"operation": "replace", "section_id": self._section(known[0])}
        self._edit({**change, "document_content": _markdown(body)})

    def remove(self, blocks: Sequence[str]) -> None:
        """Take some blocks away; raises `Unaddressable`."""
        for one in reversed(self._anchors(blocks)):
            found = self._found({"contains_text": one})
            if len(found) == 1:
                self._edit({"operation": "delete", "section_id": found[0]})

    def remove_heading(self, heading: str) -> None:
        """Take a heading away; raises `Unaddressable`."""
        self._edit({"operation": "delete", "section_id": self._heading(heading)})

    def insert_above(self, block: str, body: str) -> None:
        """Put a body above a block; raises `Unaddressable`."""
        first = self._section(self._anchors((block,))[0])
        change = {"operation": "insert_before", "section_id": first}
        self._edit({**change, "document_content": _markdown(body)})

    def insert_above_heading(self, heading: str, body: str) -> None:
        """Put a body above a heading; raises `Unaddressable`."""
        change = {"operation": "insert_before", "section_id": self._heading(heading)}
        self._edit({**change, "document_content": _markdown(body)})

    def append(self, body: str) -> None:
        """Put a body at the end."""
        self._edit({"operation": "insert_at_end", "document_content": _markdown(body)})

    def let_in(self, people: Sequence[str]) -> None:
        """Let people read and change it."""
        for some in _some(people):
            self._client.canvases_access_set(
                canvas_id=self._id, access_level="write", user_ids=some
            )

    def show_out(self, people: Sequence[str]) -> None:
        """Take the right to read it from people."""
        for some in _some(people):
            self._client.canvases_access_delete(canvas_id=self._id, user_ids=some)

    def show_channel_out(self, channel: str) -> None:
        """Take the right to read it from the members of a channel."""
        self._client.canvases_access_delete(canvas_id=self._id, channel_ids=[channel])

    def _anchors(self, blocks: Sequence[str]) -> list[str]:
        known = anchors("\n".join(lines_of(blocks)), self._content)
        if not known:
            raise Unaddressable
        return known

    def _section(self, words: str) -> str:
        found = self._found({"contains_text": words})
        if len(found) != 1:
            raise Unaddressable
        return found[0]

    def _heading(self, words: str) -> str:
        found = self._found({"section_types": ["h1", "h2"], "contains_text": words})
        if len(found) != 1:
            raise Unaddressable
        return found[0]

    def _found(self, criteria: dict[str, Any]) -> list[str]:
        told = self._client.canvases_sections_lookup(canvas_id=self._id, criteria=criteria)
        return [str(one["id"]) for one in told["sections"]]

    def _edit(self, change: dict[str, Any]) -> None:
        self._client.canvases_edit(canvas_id=self._id, changes=[change])


def made(client: SlackClient, title: str, body: str, channel: str | None = None) -> str:
    """Make a canvas; its id. Without a channel nobody but we can read it yet."""
    told = client.canvases_create(title=title, document_content=_markdown(body), channel_id=channel)
    return str(told["canvas_id"])


def _some(people: Sequence[str]) -> Iterator[list[str]]:
    for at in range(0, len(people), _MOST_AT_ONCE):
        yield list(people[at : at + _MOST_AT_ONCE])


def _markdown(body: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": body}
