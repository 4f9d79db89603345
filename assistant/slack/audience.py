"""Who reads what is posted where: an answer is only as public as its readers.

A conversation with us alone shows what its one reader may see. In any other, account data is
posted only if every member may see that account, asked at the moment of posting. It goes to the
asker alone otherwise, and it does not enter a conversation at all that guests, bots or another
organisation read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from slack_sdk.errors import SlackApiError

from assistant.slack.client import SlackClient
from assistant.slack.people import Identity, People, Person
from knowledge.records import Viewer

#: Members of a conversation are asked for again after this many seconds.
FRESH = 5.0
#: In a conversation larger than this, nobody can have meant to show an account to everyone.
LARGEST = 200

Reach = Literal["everyone", "asker", "elsewhere"]
#: Why an answer is not for everyone: another organisation, guests or apps read along; it is not
#: known who does; or somebody there may not see the account.
Reason = Literal["outside", "guests", "bots", "unsure", "unseen"]


@dataclass(frozen=True)
class Readers:
    """The members of a conversation, the app left out.

    `private` is a conversation with the app alone; `closed` says why no account data may enter.
    """

    private: bool
    people: tuple[Person, ...] = ()
    closed: Reason | None = None


@dataclass(frozen=True)
class Verdict:
    """Where an answer with account data may be shown, and why not to everyone there.

    `asker` is to the asker alone, there; `elsewhere` is in their own conversation with us only.
    """

    reach: Reach
    reason: Reason | None = None


_EVERYONE = Verdict("everyone")


class Audience:
    """Asks Slack who reads, and the records what they may see.

    Args:
        client: asks Slack.
        home: our own workspace and ourselves.
        people: profiles and viewers.
        may_see: whether a viewer may see an account, by its id.
    """

    def __init__(
        self,
        client: SlackClient,
        home: Identity,
        people: People,
        may_see: Callable[[Viewer, str], bool],
    ) -> None:
        self._client, self._home, self._people, self._may_see = client, home, people, may_see
        self._known: dict[str, tuple[float, Readers]] = {}
        self._door = threading.Lock()

    def verdict(self, channel: str, account_ids: tuple[str, ...]) -> Verdict:
        """Where something that tells of some accounts may be shown; everywhere if of none."""
        if not account_ids:
            return _EVERYONE
        readers = self.readers(channel)
        if readers.private:
            return _EVERYONE
        if readers.closed is not None:
            return Verdict("elsewhere", readers.closed)
        if len(readers.people) > LARGEST:
            return Verdict("asker", "unsure")
        viewers = [self._people.viewer_of(person) for person in readers.people]
        if all(self._may_see(viewer, account) for viewer in viewers for account in account_ids):
            return _EVERYONE
        return Verdict("asker", "unseen")

    def readers(self, channel: str) -> Readers:
        """Who reads a conversation, at most `FRESH` seconds ago."""
        with self._door:
            read, readers = self._known.get(channel, (0.0, None))
        if readers is None or time.monotonic() - read > FRESH:
            readers = self._read(channel)
            with self._door:
                self._known[channel] = (time.monotonic(), readers)
        return readers

    def _read(self, channel: str) -> Readers:
        try:
            about = self._client.conversations_info(channel=channel)["channel"]
        except SlackApiError:
            return Readers(private=False, closed="unsure")
        if about.get("is_im"):
            return Readers(private=True)
        shared = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared", "is_shared")
        if any(about.get(sign) for sign in shared) or about.get("pending_connected_team_ids"):
            return Readers(private=False, closed="outside")
        members = self._members(channel)
        if len(members) > LARGEST:
            return Readers(private=False, people=tuple(map(_unread, members)))
        people = tuple(self._people.person(member) for member in members)
        return Readers(private=False, people=people, closed=_closed(people))

    def _members(self, channel: str) -> list[str]:
        members: list[str] = []
        cursor: str | None = None
        while cursor != "" and len(members) <= LARGEST:
            page = self._client.conversations_members(channel=channel, cursor=cursor, limit=200)
            members += [one for one in page["members"] if one != self._home.user_id]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        return members


def _unread(user_id: str) -> Person:
    return Person(user_id, user_id, None, colleague=False)


def _closed(people: tuple[Person, ...]) -> Reason | None:
    """Why no account data may enter a conversation with these members."""
    if any(person.bot for person in people):
        return "bots"
    if any(person.guest for person in people):
        return "guests"
    return None if all(person.colleague for person in people) else "unsure"
