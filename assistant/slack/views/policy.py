"""What of a draft is outside the policy: asked for with a click, or nobody's to allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    asked,
    button,
    context,
    section,
    text_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.words import words

#: Buttons of one row.
_MOST = 5


@dataclass(frozen=True)
class Term:
    """Something a draft speaks of that the policy does not leave to a rep.

    Attributes:
        what: such as “17 % (discount) on SW-2026-114”.
        limit: what an approver may allow at most, as it is told.
        carried: what a button carries of it, made with `ids.pack`.
        forbidden: whether nobody may allow it.
    """

    what: str
    limit: str
    carried: str
    forbidden: bool


def policy_blocks(terms: Sequence[Term], language: str = "en") -> list[Block]:
    """Stands under a draft; empty where everything is inside the policy."""
    told = words(language)
    no = [
        context(mrkdwn(line(told.text("approval.forbidden", what=one.what, limit=one.limit))))
        for one in terms
        if one.forbidden
    ]
    buttons = [
        button(
            told.text("approval.ask_button", what=one.what),
            ids.numbered(ids.ASK_APPROVAL, at),
            one.carried,
        )
        for at, one in enumerate([one for one in terms if not one.forbidden][:_MOST], start=1)
    ]
    if not no and not buttons:
        return []
    before = section(f"*{mrkdwn(told.text('approval.outside'))}*")
    return [before, *no, *([actions(*buttons)] if buttons else [])]


def ask_approval_form(what: str, carried: str, language: str = "en") -> Block:
    """Why the customer needs it: all that whoever decides reads of their side."""
    told = words(language)
    why = text_input(ids.REASON, told.text("approval.ask_hint"), lines=4, longest=1_000)
    return dialog(
        told,
        "approval.ask_title",
        [
            section(f"*{mrkdwn(plain(what, 300))}*"),
            asked(told.text("approval.ask_why"), why),
        ],
        callback=ids.ASK_APPROVAL_FORM,
        submit="approval.ask_submit",
        carried=carried,
    )
