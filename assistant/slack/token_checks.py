"""What Slack says about our tokens, and whether the app was given the scopes it needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from assistant.errors import TryLater
from assistant.settings import Settings
from assistant.slack.client import SlackClient, refusal

_HERE = Path(__file__).parent
#: In an installed wheel the manifest stands beside this file, in a checkout at the top.
_MANIFESTS = (_HERE / "manifest.json", _HERE.parents[1] / "manifest.json")
_BASIC = "Basic Information of your app at https://api.slack.com/apps"
_SECRET_LENGTH = 32


@dataclass(frozen=True)
class Told:
    """What one check found, and how to mend it."""

    name: str
    state: Literal["well", "idle", "ill"]
    told: str
    mend: str = ""


@cache
def needed_scopes() -> frozenset[str]:
    """The scopes of the manifest: exactly those that the code uses."""
    manifest = next(path for path in _MANIFESTS if path.is_file())
    content = json.loads(manifest.read_text(encoding="utf-8"))
    return frozenset(content["oauth_config"]["scopes"]["bot"])


def check_tokens(settings: Settings) -> Iterator[Told]:
    """Look at every token that is set; nothing is posted anywhere."""
    if settings.slack_bot_token is None:
        mend = "Create the app from manifest.json, install it, set SLACK_BOT_TOKEN (xoxb-…)."
        yield Told("bot token", "idle", "SLACK_BOT_TOKEN is not set.", mend)
        return
    yield from _bot(settings, settings.slack_bot_token)
    if settings.slack_app_token is not None:
        yield _app(settings, settings.slack_app_token)
    if settings.slack_signing_secret is not None:
        yield _signing(settings.slack_signing_secret)
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        mend = f"Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP ({_BASIC})."
        yield Told("way in", "ill", "Slack has no way to reach this app.", mend)


def _bot(settings: Settings, token: SecretStr) -> Iterator[Told]:
    client = SlackClient(token.get_secret_value(), settings.slack_api_url)
    answer = _asked(client.auth_test)
    if isinstance(answer, str):
        mend = "Copy SLACK_BOT_TOKEN again from OAuth & Permissions of your Slack app."
        yield Told("bot token", "ill", answer, mend)
        return
    yield Told("bot token", "well", f"{answer.get('user')} in {answer.get('team')}.")
    granted = _scopes(answer)
    missing = sorted(needed_scopes() - granted)
    if missing:
        mend = "Paste manifest.json under App Manifest of your Slack app, then reinstall it."
        yield Told("scopes", "ill", f"Not granted: {', '.join(missing)}.", mend)
    else:
        yield Told("scopes", "well", f"All {len(needed_scopes())} are granted.")


def _app(settings: Settings, token: SecretStr) -> Told:
    value = token.get_secret_value()
    client = SlackClient(value, settings.slack_api_url)
    answer = _asked(lambda: client.apps_connections_open(app_token=value))
    if isinstance(answer, str):
        mend = f"Make an app-level token with connections:write under {_BASIC}."
        return Told("app token", "ill", answer, mend)
    return Told("app token", "well", "Socket Mode can be opened.")


def _signing(secret: SecretStr) -> Told:
    value = secret.get_secret_value()
    if len(value) == _SECRET_LENGTH and all(letter in "0123456789abcdef" for letter in value):
        return Told("signing secret", "well", "It looks like one; a request will prove it.")
    mend = f"Copy the Signing Secret from {_BASIC}."
    told = "SLACK_SIGNING_SECRET is not 32 hexadecimal characters."
    return Told("signing secret", "ill", told, mend)


def _asked(call: Callable[[], SlackResponse]) -> SlackResponse | str:
    """Slack's answer, or in a sentence why there is none."""
    try:
        return call()
    except SlackApiError as error:
        return f"Slack refuses it ({refusal(error)})."
    except TryLater:
        return "Slack does not answer; check the network, the proxy and SLACK_API_URL."


def _scopes(answer: SlackResponse) -> frozenset[str]:
    named = {name.lower(): value for name, value in answer.headers.items()}
    told = named.get("x-oauth-scopes", "")
    words = told[0] if isinstance(told, list) else told
    return frozenset(part.strip() for part in str(words).split(",") if part.strip())
