"""A draft outside the customisation policy, before the person who may decide about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.rendering.captions import Captions
from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn, mrkdwn_link, plain
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    actions,
    asked,
    button,
    context,
    fields,
    header,
    sections,
    small,
    text_input,
)
from assistant.slack.views.dialog import dialog
from assistant.slack.views.message import Message, message
from assistant.slack.words import words

State = Literal["open", "approved", "changed", "refused", "expired"]
_MOST_TRAIL = 8
_FACT = 200


@dataclass(frozen=True)
class Trail:
    """One entry of the audit: who did what on which day, and what they wrote."""

    day: date
    who: str
    did: Literal["asked", "approved", "changed", "refused", "expired"]
    words: str = ""


@dataclass(frozen=True)
class ApprovalLine:
    """An open approval in a list."""

    id: str
    account: str
    what: str
    asked_by: str
    expires_on: date


@dataclass(frozen=True)
class Approval:
    """What is asked for.

    Attributes:
        what: the term, such as “17 % discount on SW-2026-114”; `limit` what the policy allows.
        sentence: as it stands in the draft, if it stands in one.
        value: the figure asked for, and `ceiling` the most that may be allowed; plain figures.
        why: what the rep says for it; `facts` what the records say, label and value.
        url: the CRM page of the deal, if there is one.
    """

    id: str
    account: str
    what: str
    limit: str
    sentence: str
    asked_by: str
    expires_on: date
    why: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    value: str = ""
    ceiling: str = ""
    url: str | None = None
    state: State = "open"
    decided_by: str | None = None
    decided_on: date | None = None
    reason: str = ""
    trail: tuple[Trail, ...] = ()
    language: str = "en"


def approval_message(approval: Approval, links: Links = NO_LINKS) -> Message:
    """The request, or what became of it: decided, it has no buttons any more."""
    told = words(approval.language)
    title = told.text(f"approval.title_{approval.state}", account=approval.account)
    blocks = [
        header(title),
        *sections(
            f"*{_what(approval, links)}*\n"
            + mrkdwn(line(told.text("approval.limit", limit=approval.limit)))
        ),
    ]
    if approval.sentence:
        rows = mrkdwn(approval.sentence).splitlines()
        blocks += sections("\n".join(f">{row}" for row in rows))
    facts = [(told.text("approval.asked_by"), approval.asked_by), *approval.facts]
    blocks.append(
        fields(f"{mrkdwn(plain(k, _FACT))}\n*{mrkdwn(plain(v, _FACT))}*" for k, v in facts[:10])
    )
    if approval.why:
        blocks += sections(mrkdwn(told.text("approval.why", why=line(approval.why)), links))
    blocks += _decision(approval, told)
    if approval.trail:
        shown = (_entry(one, told) for one in approval.trail[-_MOST_TRAIL:])
        blocks += small("\n".join(shown))
    return message(mrkdwn(line(f"{title}: {approval.what}")), blocks)


def approve_form(approval_id: str, language: str = "en") -> Block:
    """Why it may be: the next one who asks will read it."""
    return _reason_form("approve", ids.APPROVE_FORM, approval_id, language)


def refuse_form(approval_id: str, language: str = "en") -> Block:
    """Why not: the rep has to tell the customer something."""
    return _reason_form("refuse", ids.REFUSE_FORM, approval_id, language)


def change_form(approval_id: str, value: str, ceiling: str, language: str = "en") -> Block:
    """Allow another value than the one asked for, at most the policy's ceiling (may be empty)."""
    told = words(language)
    field = text_input(ids.VALUE, ceiling or value, value, longest=20)
    return dialog(
        told,
        "approval.change_title",
        [asked(told.text("approval.value"), field), _reason(told)],
        callback=ids.CHANGE_FORM,
        submit="do.approve_changed",
        carried=ids.pack(approval_id, language, ceiling),
    )


def _reason_form(verdict: str, callback: str, approval_id: str, language: str) -> Block:
    told = words(language)
    return dialog(
        told,
        f"approval.{verdict}_title",
        [_reason(told)],
        callback=callback,
        submit=f"do.{verdict}",
        carried=ids.pack(approval_id, language),
    )


def _reason(told: Captions) -> Block:
    reason = text_input(ids.REASON, told.text("approval.reason_hint"), lines=3, longest=1_000)
    return asked(told.text("approval.reason"), reason)


def _what(approval: Approval, links: Links) -> str:
    """The term, as a link to its deal where there is a page that may be linked."""
    if approval.url and links.allows(approval.url):
        return mrkdwn_link(approval.url, approval.what)
    return mrkdwn(line(approval.what))


def _decision(approval: Approval, told: Captions) -> Iterator[Block]:
    if approval.state == "open":
        value = ids.pack(approval.id)
        yield actions(
            button(told.text("do.approve"), ids.APPROVE, value, "primary"),
            button(
                told.text("do.change"),
                ids.CHANGE,
                ids.pack(approval.id, approval.value, approval.ceiling),
            ),
            button(told.text("do.refuse"), ids.REFUSE, value, "danger"),
        )
        day = told.day(approval.expires_on)
        yield context(mrkdwn(told.text("approval.expires", day=day)))
        return
    day = told.day(approval.decided_on or approval.expires_on)
    who = approval.decided_by or told.text("approval.nobody")
    text = told.text(f"approval.state_{approval.state}", who=who, day=day)
    reason = f"\n{mrkdwn(line(approval.reason))}" if approval.reason else ""
    yield from sections(f"*{mrkdwn(line(text))}*{reason}")


def _entry(one: Trail, told: Captions) -> str:
    text = told.text(f"trail.{one.did}", who=one.who, day=told.day(one.day))
    return mrkdwn(line(f"{text} {one.words}".strip()))
