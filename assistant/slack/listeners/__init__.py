"""Everything somebody can do in Slack, one file a concern.

A listener reads a request into an `Order` and handles the job of that name later, off Slack's
clock. To add one: a file with `register(board)`, and its name here.
"""

from __future__ import annotations

from assistant.slack.intake import Switchboard
from assistant.slack.listeners import agent_tab, feedback, messages, stop

LISTENERS = (messages, stop, feedback, agent_tab)


def register(board: Switchboard) -> None:
    """Connect every listener."""
    for listener in LISTENERS:
        listener.register(board)
