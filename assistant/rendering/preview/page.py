"""A page around the blocks: a message with its thread, a Home, a modal, a canvas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from assistant.rendering.preview.blocks import blocks_html, fallback_html
from assistant.rendering.preview.elements import text_html
from assistant.rendering.preview.standard import markdown_html

#: Whoever posts, where the document does not say.
_APP = "Liaison"
_STYLE = Path(__file__).with_name("style.css")


def page(document: Mapping[str, Any]) -> str:
    """The page of a document.

    Args:
        document: `surface` is `message`, `home`, `modal` or `canvas` (a view's own `type` will
            do, and a message is what is left); `blocks`; a message may have `text`, `app`,
            `when`, `where`, `replies`, and `before`: the messages of people it answers, each
            with `who` and `text`; a canvas has `title` and `markdown`.
    """
    surface = str(document.get("surface") or document.get("type") or "message")
    draw = {"home": _home, "modal": _modal, "canvas": _canvas}.get(surface, _conversation)
    title = escape(str(document.get("page") or document.get("app") or _APP))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f'<body class="{escape(surface)}">\n{draw(document)}\n</body>\n</html>\n'
    )


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def _conversation(document: Mapping[str, Any]) -> str:
    where = document.get("where")
    top = f'<div class="where">{escape(str(where))}</div>' if where else ""
    before = "".join(_person(one) for one in document.get("before", ()))
    replies = document.get("replies", ())
    thread = ""
    if replies:
        count = f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}"
        posts = "".join(_post({**document, "when": None, **one}) for one in replies)
        thread = f'<div class="thread"><div class="count">{count}</div>{posts}</div>'
    return f"<main>{top}{before}{_post(document)}{thread}</main>"


def _post(document: Mapping[str, Any]) -> str:
    name = str(document.get("app") or _APP)
    blocks = document.get("blocks") or ()
    body = blocks_html(blocks) if blocks else fallback_html(str(document.get("text", "")))
    return _row(name, "app", '<span class="badge">APP</span>', document.get("when"), body)


def _person(said: Mapping[str, Any]) -> str:
    body = fallback_html(str(said.get("text", "")))
    return _row(str(said.get("who", "?")), "person", "", said.get("when"), body)


def _row(name: str, kind: str, badge: str, when: Any, body: str) -> str:
    initials = "".join(word[0] for word in name.split()[:2]).upper() or "?"
    time = f'<span class="when">{escape(str(when))}</span>' if when else ""
    return (
        f'<article><div class="avatar {kind}">{escape(initials)}</div><div class="body">'
        f'<div class="who"><b>{escape(name)}</b>{badge}{time}</div>{body}</div></article>'
    )


def _home(document: Mapping[str, Any]) -> str:
    name = escape(str(document.get("app") or _APP))
    top = (
        f'<div class="top"><div class="avatar app">{name[:1]}</div><b>{name}</b></div>'
        '<div class="tabs"><span class="on">Home</span><span>Messages</span></div>'
    )
    return f"<main>{top}<div class='surface'>{blocks_html(document.get('blocks', ()))}</div></main>"


def _modal(document: Mapping[str, Any]) -> str:
    buttons = [
        f'<span class="button {style}">{text_html(document[part])}</span>'
        for part, style in (("close", ""), ("submit", "primary"))
        if document.get(part)
    ]
    return (
        f'<main><div class="title">{text_html(document.get("title"))}<i class="cross"></i></div>'
        f'<div class="surface">{blocks_html(document.get("blocks", ()))}</div>'
        f'<div class="foot">{"".join(buttons)}</div></main>'
    )


def _canvas(document: Mapping[str, Any]) -> str:
    title = escape(str(document.get("title", "")))
    text = markdown_html(str(document.get("markdown", "")))
    return f"<main><h1>{title}</h1>{text}{blocks_html(document.get('blocks', ()))}</main>"
