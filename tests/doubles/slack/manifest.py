"""What the app was granted: scopes, events, commands and shortcuts, by its own manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.doubles.slack.refusals import ImpossibleAct, Refused

EVERY_SCOPE = frozenset(
    {
        *("app_mentions:read", "assistant:write", "bookmarks:write", "canvases:read"),
        *("canvases:write", "channels:history", "channels:join", "channels:read", "chat:write"),
        *("commands", "files:read", "files:write", "groups:history", "groups:read", "im:history"),
        *("im:read", "im:write", "mpim:history", "mpim:read", "mpim:write", "reactions:read"),
        *("reactions:write", "team:read", "users:read", "users:read.email"),
    }
)


@dataclass(frozen=True)
class Granted:
    """The rights of an installed app; None means that everything is allowed."""

    scopes: frozenset[str] = EVERY_SCOPE
    events: frozenset[str] | None = None
    commands: frozenset[str] | None = None
    shortcuts: frozenset[str] | None = None

    @classmethod
    def by(cls, manifest: dict[str, Any]) -> Granted:
        """Exactly what a manifest asks for."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        events = settings.get("event_subscriptions", {}).get("bot_events", [])
        return cls(
            frozenset(manifest["oauth_config"]["scopes"]["bot"]),
            frozenset(events),
            frozenset(one["command"] for one in features.get("slash_commands", [])),
            frozenset(one["callback_id"] for one in features.get("shortcuts", [])),
        )

    def need(self, *alternatives: str) -> None:
        """Refuse a call unless one of these scopes was granted."""
        if alternatives and not self.scopes.intersection(alternatives):
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=",".join(alternatives), provided=provided)

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to an event, such as `message.im`."""
        return self.events is None or event in self.events

    def require_command(self, command: str) -> None:
        """Stop a test that uses a command the manifest lacks."""
        if self.commands is not None and command not in self.commands:
            raise ImpossibleAct(f"The manifest has no command {command}.")

    def require_shortcut(self, callback_id: str) -> None:
        """Stop a test that uses a shortcut the manifest lacks."""
        if self.shortcuts is not None and callback_id not in self.shortcuts:
            raise ImpossibleAct(f"The manifest has no shortcut {callback_id}.")
