"""Response URLs: thirty minutes, five answers, each to one interaction or command."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.doubles.slack.api.chat import content, rewrite, show_ephemeral
from tests.doubles.slack.api.registry import is_true
from tests.doubles.slack.refusals import Refused
from tests.doubles.slack.values import Channel, Json, Message, Person
from tests.doubles.slack.workspace import Workspace

LIFETIME = 1800.0
MOST_USES = 5


@dataclass
class _Issued:
    channel: Channel
    person: Person
    source: Message | None
    since: float
    uses: int = 0


class ResponseUrls:
    """Addresses that let the app answer without being in the channel."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._issued: dict[str, _Issued] = {}
        self.base = ""

    def issue(self, channel: Channel, person: Person, source: Message | None = None) -> str:
        """A new address for an act of somebody somewhere, on a message or not."""
        key = self._workspace.new_id("R")
        self._issued[key] = _Issued(channel, person, source, self._workspace.clock.leapt)
        return f"{self.base}/respond/{key}"

    def use(self, key: str, body: bytes) -> tuple[int, str]:
        """Carry out what was posted to an address: status and body of the answer."""
        with self._workspace.change():
            issued = self._issued.get(key)
            if issued is None or issued.uses >= MOST_USES:
                return 404, json.dumps({"ok": False, "error": "used_url"})
            if self._workspace.clock.leapt - issued.since > LIFETIME:
                return 404, json.dumps({"ok": False, "error": "expired_url"})
            issued.uses += 1
            try:
                self.answer(issued.channel, issued.person, issued.source, json.loads(body))
            except Refused as refusal:
                return 400, json.dumps(refusal.as_json())
        return 200, "ok"

    def answer(
        self, channel: Channel, person: Person, source: Message | None, told: Json
    ) -> Message | None:
        """Show, replace or take away a message, as an acknowledgement or response URL may."""
        if is_true(told.get("delete_original")) and source is not None:
            source.deleted = True
            return None
        text, blocks, _ = content(told)
        if is_true(told.get("replace_original")) and source is not None:
            rewrite(self._workspace, source, text, blocks)
            return source
        world = self._workspace
        message = Message(channel, world.clock.timestamp(), world.bot, text, blocks)
        message.bot_id, message.app_id = world.bot_id, world.app_id
        message.thread_ts = str(told.get("thread_ts") or "")
        if told.get("response_type") == "in_channel":
            world.post(message)
        else:
            show_ephemeral(world, message, person.id)
        return message
