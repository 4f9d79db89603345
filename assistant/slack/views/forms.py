"""Modals: what to draft and for whom, what happened, what to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from assistant.rendering.captions import Captions
from assistant.slack.safety import mrkdwn, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    Option,
    asked,
    checkboxes,
    context,
    date_input,
    radio,
    search_select,
    section,
    select,
    text_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.words import words

DraftKind = Literal["plan", "value", "follow_up", "review"]
TOUCH_KINDS = ("meeting", "call", "email", "visit")
BUYING_ROLES = (
    "initiator",
    "user",
    "influencer",
    "buyer",
    "decider",
    "gatekeeper",
    "champion",
    "sponsor",
    "anti_sponsor",
    "coach",
)
STANCES = ("supports", "neutral", "against", "unknown")
LANGUAGES = ("en", "de", "ru")
SCOPES = ("message", "thread", "file")
_EXCERPT, _NAME = 400, 75


def draft_form(
    kind: DraftKind,
    language: str = "en",
    *,
    account: Option | None = None,
    meetings: Sequence[Option] = (),
    carried: str = "",
) -> Block:
    """Choose the account by typing, and what this kind of draft needs besides.

    A value proposition wants its reader, a follow-up the meeting, a review the day it looks back
    to. `carried` comes back with the submission.
    """
    told = words(language)
    fields = [_account(told, account)]
    if kind == "value":
        who = search_select(ids.STAKEHOLDER, told.text("form.stakeholder_hint"))
        fields.append(asked(told.text("form.stakeholder"), who))
    if kind == "follow_up" and meetings:
        met = select(ids.MEETING, told.text("form.meeting_hint"), meetings)
        fields.append(asked(told.text("form.meeting"), met, optional=True))
    if kind == "review":
        since = date_input(ids.SINCE, told.text("form.day"))
        hint = told.text("form.since_hint")
        fields.append(asked(told.text("form.since"), since, hint=hint, optional=True))
    fields.append(asked(told.text("form.language"), _languages(told), optional=True))
    return dialog(
        told,
        f"do.{kind}",
        fields,
        callback=ids.DRAFT_FORM,
        submit="form.draft",
        carried=carried or ids.pack(kind),
    )


def ask_form(account: Option, language: str = "en") -> Block:
    """A question about one account."""
    told = words(language)
    question = text_input(ids.TEXT, told.text("form.question_hint"), lines=2, longest=1_000)
    return dialog(
        told,
        "do.ask",
        [
            section(f"*{mrkdwn(plain(account.label, 75))}*"),
            asked(told.text("form.question"), question),
        ],
        callback=ids.ASK_FORM,
        submit="do.ask",
        carried=account.value,
    )


def remember_form(
    excerpt: str,
    language: str = "en",
    *,
    account: Option | None = None,
    scopes: Sequence[str] = ("message",),
    carried: str = "",
) -> Block:
    """Keep a message, its thread or its file as a note of an account."""
    told = words(language)
    choices = [Option(told.text(f"scope.{scope}"), scope) for scope in scopes]
    shown = mrkdwn(plain(excerpt, _EXCERPT)) or "–"
    blocks = [section(f">{shown}"), _account(told, account)]
    if len(choices) > 1:
        blocks.append(asked(told.text("capture.scope"), radio(ids.SCOPE, choices, scopes[0])))
    blocks.append(context(mrkdwn(told.text("capture.seen_by"))))
    return dialog(
        told,
        "capture.title",
        blocks,
        callback=ids.CAPTURE_FORM,
        submit="do.remember",
        carried=carried,
    )


def touch_form(
    today: date, language: str = "en", *, account: Option | None = None, carried: str = ""
) -> Block:
    """A touch: when, how, with whom, what was said."""
    told = words(language)
    kinds = [Option(told.text(f"touch.{kind}"), kind) for kind in TOUCH_KINDS]
    with_whom = search_select(ids.STAKEHOLDER, told.text("form.stakeholder_hint"))
    said = text_input(ids.TEXT, told.text("touch.said_hint"), lines=4)
    blocks = [
        _account(told, account),
        asked(told.text("touch.kind"), radio(ids.KIND, kinds, TOUCH_KINDS[0])),
        asked(told.text("touch.day"), date_input(ids.DAY, told.text("form.day"), today)),
        asked(told.text("touch.whom"), with_whom, optional=True),
        asked(told.text("touch.said"), said),
    ]
    return dialog(told, "touch.title", blocks, callback=ids.TOUCH_FORM, carried=carried)


def promise_form(
    language: str = "en", *, account: Option | None = None, text: str = "", carried: str = ""
) -> Block:
    """A promise or a request: what, whose, by when."""
    told = words(language)
    sides = [Option(told.text(f"promise.{side}"), side) for side in ("ours", "theirs", "request")]
    what = text_input(ids.TEXT, told.text("promise.what_hint"), text, lines=2, longest=500)
    blocks = [
        _account(told, account),
        asked(told.text("promise.whose"), radio(ids.OWNER_SIDE, sides, "ours")),
        asked(told.text("promise.what"), what),
        asked(told.text("promise.due"), date_input(ids.DUE, told.text("form.day"))),
    ]
    return dialog(told, "promise.title", blocks, callback=ids.PROMISE_FORM, carried=carried)


def role_form(language: str = "en", *, account: Option | None = None, carried: str = "") -> Block:
    """A stakeholder's roles and where they stand, as a person judges it; nothing is guessed."""
    told = words(language)
    who = search_select(ids.STAKEHOLDER, told.text("form.stakeholder_hint"))
    roles = [Option(told.text(f"role.{role}"), role) for role in BUYING_ROLES]
    stances = [Option(told.text(f"stance.{stance}"), stance) for stance in STANCES]
    why = text_input(ids.REASON, told.text("role.why_hint"), lines=2, longest=500)
    blocks = [
        _account(told, account),
        asked(told.text("form.stakeholder"), who),
        asked(told.text("role.roles"), checkboxes(ids.ROLES, roles), optional=True),
        asked(told.text("role.stance"), radio(ids.STANCE, stances, "unknown")),
        asked(told.text("role.why"), why),
    ]
    return dialog(told, "role.title", blocks, callback=ids.ROLE_FORM, carried=carried)


def revise_form(key: str, language: str = "en", *, free: bool = False) -> Block:
    """Change a draft: the ways that need no model, and in words where there is one (`free`)."""
    told = words(language)
    ways = [
        Option(told.text("revise." + way.replace(" ", "_")), way)
        for way in ("shorter", "for the customer")
    ]
    hint = told.text("revise.free_hint" if free else "revise.plain_hint")
    said = text_input(ids.TEXT, hint, lines=2, longest=500)
    blocks = [
        asked(
            told.text("revise.ways"),
            select(ids.KIND, told.text("revise.ways"), ways),
            optional=True,
        ),
        asked(told.text("revise.words"), said, optional=True),
    ]
    return dialog(
        told,
        "revise.title",
        blocks,
        callback=ids.REVISE_FORM,
        submit="revise.submit",
        carried=ids.pack(key),
    )


def _account(told: Captions, chosen: Option | None) -> Block:
    field = search_select(ids.ACCOUNT, told.text("form.account_hint"), chosen)
    return asked(told.text("form.account"), field)


def _languages(told: Captions) -> Block:
    choices = [Option(told.text(f"language.{one}"), one) for one in LANGUAGES]
    return select(ids.LANGUAGE, told.text("form.language_hint"), choices)
