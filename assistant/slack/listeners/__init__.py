"""Everything somebody can do in Slack, one file a concern.

A listener reads a request into an `Order` and handles the job of that name later, off Slack's
clock. To add one: a file with `register(board)`, and its name here.
"""

from __future__ import annotations

from assistant.slack.intake import Switchboard
from assistant.slack.listeners import (
    agent_tab,
    approvals,
    asks,
    canvases,
    capture,
    capture_forms,
    choices,
    citations,
    coaching,
    commands,
    debriefs,
    draft_forms,
    drafts,
    edits,
    explaining,
    feedback,
    files,
    home,
    learning,
    meetings,
    messages,
    nudges,
    playbook,
    revising,
    role_play,
    shortcuts,
    stop,
    team,
)

LISTENERS = (
    *(messages, stop, feedback, agent_tab),
    *(capture, capture_forms, edits, citations, explaining),
    *(canvases, approvals),
    *(home, nudges, team),
    *(learning, role_play, meetings, debriefs, coaching, asks),
    *(commands, drafts, draft_forms, choices, revising, files, shortcuts, playbook),
)


def register(board: Switchboard) -> None:
    """Connect every listener."""
    for listener in LISTENERS:
        listener.register(board)
