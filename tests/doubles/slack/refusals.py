"""How Slack says no, and how the double says that a test asked for the impossible."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A Web API call that Slack would refuse; it becomes `{"ok": false, "error": …}`."""

    def __init__(self, error: str, *messages: str, **details: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = list(messages)
        self.details = details

    def as_json(self) -> dict[str, Any]:
        """The body Slack answers with."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.details}
        if self.messages:
            body["errors"] = self.messages
            body["response_metadata"] = {"messages": [f"[ERROR] {m}" for m in self.messages]}
        return body


class ImpossibleAct(AssertionError):
    """A person in Slack could not do what the test asks: no such button, not a member, …"""


class Unacknowledged(AssertionError):
    """The app did not acknowledge a delivery in the time allowed."""
