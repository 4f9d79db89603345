"""The reception: what every job from Slack works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.desk import Desk
from assistant.slack.audience import Audience
from assistant.slack.client import SlackClient
from assistant.slack.delivery import Delivery
from assistant.slack.links import Links, links_of
from assistant.slack.meters import Meters
from assistant.slack.people import Identity, People
from assistant.slack.permalinks import Permalinks
from assistant.slack.streaming import Stops
from assistant.work import Work
from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations
from knowledge.records import Viewer

if TYPE_CHECKING:
    from assistant.conversation import Answer


class Asker(NamedTuple):
    """Whoever asks for something: the eyes to look through, the language to answer in."""

    viewer: Viewer
    language: str


@dataclass(frozen=True)
class Reception:
    """A desk, the durable work, and Slack.

    Attributes:
        answers: answers that were made but not delivered yet, by job: a delivery that has to be
            tried again does not make its answer again.
        homes: what of Home this process has last shown to each person who opened it.
        unread: set when something was kept that waits for its vectors.
    """

    desk: Desk
    work: Work
    client: SlackClient
    me: Identity
    meters: Meters
    stops: Stops = field(default_factory=Stops)
    answers: dict[str, Answer] = field(default_factory=dict)
    homes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: Event = field(default_factory=Event)

    @cached_property
    def people(self) -> People:
        """Profiles and viewers."""
        return People(self.client, self.me, self.desk.viewer)

    @cached_property
    def audience(self) -> Audience:
        """Who reads what is posted where."""
        return Audience(self.client, self.me, self.people, self._may_see)

    @cached_property
    def delivery(self) -> Delivery:
        """Posts, finds and updates messages."""
        return Delivery(self.client, self.me, self.desk.workspace.database)

    @cached_property
    def conversations(self) -> Conversations:
        """The journal of what was asked and answered."""
        return Conversations(self.desk.workspace.database)

    @cached_property
    def links(self) -> Links:
        """Where links may lead."""
        crm = self.desk.settings.company.crm
        said = Permalinks(self.desk.workspace.database)
        return links_of(crm, workspace=self.me.url, permalink=said.of)

    def asker(self, told: Mapping[str, Any]) -> Asker:
        """Whoever a job is done for, or a request is from.

        Args:
            told: its payload: `user` acted, from the workspace `team`, where Slack says which.
        """
        viewer = self.people.viewer(told["user"], told.get("team"))
        return Asker(viewer, self.language(told["user"]))

    def language(self, user_id: str) -> str:
        """The language to address somebody in, by their profile; one of the company's."""
        return self._one_of_ours(self.people.person(user_id).locale)

    def spoken(self, user_id: str) -> str:
        """The same for an acknowledgement, which cannot wait long for Slack."""
        person = self.people.soon(user_id)
        return self._one_of_ours(person.locale if person else None)

    def _one_of_ours(self, locale: str | None) -> str:
        known = self.desk.settings.company.company.languages
        wanted = (locale or "").partition("-")[0]
        return next((language for language in known if language == wanted), known[0])

    def _may_see(self, viewer: Viewer, account_id: str) -> bool:
        try:
            account = self.desk.workspace.ledger.find_account(viewer, account_id)
        except NotFound:
            return False
        return account.id == account_id
