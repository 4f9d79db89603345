"""A message that somebody marked for remembering: where it stands, and what can be kept of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from assistant.slack.splitting import length

Scope = Literal["message", "thread", "file"]
#: What a form may carry, less what Slack adds.
_CARRIED = 2_800
#: Names Slack gives to conversations that have none.
_NAMELESS = frozenset({"directmessage", "privategroup", ""})


@dataclass(frozen=True)
class Marked:
    """A message as its menu hands it over.

    Attributes:
        author: the Slack id of whoever wrote it; empty for an app that writes under a name.
        name: the name an app wrote under.
        text: as Slack has it; None where it is too long to be carried by a form.
        files: id and name of each file.
        where: the channel's name, where it has one.
        more: whether there are other messages in its thread.
    """

    channel: str
    ts: str
    thread_ts: str | None
    author: str
    name: str
    text: str | None
    files: tuple[tuple[str, str], ...] = ()
    where: str = ""
    more: bool = False

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Marked:
        """From the payload of a message shortcut."""
        message, channel = body["message"], body["channel"]
        named = str(channel.get("name") or "")
        return cls(
            channel=channel["id"],
            ts=message["ts"],
            thread_ts=message.get("thread_ts"),
            author=str(message.get("user") or ""),
            name=str(message.get("username") or ""),
            text=str(message.get("text") or ""),
            files=tuple((one["id"], str(one.get("name") or "")) for one in _files(message)),
            where="" if named in _NAMELESS else named,
            more=bool(message.get("thread_ts") or message.get("reply_count")),
        )

    @classmethod
    def read(cls, carried: str) -> Marked:
        """From what a form carried."""
        told = json.loads(carried)
        return cls(**{**told, "files": tuple((one, name) for one, name in told["files"])})

    @property
    def carried(self) -> str:
        """For a form; the text is left out where it does not fit."""
        whole = json.dumps(asdict(self), ensure_ascii=False)
        if length(whole) <= _CARRIED:
            return whole
        return json.dumps(asdict(replace(self, text=None)), ensure_ascii=False)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What can be kept of it."""
        found: list[Scope] = ["message"] if self.text is None or self.text.strip() else []
        found += ["file"] if self.files else []
        found += ["thread"] if self.more else []
        return tuple(found) or ("message",)

    @property
    def root(self) -> str:
        """The first message of its thread."""
        return self.thread_ts or self.ts

    @property
    def order(self) -> str:
        """What happens to one thread is done in the order it happened."""
        return order_of(self.channel, self.root)


def order_of(channel: str, root: str) -> str:
    """The name of the queue that capture, edit and deletion of one thread share."""
    return f"capture:{channel}:{root}"


def key_of(channel: str, ts: str, file: str = "") -> str:
    """Under which a message, or one of its files, is kept."""
    return f"slack-{channel}-{ts}" + (f"-{file}" if file else "")


def permalink(workspace: str, channel: str, ts: str, thread_ts: str | None = None) -> str:
    """The address of a message; `workspace` is ours, as `auth.test` tells it."""
    base = f"{workspace.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    reply = thread_ts is not None and thread_ts != ts
    return f"{base}?thread_ts={thread_ts}&cid={channel}" if reply else base


def moment(ts: str) -> datetime:
    """The instant behind a `ts` of Slack."""
    return datetime.fromtimestamp(float(ts), UTC)


def _files(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in message.get("files") or () if one.get("mode") != "tombstone"]
