"""Everything Slack remembers: the state that the Web API, the events and the tests share."""

from __future__ import annotations

import itertools
import mimetypes
import re
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from tests.doubles.slack.canvases import Canvas
from tests.doubles.slack.clock import Clock
from tests.doubles.slack.faults import Faults
from tests.doubles.slack.manifest import Granted
from tests.doubles.slack.refusals import ImpossibleAct, Refused
from tests.doubles.slack.values import KINDS, Channel, File, Json, Message, Person
from tests.doubles.slack.views import Views

STATUS_LIFETIME = 120.0


@dataclass(frozen=True)
class Prompts:
    """Suggested prompts as shown in somebody's messages tab."""

    title: str
    prompts: tuple[Json, ...]


@dataclass
class Session:
    """An agent session: a thread, its status and its title."""

    status: str
    title: str = ""
    initiator: str = ""


@dataclass
class Upload:
    """A file whose address was asked for and whose bytes may have come."""

    file: File
    length: int
    received: bool = False


@dataclass
class Announcements:
    """Who hears of what the app does, and who opens sockets; both put themselves here."""

    echo: Callable[[Json, Channel], None] = lambda *_: None
    socket_link: Callable[[], str] = str


class Workspace:
    """One Slack workspace with one app installed; every change wakes whoever waits."""

    def __init__(self, granted: Granted, starts_at: datetime | None = None) -> None:
        self.granted = granted
        self.clock = Clock(starts_at)
        self.faults = Faults()
        self.changed = threading.Condition(threading.RLock())
        self.announcements = Announcements()
        self.files_url = ""
        self.team_id, self.team_domain, self.app_id = "T0HOME0001", "varnholt", "A0LIAISON1"
        self.bot_id, self.bot_token, self.app_token = (
            "B0LIAISON1",
            "xoxb-1-liaison",
            "xapp-1-liaison",
        )
        self.signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"
        self.free_plan = False
        self._numbers = itertools.count(1)
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.ephemerals: list[Message] = []
        self.files: dict[str, File] = {}
        self.uploads: dict[str, Upload] = {}
        self.canvases: dict[str, Canvas] = {}
        self.views = Views(self)
        self.sessions: dict[tuple[str, str], Session] = {}
        self.statuses: dict[tuple[str, str], tuple[str, float]] = {}
        self.thread_titles: dict[tuple[str, str], str] = {}
        self.prompts: dict[str, Prompts] = {}
        self.bot = self.person("Liaison", "liaison@app.example", is_bot=True)

    # Building the world ----------------------------------------------------------------------

    def person(
        self,
        name: str,
        email: str,
        *,
        is_bot: bool = False,
        is_restricted: bool = False,
        team_id: str = "",
        enterprise_id: str = "",
        locale: str = "en-US",
    ) -> Person:
        """Give somebody an account, here or (with `team_id`) in another workspace."""
        with self.change():
            person = Person(
                self.new_id("U"), name, email, team_id or self.team_id, is_bot, is_restricted
            )
            person.enterprise_id, person.locale = enterprise_id, locale
            self.people[person.id] = person
        return person

    def channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        *,
        private: bool = False,
        shared_with: str = "",
        invited: bool = True,
    ) -> Channel:
        """Open a channel; the app is invited unless `invited` is false."""
        kind = "group" if private else "channel"
        inside = [*members, *([self.bot] if invited else [])]
        return self._opened(kind, name, inside, (shared_with,) if shared_with else ())

    def dm(self, *people: Person) -> Channel:
        """The direct (or group) message of people with the app, opened on first use."""
        wanted = {self.bot.id, *(person.id for person in people)}
        with self.changed:
            for channel in self.channels.values():
                if channel.kind in {"im", "mpim"} and set(channel.members) == wanted:
                    return channel
        kind = "im" if len(people) == 1 else "mpim"
        return self._opened(kind, "directmessage", [*people, self.bot], ())

    def _opened(
        self, kind: str, name: str, members: Iterable[Person], shared: tuple[str, ...]
    ) -> Channel:
        prefix = {"im": "D", "mpim": "G"}.get(kind, "C")
        ids = [person.id for person in members]
        with self.change():
            channel = Channel(self.new_id(prefix), name, kind, self.team_id, ids, shared)
            self.channels[channel.id] = channel
        return channel

    def new_id(self, prefix: str) -> str:
        """An id in Slack's shape, unique in this workspace."""
        return f"{prefix}0{next(self._numbers):09d}"

    def new_file(self, owner: Person, name: str, content: bytes) -> File:
        """A file by somebody; it is nobody else's before it is shared."""
        new_id = self.new_id("F")
        link = f"https://{self.team_domain}.slack.com/files/{owner.id}/{new_id}/{name}"
        url = f"{self.files_url}/files/{new_id}/{name}"
        file = File(new_id, name, name, content, owner.id, url, link)
        file.mimetype = mimetypes.guess_type(name)[0] or file.mimetype
        file.created = int(self.clock.now())
        return file

    def change(self) -> AbstractContextManager[object]:
        """Hold the world still, and wake those who wait for it to change."""
        return _Change(self.changed)

    # Looking things up -----------------------------------------------------------------------

    def visible_channel(self, channel_id: str) -> Channel:
        """A channel the app may know of; private ones only from inside."""
        channel = self.channels.get(channel_id)
        if channel is None or (channel.kind != "channel" and self.bot.id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def joined_channel(self, channel_id: str) -> Channel:
        """A channel the app is in."""
        channel = self.visible_channel(channel_id)
        if self.bot.id not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def writable_channel(self, target: str) -> Channel:
        """Where the app may post: a channel's id, or a person's for their direct message."""
        if target in self.people and target != self.bot.id:
            return self.dm(self.people[target])
        channel = self.visible_channel(target)
        if channel.is_archived:
            raise Refused("is_archived")
        if self.bot.id in channel.members or "chat:write.public" in self.granted.scopes:
            return channel
        raise Refused("not_in_channel")

    def known_person(self, person_id: str) -> Person:
        """Somebody by id."""
        person = self.people.get(person_id)
        if person is None:
            raise Refused("user_not_found")
        return person

    def message(self, channel: Channel, ts: str) -> Message | None:
        """A message that still stands."""
        return next(
            (m for m in self.messages if m.channel is channel and m.ts == ts and not m.deleted),
            None,
        )

    def in_channel(self, channel: Channel) -> list[Message]:
        """All messages of a channel, threads included, oldest first."""
        return [m for m in self.messages if m.channel is channel and not m.deleted]

    def in_thread(self, channel: Channel, ts: str) -> list[Message]:
        """A thread's first message and its replies, oldest first."""
        return [m for m in self.in_channel(channel) if ts in {m.ts, m.thread_ts}]

    def thread_root(self, channel: Channel, thread_ts: str) -> str:
        """The `ts` of a thread that exists; a reply has no thread of its own."""
        first = self.message(channel, thread_ts)
        if first is None:
            raise Refused("thread_not_found")
        if first.is_reply:
            raise Refused("cannot_reply_to_message", "thread_ts is the ts of a reply")
        return thread_ts

    def permalink(self, message: Message) -> str:
        """The address of a message, in its thread if it stands in one."""
        base = f"https://{self.team_domain}.slack.com/archives/{message.channel.id}"
        thread = f"?thread_ts={message.thread_ts}&cid={message.channel.id}"
        ts = message.ts.replace(".", "")
        return f"{base}/p{ts}{thread if message.is_reply else ''}"

    def status(self, channel: Channel, thread_ts: str) -> str:
        """The status line under a thread, or nothing: it clears after two minutes."""
        text, since = self.statuses.get((channel.id, thread_ts), ("", 0.0))
        return text if self.clock.leapt - since < STATUS_LIFETIME else ""

    def canvas_level(self, canvas: Canvas, person: Person) -> str:
        """What somebody may do with a canvas: nothing, `read`, `write` or `owner`."""
        if person.id == canvas.creator:
            return "owner"
        levels = [canvas.user_access.get(person.id, "")]
        for channel_id, level in canvas.channel_access.items():
            if person.id in self.channels[channel_id].members:
                levels.append(level)
        return max(levels, key=["", "read", "write", "owner"].index)

    def may_read(self, file: File, person: Person) -> bool:
        """Whether a file was shared where this person is."""
        shared = (self.channels[one].members for one in file.channels)
        return file.user == person.id or any(person.id in members for members in shared)

    # Changing things -------------------------------------------------------------------------

    def post(self, message: Message) -> None:
        """Let a message stand, number its blocks and tell the app if it should know."""
        with self.change():
            self.number(message.blocks)
            self.messages.append(message)
            if message.author is self.bot:
                self.statuses.pop((message.channel.id, message.thread_ts), None)

    def number(self, blocks: list[Json]) -> None:
        """Give every block without an id one, as Slack does."""
        for block in blocks:
            block.setdefault("block_id", self.new_id("b"))

    def echo(self, message: Message, subtype: str = "", previous: Json | None = None) -> None:
        """Tell the app of its own message, as Slack does; apps have to ignore these."""
        self.announcements.echo(self.message_event(message, subtype, previous), message.channel)

    def message_event(
        self, message: Message, subtype: str = "", previous: Json | None = None
    ) -> Json:
        """The event of a message that was posted, changed or deleted."""
        channel = message.channel
        common = {"type": "message", "channel": channel.id, "channel_type": channel.kind}
        if not subtype:
            author = message.author
            team = author.enterprise_id or author.team_id
            outside = {"user_team": team, "source_team": team, "team": team}
            away = outside if channel.shared_with else {}
            thread = {"parent_user_id": self._root_author(message)} if message.is_reply else {}
            return {**message.as_json(), **common, "event_ts": message.ts, **away, **thread}
        ts = self.clock.timestamp()
        common |= {"subtype": subtype, "ts": ts, "event_ts": ts}
        event: Json = {**common, "hidden": True, "previous_message": previous}
        if subtype == "message_deleted":
            return {**event, "deleted_ts": message.ts}
        return {**event, "message": message.as_json()}

    def _root_author(self, message: Message) -> str:
        first = self.message(message.channel, message.thread_ts)
        return first.author.id if first else ""

    def mentions_bot(self, text: str) -> bool:
        """Whether a text mentions the app."""
        return bool(re.search(rf"<@{self.bot.id}(\|[^>]*)?>", text))

    def need_scope(self, channel: Channel, right: str) -> None:
        """Refuse a call that the app's scopes do not cover for this kind of channel."""
        self.granted.need(f"{KINDS[channel.kind]}:{right}")

    def require_member(self, person: Person, channel: Channel) -> None:
        """Stop a test in which somebody acts where they are not."""
        if person.id not in channel.members:
            raise ImpossibleAct(f"{person.name} is not in {channel.name} ({channel.id}).")


@dataclass
class _Change:
    condition: threading.Condition
    _held: list[bool] = field(default_factory=list)

    def __enter__(self) -> object:
        self.condition.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.condition.notify_all()
        self.condition.release()
