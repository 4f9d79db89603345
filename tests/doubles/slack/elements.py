"""The objects and elements of Block Kit: texts, options, buttons, menus, inputs.

Limits: https://docs.slack.dev/reference/block-kit (checked against slack_sdk 3.47's models).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.doubles.slack.shapes import (
    Check,
    Shape,
    address,
    anything,
    by_type,
    fault,
    items,
    matching,
    of,
    one_of,
    string,
)

DATE, TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d"


def plain(longest: int) -> Check:
    """A `plain_text` object."""
    shape = Shape({"text": string(longest)}, {"emoji": of(bool)})
    return by_type({"plain_text": shape})


def text(longest: int) -> Check:
    """A `plain_text` or `mrkdwn` object."""
    marked = Shape({"text": string(longest)}, {"verbatim": of(bool)})
    plain_text = Shape({"text": string(longest)}, {"emoji": of(bool)})
    return by_type({"plain_text": plain_text, "mrkdwn": marked})


def _option(words: Check) -> Check:
    optional = {"description": text(75), "url": address()}
    return Shape({"text": words, "value": string(150)}, optional)


OPTION, MARKED_OPTION = _option(plain(75)), _option(text(75))
OPTION_GROUP = Shape({"label": plain(75), "options": items(OPTION, 100)})
CONFIRM = Shape(
    {"title": plain(100), "text": text(300)},
    {"confirm": plain(30), "deny": plain(30), "style": one_of("primary", "danger")},
)
FILTER = Shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": of(bool),
        "exclude_bot_users": of(bool),
    },
)
SLACK_FILE = Shape({}, {"id": string(255), "url": address()}, ("id", "url"))
DISPATCH = Shape(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
FEEDBACK = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
ACTION_ID: dict[str, Check] = {"action_id": string(255)}
ASKED: dict[str, Check] = {**ACTION_ID, "confirm": CONFIRM}
INPUT: dict[str, Check] = {**ASKED, "focus_on_load": of(bool), "placeholder": plain(150)}
MANY: dict[str, Check] = {"max_selected_items": of(int)}


def _menu(**fields: Check) -> Shape:
    return Shape({}, {**INPUT, **fields})


def _listed(**fields: Check) -> Shape:
    options: dict[str, Check] = {
        "options": items(OPTION, 100),
        "option_groups": items(OPTION_GROUP, 100),
    }
    return Shape({}, {**INPUT, **options, **fields}, ("options", "option_groups"))


def _chosen(option: Check, most: int, **fields: Check) -> Shape:
    return Shape({"options": items(option, most)}, {**ASKED, "focus_on_load": of(bool), **fields})


def _typed(longest: int, **fields: Check) -> Shape:
    common: dict[str, Check] = {
        **INPUT,
        "initial_value": string(longest, 0),
        "dispatch_action_config": DISPATCH,
    }
    return Shape({}, {**common, **fields})


CHOICE, CHOICES, IDS = OPTION, items(OPTION, 100), items(string(50), 100)
ELEMENTS: dict[str, Check] = {
    "button": Shape(
        {"text": plain(75)},
        {
            "value": string(2000, 0),
            "url": address(),
            "style": one_of("primary", "danger"),
            **ASKED,
            "accessibility_label": string(75),
            "visible_to_user_ids": IDS,
            "agent_prompt": string(4000),
            "agent_prompt_display": anything,
        },
    ),
    "overflow": Shape({"options": items(OPTION, 5)}, ASKED),
    "static_select": _listed(initial_option=CHOICE),
    "multi_static_select": _listed(initial_options=CHOICES, **MANY),
    "external_select": _menu(initial_option=CHOICE, min_query_length=of(int)),
    "multi_external_select": _menu(initial_options=CHOICES, min_query_length=of(int), **MANY),
    "users_select": _menu(initial_user=string(50)),
    "multi_users_select": _menu(initial_users=IDS, **MANY),
    "conversations_select": _menu(
        initial_conversation=string(50),
        default_to_current_conversation=of(bool),
        response_url_enabled=of(bool),
        filter=FILTER,
    ),
    "multi_conversations_select": _menu(
        initial_conversations=IDS, default_to_current_conversation=of(bool), filter=FILTER, **MANY
    ),
    "channels_select": _menu(initial_channel=string(50), response_url_enabled=of(bool)),
    "multi_channels_select": _menu(initial_channels=IDS, **MANY),
    "datepicker": _menu(initial_date=matching(DATE)),
    "timepicker": _menu(initial_time=matching(TIME), timezone=string(100)),
    "datetimepicker": Shape({}, {**ASKED, "focus_on_load": of(bool), "initial_date_time": of(int)}),
    "checkboxes": _chosen(MARKED_OPTION, 10, initial_options=items(MARKED_OPTION, 10)),
    "radio_buttons": _chosen(MARKED_OPTION, 10, initial_option=MARKED_OPTION),
    "plain_text_input": _typed(3000, multiline=of(bool), min_length=of(int), max_length=of(int)),
    "email_text_input": _typed(3000),
    "url_text_input": _typed(3000),
    "number_input": Shape(
        {"is_decimal_allowed": of(bool)},
        {
            **INPUT,
            "initial_value": string(50),
            "dispatch_action_config": DISPATCH,
            "min_value": string(50),
            "max_value": string(50),
        },
    ),
    "file_input": Shape({}, {**ACTION_ID, "filetypes": IDS, "max_files": of(int)}),
    "rich_text_input": _menu(initial_value=anything, dispatch_action_config=DISPATCH),
    "image": Shape(
        {"alt_text": string(2000)},
        {"image_url": address(), "slack_file": SLACK_FILE},
        ("image_url", "slack_file"),
    ),
    "feedback_buttons": Shape(
        {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ACTION_ID
    ),
    "icon_button": Shape(
        {"icon": one_of("trash"), "text": plain(75)},
        {
            **ASKED,
            "value": string(2000),
            "visible_to_user_ids": IDS,
            "accessibility_label": string(75),
        },
    ),
    "workflow_button": Shape(
        {"text": plain(75), "workflow": anything},
        {**ACTION_ID, "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    ),
}
MENUS = tuple(kind for kind in ELEMENTS if "select" in kind)
PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
SINGLE_MENUS = tuple(kind for kind in MENUS if not kind.startswith("multi_"))
IN_ACTIONS = ("button", "overflow", *SINGLE_MENUS, *PICKERS, "workflow_button")
IN_SECTION = ("button", "overflow", "image", *MENUS, *PICKERS[:2], *PICKERS[3:], "workflow_button")
TYPED = tuple(kind for kind in ELEMENTS if kind.endswith("_input"))
IN_INPUT = (*MENUS, *PICKERS, *TYPED)


def element(*allowed: str) -> Check:
    """An element of one of these types; numbers that make no sense are faults too."""
    typed = by_type(ELEMENTS, *allowed)

    def check(value: Any, path: str) -> Iterator[str]:
        yield from typed(value, path)
        if isinstance(value, dict):
            values = [option.get("value") for option in _options(value)]
            if len(values) != len(set(map(str, values))):
                yield fault("option values must be unique", path)
            if value.get("options") and value.get("option_groups"):
                yield fault("cannot have both options and option_groups", path)

    return check


def _options(value: dict[str, Any]) -> list[dict[str, Any]]:
    given = value.get("options")
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
