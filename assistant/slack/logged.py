"""What somebody logs with a form: a touch, a promise, or how a stakeholder stands.

A form is read and checked without asking anybody; the records take it when its job runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.slack.filled import Answers
from assistant.slack.views import ids
from knowledge.intake import Capture
from knowledge.records import Viewer

Json = Mapping[str, Any]
#: The words of the forms in those of the records.
TOUCHES = {"meeting": "meeting", "visit": "meeting", "call": "call", "email": "email"}
STANCES = {"supports": "supporter", "neutral": "neutral", "against": "opponent"}
ROLES = {"anti_sponsor": "anti-sponsor"}
#: Somewhere on earth it is tomorrow already.
_AHEAD = timedelta(days=1)
_SUBJECT = 90


def read_touch(answers: Answers) -> dict[str, Any]:
    """A touch as its job keeps it."""
    return {
        "kind": "touch",
        "account": answers.option(ids.ACCOUNT),
        "type": answers.option(ids.KIND),
        "on": answers.day(ids.DAY),
        "contact": answers.option(ids.STAKEHOLDER),
        "text": answers.text(ids.TEXT),
    }


def read_promise(answers: Answers) -> dict[str, Any]:
    """A promise or a request as its job keeps it."""
    return {
        "kind": "promise",
        "account": answers.option(ids.ACCOUNT),
        "side": answers.option(ids.OWNER_SIDE),
        "text": answers.text(ids.TEXT),
        "due": answers.day(ids.DUE),
    }


def read_role(answers: Answers) -> dict[str, Any]:
    """A stakeholder's part and stance as its job keeps it."""
    return {
        "kind": "role",
        "account": answers.option(ids.ACCOUNT),
        "contact": answers.option(ids.STAKEHOLDER),
        "roles": answers.options(ids.ROLES),
        "stance": answers.option(ids.STANCE),
        "text": answers.text(ids.REASON),
    }


def faults(told: Json, today: date) -> dict[str, str]:
    """What is wrong with a form: the key of what to say, by field."""
    found: dict[str, str] = {}
    if not told["text"]:
        found[ids.REASON if told["kind"] == "role" else ids.TEXT] = "log.empty"
    if told["kind"] == "touch" and not _known(told["on"], latest=today + _AHEAD):
        found[ids.DAY] = "log.future"
    if told["kind"] == "promise" and not _known(told["due"], earliest=today - _AHEAD):
        found[ids.DUE] = "log.past"
    if told["kind"] == "role" and not told["roles"] and told["stance"] not in STANCES:
        found[ids.ROLES] = "log.nothing"
    return found


@dataclass(frozen=True)
class Entry:
    """What somebody told, for the records.

    Attributes:
        told: as `read_touch`, `read_promise` or `read_role` gave it.
        key: under which it is kept, so that the same form twice is one record.
        today: the day as the workspace has it.
    """

    viewer: Viewer
    account_id: str
    told: Json
    key: str
    today: date


def log_touch(capture: Capture, entry: Entry, now: datetime) -> None:
    """Keep a touch. Raises `NotFound`."""
    on = date.fromisoformat(entry.told["on"])
    capture.log_touch(
        entry.viewer,
        entry.account_id,
        type=TOUCHES[entry.told["type"]],
        at=now if on == now.date() else datetime.combine(on, time(12), now.tzinfo),
        subject=subject(entry.told["text"]),
        contact_id=entry.told["contact"],
        note=entry.told["text"],
        key=entry.key,
        now=now,
    )


def log_promise(capture: Capture, entry: Entry, now: datetime) -> None:
    """Keep a promise of theirs or ours, or a request that waits on us. Raises `NotFound`."""
    theirs = entry.told["side"] == "theirs"
    capture.log_promise(
        entry.viewer,
        entry.account_id,
        entry.told["text"],
        side="theirs" if theirs else "ours",
        owner=None if theirs else entry.viewer.name,
        due_on=date.fromisoformat(entry.told["due"]),
        made_on=entry.today,
        type="request" if entry.told["side"] == "request" else "promise",
        key=entry.key,
        now=now,
    )


def log_role(capture: Capture, entry: Entry, now: datetime, title: str) -> None:
    """Keep how a stakeholder stands, and as a note of its own what makes us think so.

    Raises:
        NotFound: no such person at an account the viewer may see.
    """
    roles = [ROLES.get(role, role) for role in entry.told["roles"]]
    capture.log_role(
        entry.viewer,
        entry.told["contact"],
        roles=roles or None,
        stance=STANCES.get(entry.told["stance"]),
        on=entry.today,
        now=now,
    )
    noon = datetime.combine(entry.today, time(12), now.tzinfo)
    capture.log_note(
        entry.viewer,
        entry.account_id,
        entry.told["text"],
        subject=title,
        at=noon,
        key=entry.key,
        now=now,
    )


def subject(text: str) -> str:
    """A heading from what was said: its first line, cut between two words."""
    first = next(iter(text.splitlines()), "").strip()
    if len(first) <= _SUBJECT:
        return first
    return first[:_SUBJECT].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _known(said: str, *, earliest: date = date.min, latest: date = date.max) -> bool:
    try:
        return earliest <= date.fromisoformat(said) <= latest
    except ValueError:
        return False
