"""Text inside a block: Slack's mrkdwn to HTML, by Slack's rules. Nothing passes unescaped."""

from __future__ import annotations

import re
from html import escape, unescape

#: Emoji that are drawn; any other is shown by its name.
_DRAWN = {
    "red_circle": '<i class="dot red"></i>',
    "large_yellow_circle": '<i class="dot amber"></i>',
    "large_green_circle": '<i class="dot green"></i>',
    "white_small_square": '<i class="dot small"></i>',
    "hourglass": '<i class="dot ring"></i>',
}
_MRKDWN = re.compile(
    r"""
      `(?P<code>[^`\n]+)`
    | <(?P<target>[^<>|\n]+)(?:\|(?P<label>[^<>\n]*))?>
    | (?<![^\W_])\*(?=\S)(?P<bold>[^*\n]+?)(?<=\S)\*(?![^\W_])
    | (?<![^\W_])_(?=\S)(?P<italic>[^_\n]+?)(?<=\S)_(?![^\W_])
    | (?<![^\W_])~(?=\S)(?P<strike>[^~\n]+?)(?<=\S)~(?![^\W_])
    | :(?P<emoji>[a-z][a-z0-9_+-]*):
    """,
    re.VERBOSE,
)
_TAGS = {"bold": "b", "italic": "em", "strike": "s"}
_LINK_SCHEMES = ("https://", "http://", "mailto:")


def mrkdwn_html(text: str) -> str:
    """Paragraphs, quotes and code of a section."""
    parts = re.split(r"```\n?(.*?)\n?```", text, flags=re.DOTALL)
    drawn = [
        f"<pre>{escape(unescape(part))}</pre>" if at % 2 else _lines(part)
        for at, part in enumerate(parts)
    ]
    return "".join(drawn)


def plain_html(text: str) -> str:
    """A plain-text object."""
    return escape(text)


def link_html(url: str, label: str) -> str:
    """A link, or its label alone where it leads nowhere a browser should go."""
    if not url.startswith(_LINK_SCHEMES):
        return label
    return f'<a href="{escape(url)}" rel="noreferrer">{label}</a>'


def _lines(text: str) -> str:
    """Lines as Slack breaks them; lines of a quote stand together behind its bar."""
    drawn: list[str] = []
    quoted: list[str] = []
    for row in [*text.split("\n"), None]:
        mark = re.match(r"(?:>|&gt;) ?", row) if row is not None else None
        if row is not None and mark:
            quoted.append(_inline(row[mark.end() :]))
            continue
        if quoted:
            drawn.append(f"<blockquote>{'<br>'.join(quoted)}</blockquote>")
            quoted = []
        if row is not None:
            drawn.append(_inline(row) + "<br>")
    return re.sub(r"(<br>)+$", "", "".join(drawn))


def _inline(text: str) -> str:
    drawn, end = [], 0
    for match in _MRKDWN.finditer(text):
        drawn += [_shown(text[end : match.start()]), _marked(match)]
        end = match.end()
    return "".join([*drawn, _shown(text[end:])])


def _marked(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{_inline(match[kind])}</{_TAGS[kind]}>"
    if kind == "code":
        return f"<code>{_shown(match['code'])}</code>"
    if kind == "emoji":
        return _DRAWN.get(match["emoji"], _shown(match[0]))
    return _target(match["target"], match["label"])


def _target(target: str, label: str | None) -> str:
    """What stands between angle brackets: a link, a person, a channel, everybody, a day."""
    shown = _shown(label or target)
    if target[0] in "@#!":
        sign = "" if target[0] == "!" else target[0]
        return f'<span class="mention">{sign}{_shown(label or target[1:])}</span>'
    return link_html(unescape(target), shown)


def _shown(text: str) -> str:
    return escape(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
