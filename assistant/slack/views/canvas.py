"""What is said about a canvas: that it is there, what was renewed, what people's words left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.claims import Draft, number_sources
from assistant.rendering.captions import Captions
from assistant.slack.canvas.page import Renewal, named
from assistant.slack.links import NO_LINKS, Links
from assistant.slack.safety import line, mrkdwn, mrkdwn_link
from assistant.slack.views import ids
from assistant.slack.views.answer import MARKS
from assistant.slack.views.blocks import Block, actions, button, context, section, sections
from assistant.slack.views.citing import sentence
from assistant.slack.views.message import Message, message
from assistant.slack.words import words


@dataclass(frozen=True)
class Shown:
    """A canvas as messages speak of it; `url` is where Slack opens it."""

    id: str
    account_id: str
    title: str
    url: str
    language: str


def canvas_message(canvas: Shown, readers: int) -> Message:
    """It is there now, and so many can read it."""
    told = words(canvas.language)
    text = told.text("canvas.made", title=canvas.title)
    rule = mrkdwn(told.text("canvas.rule"))
    who = mrkdwn(told.counted("canvas.readers", readers))
    return _message(canvas, text, [context(f"{who}  {rule}")])


def renewed_message(
    canvas: Shown, draft: Draft, became: Renewal, links: Links = NO_LINKS
) -> Message:
    """What was renewed from a plan, and what would stand where people's own words stand."""
    told = words(canvas.language)
    said = []
    if became.written:
        said.append(told.text("canvas.updated", sections=told.names(became.written)))
    elif not became.offered:
        said.append(told.text("canvas.unchanged"))
    if became.removed:
        said.append(told.text("canvas.removed", sections=told.names(became.removed)))
    blocks = [block for one in said for block in sections(mrkdwn(line(one)))]
    for section_id in became.offered:
        blocks += _offer(draft, section_id, told, links)
    return _message(canvas, told.text("canvas.found"), blocks)


def outdated_message(canvas: Shown, account: str, changes: Mapping[str, Sequence[str]]) -> Message:
    """Sources changed: which sections rest on them, and a button that renews these.

    Args:
        canvas: which.
        account: the account's name.
        changes: what changed, by the heading of the section.
    """
    told = words(canvas.language)
    rows = (
        told.text("canvas.offer_line", section=heading, what=named(what, told))
        for heading, what in changes.items()
    )
    text = told.text("canvas.offer", account=account)
    blocks = sections("\n".join(f"• {mrkdwn(line(row))}" for row in rows))
    value = ids.pack(canvas.id, canvas.account_id)
    renew = button(told.text("canvas.update"), ids.UPDATE_CANVAS, value, "primary")
    return _message(canvas, text, [*blocks, actions(renew)])


def gone_message(account_id: str, account: str, language: str) -> Message:
    """The canvas was deleted; a plan can be drafted again."""
    told = words(language)
    text = mrkdwn(line(told.text("canvas.gone", account=account)))
    again = button(told.text("canvas.again"), ids.PLAN, ids.pack(account_id))
    return message(text, [*sections(text), actions(again)])


def _message(canvas: Shown, text: str, after: Sequence[Block]) -> Message:
    told = words(canvas.language)
    shown = mrkdwn(line(text))
    link = mrkdwn_link(canvas.url, told.text("canvas.open"))
    return message(shown, [section(f"{shown} {link}"), *after])


def _offer(draft: Draft, section_id: str, told: Captions, links: Links) -> list[Block]:
    part = draft.section(section_id)
    if part is None:
        return []
    labels = number_sources(part.claims)
    day = told.day(draft.as_of)
    before = mrkdwn(line(told.text("canvas.kept", section=part.title, day=day)))
    rows = [f">{MARKS[one.kind]}{sentence(one, labels, links)}" for one in part.claims]
    return [*sections(before), *sections("\n".join(rows))]
