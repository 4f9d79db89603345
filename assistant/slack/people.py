"""Who somebody in Slack is in the records: found by the e-mail address of their profile.

Whoever is a guest, a bot, gone, or of another organisation is an outsider, whatever address their
profile shows; so is somebody whose organisation Slack does not tell.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.errors import TryLater
from assistant.slack.client import SlackClient
from knowledge.errors import NotFound
from knowledge.records import Viewer

#: A profile is asked for again after this many seconds.
FRESH = 300.0
#: Whose an e-mail address is, after this many: the profile tells sooner that it is theirs no more.
FOUND = 86_400.0
#: An address that nobody here had is asked for again after this many.
MISSED = 3_600.0
#: For so many seconds an acknowledgement can wait for the language it is to be in.
SOON = 0.8
_MOST = 5_000


@dataclass(frozen=True)
class Identity:
    """The app itself, and the workspace it is installed in."""

    team_id: str
    user_id: str
    bot_id: str
    url: str
    enterprise_id: str | None = None

    @classmethod
    def read(cls, client: SlackClient) -> Identity:
        """Ask Slack whose token it is."""
        told = client.auth_test()
        return cls(
            team_id=told.get("team_id", ""),
            user_id=told.get("user_id", ""),
            bot_id=told.get("bot_id", ""),
            url=told.get("url", ""),
            enterprise_id=told.get("enterprise_id"),
        )

    def wrote(self, message: Mapping[str, Any]) -> bool:
        """Whether a message is the app's own."""
        posted = bool(self.bot_id) and message.get("bot_id") == self.bot_id
        return posted or message.get("user") == self.user_id


@dataclass(frozen=True)
class Person:
    """Somebody in Slack.

    Attributes:
        colleague: a full, active member of our own organisation: no guest, no bot, no stranger.
        locale: such as `de-DE`.
        timezone: an IANA name, such as `Europe/Berlin`.
    """

    id: str
    name: str
    email: str | None
    colleague: bool
    bot: bool = False
    guest: bool = False
    locale: str | None = None
    timezone: str | None = None


class People:
    """The people of a workspace and their viewers.

    Args:
        client: asks Slack for profiles.
        home: our own workspace.
        known: the viewer behind an e-mail address; raises `NotFound`.
    """

    def __init__(self, client: SlackClient, home: Identity, known: Callable[[str], Viewer]) -> None:
        self._client, self._home, self._known = client, home, known
        self._profiles: dict[str, tuple[float, Person]] = {}
        self._addresses: dict[str, tuple[float, str | None]] = {}
        self._door = threading.Lock()
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="profile")

    def person(self, user_id: str) -> Person:
        """Somebody's profile, at most `FRESH` seconds old."""
        with self._door:
            read, person = self._profiles.get(user_id, (0.0, None))
        if person is None or time.monotonic() - read > FRESH:
            person = self._read(user_id)
            with self._door:
                if len(self._profiles) >= _MOST:
                    self._profiles.clear()
                self._profiles[user_id] = (time.monotonic(), person)
        return person

    def soon(self, user_id: str) -> Person | None:
        """Somebody's profile as it was last read, or read now if it never was.

        None where Slack does not tell it within `SOON` seconds; it is there the next time.
        """
        with self._door:
            _, person = self._profiles.get(user_id, (0.0, None))
        if person is not None:
            return person
        try:
            return self._readers.submit(self.person, user_id).result(timeout=SOON)
        except (TimeoutError, TryLater):
            return None

    def with_address(self, email: str | None) -> Person | None:
        """The colleague with an e-mail address; None where nobody of ours here has it."""
        if not email:
            return None
        with self._door:
            read, user_id = self._addresses.get(email, (-math.inf, None))
        if time.monotonic() - read > self._lasts(user_id, email):
            user_id = self._look_up(email)
            with self._door:
                if len(self._addresses) >= _MOST:
                    self._addresses.clear()
                self._addresses[email] = (time.monotonic(), user_id)
        person = self.person(user_id) if user_id else None
        return person if person and person.colleague else None

    def viewer(self, user_id: str, team_id: str | None) -> Viewer:
        """Whose eyes to use for somebody who acted from a workspace; an outsider's where unsure.

        Args:
            user_id: who acted.
            team_id: the workspace Slack says they acted from; None where it does not say.
        """
        person = self.person(user_id)
        at_home = team_id is not None and team_id in (self._home.team_id, self._home.enterprise_id)
        return self.viewer_of(person) if at_home else Viewer.outsider()

    def viewer_of(self, person: Person) -> Viewer:
        """Whose eyes somebody has, by their profile alone."""
        if not person.colleague or not person.email or "@" not in person.email:
            return Viewer.outsider()
        try:
            return self._known(person.email)
        except NotFound:
            return Viewer.outsider(person.email)

    def _lasts(self, user_id: str | None, email: str) -> float:
        """For how many seconds it holds whose an address is."""
        if user_id is None:
            return MISSED
        person = self.person(user_id)
        theirs = person.colleague and (person.email or "").casefold() == email.casefold()
        return FOUND if theirs else FRESH

    def _look_up(self, email: str) -> str | None:
        try:
            return str(self._client.users_lookupByEmail(email=email)["user"]["id"])
        except SlackApiError:
            return None

    def _read(self, user_id: str) -> Person:
        try:
            user = self._client.users_info(user=user_id, include_locale=True)["user"]
        except SlackApiError:
            return Person(user_id, user_id, None, colleague=False)
        profile = user.get("profile") or {}
        bot = bool(user.get("is_bot") or user.get("is_workflow_bot") or user_id == "USLACKBOT")
        guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
        away = guest or user.get("is_stranger") or user.get("deleted")
        return Person(
            id=user_id,
            name=user.get("real_name") or profile.get("real_name") or user.get("name") or user_id,
            email=profile.get("email") or None,
            colleague=not bot and not away and self._ours(user),
            bot=bot,
            guest=guest,
            locale=user.get("locale"),
            timezone=user.get("tz"),
        )

    def _ours(self, user: dict[str, object]) -> bool:
        organisation = user.get("enterprise_user")
        enterprise = organisation.get("enterprise_id") if isinstance(organisation, dict) else None
        same = self._home.enterprise_id is not None and enterprise == self._home.enterprise_id
        return same or user.get("team_id") == self._home.team_id
