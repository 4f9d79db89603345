"""Which blocks Slack takes: by surface, structure and length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.doubles.slack.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element, plain, text
from tests.doubles.slack.shapes import (
    Check,
    Shape,
    address,
    anything,
    by_type,
    fault,
    items,
    of,
    one_of,
    string,
)

Json = dict[str, Any]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LONGEST_MARKDOWN = 12_000
LONGEST_CELLS = 10_000


def _rich(elements: Any, path: str) -> Iterator[str]:
    yield from items(by_type(RICH), 3000)(elements, path)


STYLE = {"style": of(dict)}
SPAN: dict[str, Check] = {
    "text": Shape({"text": string(40_000)}, STYLE),
    "link": Shape({"url": address()}, {"text": string(3000), "unsafe": of(bool), **STYLE}),
    "user": Shape({"user_id": string(50)}, STYLE),
    "channel": Shape({"channel_id": string(50)}, STYLE),
    "usergroup": Shape({"usergroup_id": string(50)}, STYLE),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, STYLE),
    "emoji": Shape({"name": string(100)}, {"unicode": string(100), "skin_tone": of(int), **STYLE}),
    "date": Shape(
        {"timestamp": of(int), "format": string(100)}, {"url": address(), "fallback": string(500)}
    ),
    "color": Shape({"value": string(20)}, STYLE),
}
SPANS = items(by_type(SPAN), 3000)
RICH: dict[str, Check] = {
    "rich_text_section": Shape({"elements": SPANS}),
    "rich_text_preformatted": Shape(
        {"elements": SPANS}, {"border": of(int), "language": string(50)}
    ),
    "rich_text_quote": Shape({"elements": SPANS}, {"border": of(int)}),
    "rich_text_list": Shape(
        {
            "style": one_of("bullet", "ordered"),
            "elements": items(
                by_type(RICH_SECTION := {"rich_text_section": Shape({"elements": SPANS})}), 1000
            ),
        },
        {"indent": of(int), "offset": of(int), "border": of(int)},
    ),
}
RICH_TEXT = Shape({"elements": _rich}, {"block_id": string(255)})
CELL = by_type(
    {
        "raw_text": Shape({"text": string(3000)}),
        "raw_number": Shape({"value": of(int, float)}, {"text": string(100)}),
        "rich_text": RICH_TEXT,
    }
)
SOURCES = items(by_type({"url": Shape({"url": address(), "text": string(256)})}), 20)
DETAILS = by_type({"rich_text": RICH_TEXT})
TASK = Shape(
    {
        "task_id": string(255),
        "title": string(256),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": DETAILS, "output": DETAILS, "sources": SOURCES, "block_id": string(255)},
)
IMAGE = element("image")


def _context(value: Any, path: str) -> Iterator[str]:
    is_image = isinstance(value, dict) and value.get("type") == "image"
    yield from (IMAGE if is_image else text(3000))(value, path)


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Shape:
    return Shape(required, {**(optional or {}), "block_id": string(255)})


BLOCKS: dict[str, Check] = {
    "section": Shape(
        {},
        {
            "text": text(3000),
            "fields": items(text(2000), 10),
            "expand": of(bool),
            "accessory": element(*IN_SECTION),
            "block_id": string(255),
        },
        ("text", "fields"),
    ),
    "header": _block({"text": plain(150)}),
    "divider": _block({}),
    "image": Shape(
        {"alt_text": string(2000)},
        {
            "image_url": address(),
            "slack_file": anything,
            "title": plain(2000),
            "block_id": string(255),
        },
        ("image_url", "slack_file"),
    ),
    "context": _block(
        {"elements": items(_context, 10)},
    ),
    "actions": _block({"elements": items(element(*IN_ACTIONS), 25)}),
    "context_actions": _block({"elements": items(element("feedback_buttons", "icon_button"), 5)}),
    "input": _block(
        {"label": plain(2000), "element": element(*IN_INPUT)},
        {"hint": plain(2000), "optional": of(bool), "dispatch_action": of(bool)},
    ),
    "markdown": _block({"text": string(LONGEST_MARKDOWN)}),
    "rich_text": RICH_TEXT,
    "table": _block(
        {"rows": items(items(CELL, 20), 100)},
        {
            "column_settings": items(
                Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": of(bool)}), 20
            )
        },
    ),
    "task_card": TASK,
    "plan": _block({"title": string(256)}, {"tasks": items(TASK, 50)}),
    "alert": _block(
        {"text": text(3000)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "video": _block(
        {
            "alt_text": string(2000),
            "title": plain(200),
            "video_url": address(),
            "thumbnail_url": address(),
        },
        {
            "author_name": string(50),
            "description": plain(200),
            "provider_name": string(75),
            "provider_icon_url": address(),
            "title_url": address(),
        },
    ),
    "card": Shape(
        {},
        {
            "hero_image": IMAGE,
            "icon": IMAGE,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "actions": items(element("button"), 5),
            "block_id": string(255),
        },
        ("hero_image", "title", "actions", "body"),
    ),
}
EVERYWHERE = ("actions", "context", "divider", "header", "image", "input", "rich_text", "section")
SURFACES = {
    "message": tuple(BLOCKS),
    "modal": (*EVERYWHERE, "video", "alert"),
    "home": (*EVERYWHERE, "video"),
}


def block_faults(blocks: Any, surface: str = "message", path: str = "/blocks") -> list[str]:
    """Every reason why Slack would refuse these blocks; none if it takes them."""
    found = list(
        items(by_type(BLOCKS, *SURFACES[surface]), MOST_BLOCKS[surface], fewest=0)(blocks, path)
    )
    known = (
        [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    )
    found += _repeated(known, path)
    markdown = [str(b.get("text")) for b in known if b.get("type") == "markdown"]
    if sum(map(len, markdown)) > LONGEST_MARKDOWN:
        found.append(fault(f"markdown must be less than {LONGEST_MARKDOWN + 1} characters", path))
    tables = [block for block in known if block.get("type") == "table"]
    if len(tables) > 1:
        found.append(fault("only_one_table_allowed", path))
    if any(_cells(table) > LONGEST_CELLS for table in tables):
        found.append(fault(f"table must be less than {LONGEST_CELLS + 1} characters", path))
    return found


def _cells(table: Json) -> int:
    rows = table.get("rows") or []
    cells = [cell for row in rows if isinstance(row, list) for cell in row]
    return sum(len(str(cell.get("text", ""))) for cell in cells if isinstance(cell, dict))


def _repeated(blocks: list[Json], path: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name and name in seen:
            yield fault(f"block_id {name} must be unique", f"{path}/{index}/block_id")
        seen.add(str(name))
        actions = [
            element.get("action_id")
            for element in block.get("elements") or []
            if isinstance(element, dict)
        ]
        given = [action for action in actions if action]
        if len(given) != len(set(given)):
            yield fault("action_id must be unique in a block", f"{path}/{index}/elements")


VIEW = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
MODAL = Shape(
    {"title": plain(24), "blocks": anything},
    {
        **VIEW,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": of(bool),
        "notify_on_close": of(bool),
        "submit_disabled": of(bool),
    },
)
HOME = Shape({"blocks": anything}, VIEW)


def view_faults(view: Any, kind: str) -> list[str]:
    """Every reason why Slack would refuse a view as a `modal` or as a `home` tab."""
    shapes: dict[str, Check] = {"modal": MODAL, "home": HOME}
    found = list(by_type(shapes, kind)(view, "/view"))
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if blocks is None:
        return found
    found += block_faults(blocks, kind, "/view/blocks")
    has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if kind == "modal" and has_input and not view.get("submit"):
        found.append(fault("missing required field: submit", "/view"))
    return found
