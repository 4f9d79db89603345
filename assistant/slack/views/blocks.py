"""Block Kit, piece by piece. Marked text comes in safe already; plain text becomes so here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

from assistant.slack.safety import plain
from assistant.slack.splitting import SECTION, split

Block = dict[str, Any]
Style = Literal["primary", "danger"]

_HEADER, _BUTTON, _OPTION, _LABEL, _TITLE = 150, 75, 75, 150, 24
_PLACEHOLDER, _SMALL = 150, 2_000
#: Elements of a context block, and options of a select.
MOST_CONTEXT, MOST_OPTIONS = 10, 100


@dataclass(frozen=True)
class Option:
    """One of the things to choose from; `value` has at most 150 characters."""

    label: str
    value: str


def words_of(text: str, limit: int) -> Block:
    """A plain-text object."""
    return {"type": "plain_text", "text": plain(text, limit) or "–", "emoji": False}


def marked(text: str) -> Block:
    """A mrkdwn object that Slack does not look for links and names in."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """A heading, at most 150 characters."""
    return {"type": "header", "text": words_of(text, _HEADER)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of at most 3,000 characters."""
    block = {"type": "section", "text": marked(text)}
    return block if accessory is None else {**block, "accessory": accessory}


def sections(text: str, accessory: Block | None = None) -> list[Block]:
    """A text of any length as paragraphs; the first carries the accessory."""
    parts = split(text, SECTION)
    return [section(part, None if at else accessory) for at, part in enumerate(parts)]


def fields(texts: Iterable[str]) -> Block:
    """Up to ten short texts in two columns."""
    return {"type": "section", "fields": [marked(text) for text in texts]}


def context(*texts: str) -> Block:
    """Small print: up to ten texts."""
    return {"type": "context", "elements": [marked(text) for text in texts[:MOST_CONTEXT]]}


def small(text: str) -> list[Block]:
    """Small print of any length."""
    return [context(part) for part in split(text, _SMALL)]


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """A row of buttons and selects."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action: str, value: str, style: Style | None = None) -> Block:
    """A button that comes back as `action` with `value`."""
    made = {
        "type": "button",
        "text": words_of(label, _BUTTON),
        "action_id": action,
        "value": value,
    }
    return made if style is None else {**made, "style": style}


def link_button(label: str, action: str, url: str) -> Block:
    """A button that opens a page; the caller has asked `Links`."""
    return {"type": "button", "text": words_of(label, _BUTTON), "action_id": action, "url": url}


def option(choice: Option) -> Block:
    """One line of a select."""
    return {"text": words_of(choice.label, _OPTION), "value": choice.value}


def overflow(action: str, choices: Sequence[Option]) -> Block:
    """The menu behind three dots, at most five lines."""
    return {
        "type": "overflow",
        "action_id": action,
        "options": [option(choice) for choice in choices],
    }


def select(
    action: str, placeholder: str, choices: Sequence[Option], chosen: str | None = None
) -> Block:
    """Choose one of up to a hundred."""
    made: Block = {
        "type": "static_select",
        "action_id": action,
        "placeholder": words_of(placeholder, _PLACEHOLDER),
        "options": [option(choice) for choice in choices[:MOST_OPTIONS]],
    }
    initial = [one for one in made["options"] if one["value"] == chosen]
    return {**made, "initial_option": initial[0]} if initial else made


def search_select(action: str, placeholder: str, chosen: Option | None = None) -> Block:
    """Choose one by typing; the options are asked of us as somebody types."""
    made: Block = {
        "type": "external_select",
        "action_id": action,
        "placeholder": words_of(placeholder, _PLACEHOLDER),
        "min_query_length": 1,
    }
    return made if chosen is None else {**made, "initial_option": option(chosen)}


def radio(action: str, choices: Sequence[Option], chosen: str) -> Block:
    """Choose one of a few that all are seen."""
    options = [option(choice) for choice in choices]
    initial = next(one for one in options if one["value"] == chosen)
    return {
        "type": "radio_buttons",
        "action_id": action,
        "options": options,
        "initial_option": initial,
    }


def checkboxes(action: str, choices: Sequence[Option], chosen: Sequence[str] = ()) -> Block:
    """Choose any of a few."""
    options = [option(choice) for choice in choices]
    initial = [one for one in options if one["value"] in chosen]
    made: Block = {"type": "checkboxes", "action_id": action, "options": options}
    return {**made, "initial_options": initial} if initial else made


def text_input(
    action: str, placeholder: str, initial: str = "", *, lines: int = 1, longest: int = 3_000
) -> Block:
    """A field for words."""
    made: Block = {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": lines > 1,
        "max_length": longest,
        "placeholder": words_of(placeholder, _PLACEHOLDER),
    }
    return {**made, "initial_value": initial[:longest]} if initial else made


def date_input(action: str, placeholder: str, initial: date | None = None) -> Block:
    """A field for a day."""
    made: Block = {
        "type": "datepicker",
        "action_id": action,
        "placeholder": words_of(placeholder, _PLACEHOLDER),
    }
    return {**made, "initial_date": initial.isoformat()} if initial else made


def time_input(action: str, placeholder: str, initial: time | None = None) -> Block:
    """A field for a time of day."""
    made: Block = {
        "type": "timepicker",
        "action_id": action,
        "placeholder": words_of(placeholder, _PLACEHOLDER),
    }
    return {**made, "initial_time": f"{initial:%H:%M}"} if initial else made


def asked(label: str, field: Block, *, hint: str = "", optional: bool = False) -> Block:
    """A field of a form under its label; its block is named as its action."""
    made: Block = {
        "type": "input",
        "block_id": field["action_id"],
        "label": words_of(label, _LABEL),
        "element": field,
        "optional": optional,
    }
    return {**made, "hint": words_of(hint, _LABEL)} if hint else made


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback: str,
    close: str,
    submit: str | None = None,
    carried: str = "",
) -> Block:
    """A modal; `carried` (at most 3,000 characters) comes back with its submission."""
    made: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": words_of(title, _TITLE),
        "close": words_of(close, _TITLE),
        "private_metadata": carried,
        "blocks": list(blocks),
    }
    return made if submit is None else {**made, "submit": words_of(submit, _TITLE)}
