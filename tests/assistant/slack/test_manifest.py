"""The manifest asks for what the code uses, and for nothing else."""

from __future__ import annotations

import re

from assistant.settings import CommandSettings
from tests.assistant.slack.house import ROOT, manifest
from tests.doubles.slack.api.registry import METHODS

#: Scopes that events and features need beside those of the methods.
OF_EVENTS = {
    "app_mentions:read",
    "channels:history",
    "groups:history",
    "im:history",
    "mpim:history",
}
OF_FEATURES = {
    "agent_view": {"assistant:write"},
    "slash_commands": {"commands"},
    "shortcuts": {"commands"},
}
#: Reading an address needs a scope of its own; so does every kind of conversation.
OF_READING = {
    "users.info": {"users:read.email"},
    "conversations.members": {"channels:read", "groups:read", "im:read", "mpim:read"},
}
_CALL = re.compile(r"\b(?:client|_client|_delivery\.client)\.((?:[a-z]+_)+[a-zA-Z]+)\(")


def called() -> set[str]:
    """The Web API methods that the code calls."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "assistant" / "slack").rglob("*.py")
    )
    return {name.replace("_", ".") for name in _CALL.findall(code)} & set(METHODS)


def granted() -> set[str]:
    return set(manifest()["oauth_config"]["scopes"]["bot"])


def test_every_call_has_a_scope_it_needs() -> None:
    without = {name for name in called() if not granted().intersection(METHODS[name].scopes)}
    assert {name for name in without if METHODS[name].scopes} == set()
    assert granted() >= OF_EVENTS | {one for name in called() for one in OF_READING.get(name, ())}


def test_every_scope_is_asked_for_because_something_uses_it() -> None:
    used = set(OF_EVENTS)
    for method in called():
        used |= {*METHODS[method].scopes, *OF_READING.get(method, ())}
    for feature, wanted in OF_FEATURES.items():
        used |= wanted if feature in manifest()["features"] else set()
    assert granted() - used == set()


def test_the_calls_are_found_in_the_code() -> None:
    assert {"chat.postMessage", "chat.startStream", "users.info", "conversations.open"} <= called()


def test_every_event_we_ask_for_is_read() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "assistant" / "slack" / "listeners").glob("*.py")
    )
    read = set(re.findall(r'board\.event\("(\w+)"', code))
    asked = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in asked} == read


def test_every_command_and_shortcut_of_the_manifest_is_one_that_we_read() -> None:
    features = manifest()["features"]
    named = CommandSettings().model_dump().values()
    assert {one["command"] for one in features["slash_commands"]} == set(named)
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "assistant" / "slack" / "listeners").glob("*.py")
    )
    unread = [one["callback_id"] for one in features["shortcuts"]]
    assert [one for one in unread if f'"{one}"' not in code] == []
