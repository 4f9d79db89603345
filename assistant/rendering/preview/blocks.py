"""Blocks to HTML, one function a type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from assistant.rendering.preview.elements import element_html, text_html, unknown_html
from assistant.rendering.preview.inline import link_html, mrkdwn_html, plain_html
from assistant.rendering.preview.standard import markdown_html

Block = Mapping[str, Any]

_WRAPPED = {
    "rich_text_section": "div",
    "rich_text_preformatted": "pre",
    "rich_text_quote": "blockquote",
}


def blocks_html(blocks: Iterable[Any]) -> str:
    """Blocks from top to bottom; a type this page does not know is named in its place."""
    return "".join(_block(block) for block in blocks)


def _block(block: Any) -> str:
    if not isinstance(block, Mapping):
        return unknown_html(block)
    kind = str(block.get("type"))
    draw: Callable[[Block], str] = _DRAWN.get(kind, unknown_html)
    name = kind.replace("_", "-") if kind in _DRAWN else "other"
    return f'<div class="block {name}">{draw(block)}</div>'


def _header(block: Block) -> str:
    return text_html(block.get("text"))


def _section(block: Block) -> str:
    text = text_html(block["text"]) if block.get("text") else ""
    columns = "".join(f"<div>{text_html(one)}</div>" for one in block.get("fields", ()))
    fields = f'<div class="fields">{columns}</div>' if columns else ""
    accessory = block.get("accessory")
    side = f'<div class="accessory">{element_html(accessory)}</div>' if accessory else ""
    return f'<div class="words">{text}{fields}</div>{side}'


def _context(block: Block) -> str:
    return "".join(
        f"<span>{_context_element(element)}</span>" for element in block.get("elements", ())
    )


def _context_element(element: Any) -> str:
    known = isinstance(element, Mapping) and element.get("type") in {"mrkdwn", "plain_text"}
    return text_html(element) if known else element_html(element)


def _actions(block: Block) -> str:
    return "".join(map(element_html, block.get("elements", ())))


def _divider(_: Block) -> str:
    return "<hr>"


def _markdown(block: Block) -> str:
    return markdown_html(str(block.get("text", "")))


def _input(block: Block) -> str:
    optional = '<span class="optional"> (optional)</span>' if block.get("optional") else ""
    hint = f'<div class="hint">{text_html(block["hint"])}</div>' if block.get("hint") else ""
    label = text_html(block.get("label"))
    field = element_html(block.get("element"))
    return f'<div class="label">{label}{optional}</div>{field}{hint}'


def _image(block: Block) -> str:
    return element_html({"type": "image", "alt_text": block.get("alt_text", "image")})


def _table(block: Block) -> str:
    rows = [
        "".join(f"<td>{_cell(cell)}</td>" for cell in row if isinstance(cell, Mapping))
        for row in block.get("rows", ())
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _cell(cell: Block) -> str:
    return _rich(cell) if cell.get("type") == "rich_text" else plain_html(str(cell.get("text", "")))


def _task(block: Block) -> str:
    state = "done" if block.get("status") == "complete" else "open"
    return f'<i class="state {state}"></i>{plain_html(str(block.get("title", "")))}'


def _plan(block: Block) -> str:
    title = plain_html(str(block.get("title", "")))
    return f"<b>{title}</b>{blocks_html(block.get('tasks', ()))}"


def _rich(block: Block) -> str:
    return "".join(map(_rich_part, block.get("elements", ())))


def _rich_part(part: Any) -> str:
    """A part of rich text: sections, lists and quotes hold parts; text and links are words."""
    if not isinstance(part, Mapping):
        return unknown_html(part)
    kind = str(part.get("type"))
    if kind == "text":
        return _styled(part)
    if kind == "link":
        return link_html(str(part.get("url", "")), escape(str(part.get("text") or part["url"])))
    inside = [_rich_part(one) for one in part.get("elements", ())]
    if kind == "rich_text_list":
        tag = "ol" if part.get("style") == "ordered" else "ul"
        return f"<{tag}>{''.join(f'<li>{one}</li>' for one in inside)}</{tag}>"
    wrapped = _WRAPPED.get(kind)
    return f"<{wrapped}>{''.join(inside)}</{wrapped}>" if wrapped else unknown_html(part)


def _styled(part: Block) -> str:
    shown = escape(str(part.get("text", ""))).replace("\n", "<br>")
    style = part.get("style")
    for name, tag in (("bold", "b"), ("italic", "em"), ("strike", "s"), ("code", "code")):
        if isinstance(style, Mapping) and style.get(name):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def fallback_html(text: str) -> str:
    """A message without blocks shows its text."""
    return f'<div class="block section"><div class="words">{mrkdwn_html(text)}</div></div>'


_DRAWN: dict[str, Callable[[Block], str]] = {
    "actions": _actions,
    "context": _context,
    "context_actions": _actions,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "plan": _plan,
    "rich_text": _rich,
    "section": _section,
    "table": _table,
    "task_card": _task,
}
