"""An account review as a meeting: the form of a decision, and what is said when it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    MOST_OPTIONS,
    Block,
    Option,
    asked,
    context,
    date_input,
    section,
    sections,
    select,
    text_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.views.message import Message, message
from assistant.slack.words import words
from assistant.steering import Closed, Decision


def decision_form(
    owners: Sequence[str], language: str = "en", *, owner: str | None = None, carried: str = ""
) -> Block:
    """What was decided, who does it, by when.

    Args:
        owners: names of colleagues.
        language: of the form.
        owner: who probably does it.
        carried: comes back with the form.
    """
    told = words(language)
    names = [one for one in dict.fromkeys((owner, *owners)) if one]
    choices = [Option(name, name) for name in names[:MOST_OPTIONS]]
    what = text_input(ids.TEXT, told.text("meeting.what_hint"), lines=2, longest=500)
    who = select(ids.OWNER, told.text("meeting.owner"), choices, owner)
    return dialog(
        told,
        "meeting.title",
        [
            asked(told.text("meeting.what"), what),
            asked(told.text("meeting.owner"), who),
            asked(told.text("meeting.due"), date_input(ids.DUE, told.text("form.day"))),
        ],
        callback=ids.DECISION_FORM,
        carried=carried,
    )


def decision_message(
    account: str, decision: Decision, language: str = "en", links: Links = NO_LINKS
) -> Message:
    """A decision that is kept from now on."""
    told = words(language)
    text = mrkdwn(line(told.text("meeting.decided", account=account, text=decision.text)), links)
    blocks = sections(text)
    if decision.due_on is not None:
        day = told.day(decision.due_on)
        blocks.append(context(mrkdwn(line(told.text("meeting.owed", who=decision.owner, day=day)))))
    return message(text, blocks)


def closed_message(account: str, day: date, closed: Closed, language: str = "en") -> Message:
    """A review that was held, and when the next one is due."""
    told = words(language)
    held = told.counted("meeting.closed", closed.decisions, account=account, day=told.day(day))
    text = mrkdwn(line(held))
    blocks = [section(text)]
    if closed.next_on is not None:
        coming = told.text("meeting.next", day=told.day(closed.next_on))
        blocks.append(context(mrkdwn(line(coming))))
    return message(text, blocks)
