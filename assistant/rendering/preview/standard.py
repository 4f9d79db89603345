"""Standard Markdown of blocks and canvases to HTML; HTML that stands in it is shown as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape

from assistant.rendering.preview.inline import link_html

_INLINE = re.compile(
    r"""
      `(?P<code>[^`]+)`
    | (?P<image>!)?\[(?P<label>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\((?P<url>[^()\s]*)\)
    | \*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*
    | (?<![*\w])\*(?=\S)(?P<italic>[^*]+?)(?<=\S)\*(?!\w)
    | (?<!\w)_(?=\S)(?P<under>[^_]+?)(?<=\S)_(?!\w)
    | ~~(?=\S)(?P<strike>.+?)(?<=\S)~~
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    """,
    re.VERBOSE,
)
_TAGS = {"bold": "b", "italic": "em", "under": "em", "strike": "s"}
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|(\d+)[.)])\s+(.*)")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|?)+\s*$")


def markdown_html(text: str) -> str:
    """Headings, lists, quotes, tables, code and paragraphs."""
    return "".join(_pieces(text.split("\n")))


def _pieces(rows: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(rows):
        row = rows[at]
        end = at + 1
        if row.startswith("```"):
            end = _until(rows, end, lambda line: line.startswith("```"))
            code = escape(unescape("\n".join(rows[at + 1 : end])))
            yield f"<pre>{code}</pre>"
            end += 1
        elif heading := _HEADING.fullmatch(row):
            level = min(len(heading[1]), 4)
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
        elif _RULE.fullmatch(row):
            yield "<hr>"
        elif _ITEM.match(row):
            end = _until(rows, at, lambda line: not _ITEM.match(line))
            yield _list(rows[at:end])
        elif row.startswith(">"):
            end = _until(rows, at, lambda line: not line.startswith(">"))
            quoted = "<br>".join(_inline(line.lstrip("> ")) for line in rows[at:end])
            yield f"<blockquote>{quoted}</blockquote>"
        elif "|" in row and end < len(rows) and _TABLE_RULE.fullmatch(rows[end]):
            end = _until(rows, at, lambda line: "|" not in line)
            yield _table([rows[at], *rows[at + 2 : end]])
        elif row.strip():
            end = _until(rows, end, _begins)
            yield f"<p>{'<br>'.join(map(_inline, rows[at:end]))}</p>"
        at = end


def _begins(row: str) -> bool:
    """Whether something else than the paragraph goes on here."""
    return not row.strip() or bool(
        _HEADING.fullmatch(row) or _ITEM.match(row) or row.startswith((">", "```"))
    )


def _until(rows: Sequence[str], at: int, ends: Callable[[str], object]) -> int:
    while at < len(rows) and not ends(rows[at]):
        at += 1
    return at


def _list(rows: Sequence[str]) -> str:
    items = [match for row in rows if (match := _ITEM.match(row))]
    tag = "ol" if items[0][1] else "ul"
    return f"<{tag}>{''.join(f'<li>{_inline(item[2])}</li>' for item in items)}</{tag}>"


def _table(rows: Sequence[str]) -> str:
    drawn = []
    for at, row in enumerate(rows):
        tag = "td" if at else "th"
        cells = re.split(r"(?<!\\)\|", row.strip().strip("|"))
        drawn.append("".join(f"<{tag}>{_inline(cell.strip())}</{tag}>" for cell in cells))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in drawn)}</table>"


def _inline(text: str) -> str:
    drawn, end = [], 0
    for match in _INLINE.finditer(text):
        drawn += [escape(unescape(text[end : match.start()])), _marked(match)]
        end = match.end()
    return "".join([*drawn, escape(unescape(text[end:]))])


def _marked(match: re.Match[str]) -> str:
    for kind, tag in _TAGS.items():
        if match[kind] is not None:
            return f"<{tag}>{_inline(match[kind])}</{tag}>"
    if match["code"] is not None:
        return f"<code>{escape(unescape(match['code']))}</code>"
    if match["escaped"] is not None:
        return escape(match["escaped"])
    return link_html(unescape(match["url"]), _inline(match["label"]))
