"""People, channels, messages and files as Slack knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack import visible

Json = dict[str, Any]
KINDS = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass(eq=False)
class Person:
    """Someone with an account: a colleague, a guest, a bot, or somebody from another company."""

    id: str
    name: str
    email: str
    team_id: str
    is_bot: bool = False
    is_restricted: bool = False
    enterprise_id: str = ""
    locale: str = "en-US"
    deleted: bool = False

    @property
    def mention(self) -> str:
        """What stands in a text that mentions this person."""
        return f"<@{self.id}>"

    def as_json(self, *, is_stranger: bool, shows_email: bool) -> Json:
        """The `user` object of the Web API; the address only for an app that may see it."""
        profile = {
            "real_name": self.name,
            "display_name": self.name.split()[0],
            "team": self.team_id,
        }
        if shows_email and not self.is_bot and not is_stranger:
            profile["email"] = self.email
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name.lower().replace(" ", "."),
            "real_name": self.name,
            "profile": profile,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_stranger": is_stranger,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_admin": False,
            "is_owner": False,
            "tz": "Europe/Berlin",
            "tz_offset": 7200,
            "locale": self.locale,
        }


@dataclass(eq=False)
class Channel:
    """A public or private channel, a direct message or a group message."""

    id: str
    name: str
    kind: str
    team_id: str
    members: list[str]
    shared_with: tuple[str, ...] = ()
    is_archived: bool = False
    canvas_id: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether this is a conversation of one person with the app."""
        return self.kind == "im"

    def as_json(self, bot_user_id: str) -> Json:
        """The `channel` object of the Web API."""
        common: Json = {
            "id": self.id,
            "created": 1700000000,
            "is_archived": self.is_archived,
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_private": self.kind != "channel",
            "context_team_id": self.team_id,
            "is_shared": bool(self.shared_with),
            "is_ext_shared": bool(self.shared_with),
            "is_org_shared": False,
            "is_pending_ext_shared": False,
        }
        if self.kind == "im":
            other = next(member for member in self.members if member != bot_user_id)
            return {**common, "user": other}
        shared = {"shared_team_ids": [self.team_id, *self.shared_with]} if self.shared_with else {}
        is_member = bot_user_id in self.members
        topic: Json = {"topic": {"value": ""}, "purpose": {"value": ""}}
        return {**common, "name": self.name, "is_member": is_member, **topic, **shared}


@dataclass(eq=False)
class File:
    """A file somebody uploaded, or a canvas seen as one."""

    id: str
    name: str
    title: str
    content: bytes
    user: str
    url: str
    permalink: str
    mimetype: str = "application/octet-stream"
    created: int = 0
    channels: list[str] = field(default_factory=list)

    def as_json(self) -> Json:
        """The `file` object of the Web API and of message events."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2],
            "user": self.user,
            "mode": "hosted",
            "size": len(self.content),
            "created": self.created,
            "timestamp": self.created,
            "url_private": self.url,
            "url_private_download": f"{self.url}/download",
            "permalink": self.permalink,
            "is_external": False,
            "file_access": "visible",
            "channels": list(self.channels),
        }


@dataclass(eq=False)
class Stream:
    """What a streamed message is made of until it stops."""

    started: float
    mode: str
    recipient: str
    state: str = "streaming"
    appends: int = 0
    plan_title: str = ""
    tasks: dict[str, Json] = field(default_factory=dict)
    blocks: list[Json] = field(default_factory=list)


@dataclass(eq=False)
class Message:
    """A message, with what became of it; ephemeral ones name the only person who sees them."""

    channel: Channel
    ts: str
    author: Person
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    subtype: str = ""
    client_msg_id: str = ""
    bot_id: str = ""
    app_id: str = ""
    unfurls: bool = True
    edited: str = ""
    deleted: bool = False
    ephemeral_to: Person | None = None
    stream: Stream | None = None
    deliveries: list[Any] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    @property
    def is_reply(self) -> bool:
        """Whether the message stands in a thread and is not its first."""
        return bool(self.thread_ts) and self.thread_ts != self.ts

    @property
    def is_streaming(self) -> bool:
        """Whether the app may still append to it."""
        return self.stream is not None and self.stream.state == "streaming"

    @property
    def tasks(self) -> dict[str, Json]:
        """The steps shown while the answer was streamed, by id, as they stand now."""
        return self.stream.tasks if self.stream else {}

    @property
    def words(self) -> str:
        """Everything a reader sees: text if no blocks replace it, blocks, buttons, tasks."""
        return visible.words(self.text, self.shown_blocks)

    @property
    def pings(self) -> list[str]:
        """Who would be notified: user ids, `channel`, `here`, `everyone`, user groups."""
        return visible.pings(self.text, self.shown_blocks)

    @property
    def links(self) -> list[str]:
        """Every address a reader could follow, images and buttons included."""
        return visible.links(self.text, self.shown_blocks)

    @property
    def shown_blocks(self) -> list[Json]:
        """The blocks as drawn: a stream's tasks and blocks, then the message's own."""
        if self.stream is None:
            return self.blocks
        steps = [{**task, "type": "task_card", "task_id": key} for key, task in self.tasks.items()]
        plan = {"type": "plan", "title": self.stream.plan_title or "Plan", "tasks": steps}
        drawn = [plan] if steps and self.stream.mode == "plan" else steps
        told = [{"type": "markdown", "text": self.text}] if self.text else []
        return [*drawn, *told, *self.stream.blocks, *self.blocks]

    def as_json(self, *, with_metadata: bool = False) -> Json:
        """The message as the Web API and events carry it."""
        body: Json = {"type": "message", "user": self.author.id, "ts": self.ts, "text": self.text}
        body["team"] = self.author.team_id
        optional = {
            "thread_ts": self.thread_ts,
            "subtype": self.subtype,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "client_msg_id": self.client_msg_id,
            "blocks": self.shown_blocks,
            "attachments": self.attachments,
            "files": [file.as_json() for file in self.files],
            "metadata": self.metadata if with_metadata else None,
            "edited": {"user": self.author.id, "ts": self.edited} if self.edited else None,
            "reactions": [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in self.reactions.items()
            ],
        }
        return {**body, **{key: value for key, value in optional.items() if value}}
