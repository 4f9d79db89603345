"""The one way to call Slack: every call says what it wants, and an outage says when to come back.

Slack's own client repeats a post whose reply was lost, and so posts twice; this one never repeats
anything. What calls for patience (a rate limit, an outage, a lost reply) is raised as `TryLater`,
upon which the durable work begins again and looks for what was already done.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from assistant.errors import TryLater

#: Errors that Slack documents as its own trouble, not ours.
_PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
_TIMEOUT = 20


class SlackClient(WebClient):
    """A `WebClient` that posts nothing twice and knows patience from refusal."""

    def __init__(self, token: str, api_url: str) -> None:
        super().__init__(token=token, base_url=api_url, timeout=_TIMEOUT, retry_handlers=[])

    def api_call(self, api_method: str, **options: Any) -> SlackResponse:
        """One call, once.

        Raises:
            TryLater: a rate limit (with the seconds Slack asks for), an outage, or a reply that
                never came; the call may have had its effect.
            SlackApiError: Slack refuses; the same call would be refused again.
        """
        try:
            return super().api_call(api_method, **options)
        except SlackApiError as error:
            seconds = _patience(error.response)
            if seconds is None:
                raise
            raise TryLater(f"Slack's {api_method} asks for patience", seconds or None) from None
        except (OSError, http.client.HTTPException) as error:
            told = f"Slack's {api_method} did not answer ({type(error).__name__})"
            raise TryLater(told) from None


def refusal(error: SlackApiError) -> str:
    """The code of a refusal, such as `channel_not_found`."""
    return str(error.response.get("error", ""))


def _patience(response: SlackResponse) -> float | None:
    """How many seconds to wait (0 where nobody said); None where waiting would not help."""
    if response.status_code == http.client.TOO_MANY_REQUESTS:
        return _seconds(response.headers)
    outage = response.status_code >= http.client.INTERNAL_SERVER_ERROR
    return 0.0 if outage or response.get("error") in _PASSING else None


def _seconds(headers: Mapping[str, Any]) -> float:
    named = {name.lower(): value for name, value in headers.items()}
    told = named.get("retry-after", "")
    first = told[0] if isinstance(told, list) and told else told
    try:
        return max(0.0, float(first))
    except (TypeError, ValueError):
        return 0.0
