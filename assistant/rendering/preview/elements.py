"""What one can press or fill: buttons, menus, fields. Drawn as they look, not as they work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from assistant.rendering.preview.inline import link_html, mrkdwn_html, plain_html

Element = Mapping[str, Any]

_THUMB = (
    '<svg viewBox="0 0 20 20"{flip}><path d="M2.5 9h3v8h-3zM5.5 9.6 9 2.8c1.4 0 2.2.9 2.2 2.2V8h4.5'
    'c1 0 1.8.9 1.6 1.9l-1.1 5.6c-.2.9-.9 1.5-1.8 1.5H5.5" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-linejoin="round"/></svg>'
)
_UPSIDE_DOWN = ' style="transform:scaleY(-1)"'


def text_html(text: Any) -> str:
    """A text object, whichever kind it is."""
    if not isinstance(text, Mapping):
        return plain_html(str(text or ""))
    shown = str(text.get("text", ""))
    return mrkdwn_html(shown) if text.get("type") == "mrkdwn" else plain_html(shown)


def element_html(element: Any) -> str:
    """An element by its type; one that is not known is named."""
    if not isinstance(element, Mapping):
        return unknown_html(element)
    draw: Callable[[Element], str] = _DRAWN.get(str(element.get("type")), unknown_html)
    return draw(element)


def unknown_html(piece: Any) -> str:
    """Something Block Kit may know and this page does not."""
    kind = piece.get("type", "?") if isinstance(piece, Mapping) else type(piece).__name__
    return f'<span class="unknown">{escape(str(kind))}</span>'


def _button(element: Element) -> str:
    style = f" {element['style']}" if element.get("style") in {"primary", "danger"} else ""
    shown = f'<span class="button{style}">{text_html(element.get("text"))}</span>'
    return link_html(str(element["url"]), shown) if element.get("url") else shown


def _menu(element: Element) -> str:
    chosen = element.get("initial_option")
    shown = chosen.get("text") if isinstance(chosen, Mapping) else element.get("placeholder")
    quiet = "" if chosen else " empty"
    return f'<span class="menu{quiet}">{text_html(shown)}<i class="chevron"></i></span>'


def _field(element: Element) -> str:
    initial = element.get("initial_value")
    tall = " tall" if element.get("multiline") else ""
    if initial:
        return f'<span class="field{tall}">{plain_html(str(initial))}</span>'
    return f'<span class="field empty{tall}">{text_html(element.get("placeholder"))}</span>'


def _moment(element: Element) -> str:
    chosen = element.get("initial_date") or element.get("initial_time")
    shown = plain_html(str(chosen)) if chosen else text_html(element.get("placeholder"))
    return f'<span class="menu{"" if chosen else " empty"}">{shown}<i class="chevron"></i></span>'


def _choices(element: Element) -> str:
    one = element.get("initial_option")
    chosen = element.get("initial_options") or ([one] if one else [])
    shape = "round" if element.get("type") == "radio_buttons" else "square"
    rows = [
        f'<span class="choice"><i class="box {shape}{" on" if option in chosen else ""}"></i>'
        f"{text_html(option.get('text'))}</span>"
        for option in element.get("options", ())
        if isinstance(option, Mapping)
    ]
    return f'<span class="choices">{"".join(rows)}</span>'


def _overflow(_: Element) -> str:
    return '<span class="button more"><i></i><i></i><i></i></span>'


def _feedback(_: Element) -> str:
    thumbs = _THUMB.format(flip=""), _THUMB.format(flip=_UPSIDE_DOWN)
    return "".join(f'<span class="icon">{thumb}</span>' for thumb in thumbs)


def _image(element: Element) -> str:
    """A picture would be loaded from elsewhere: its description stands for it."""
    return f'<span class="picture">{escape(str(element.get("alt_text", "image")))}</span>'


_DRAWN: dict[str, Callable[[Element], str]] = {
    "button": _button,
    "overflow": _overflow,
    "feedback_buttons": _feedback,
    "image": _image,
    "plain_text_input": _field,
    "rich_text_input": _field,
    "email_text_input": _field,
    "number_input": _field,
    "url_text_input": _field,
    "datepicker": _moment,
    "timepicker": _moment,
    "datetimepicker": _moment,
    "radio_buttons": _choices,
    "checkboxes": _choices,
    **{
        f"{many}{source}_select": _menu
        for many in ("", "multi_")
        for source in ("static", "external", "users", "conversations", "channels")
    },
}
