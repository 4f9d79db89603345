"""How Slack reads text: a small reference parser, written from its documentation alone.

It says which people a text pings and where it links, and what a reader sees. Cautious on purpose:
whatever any Slack client has been seen to turn into a link counts as one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

_TOKEN = re.compile(r"<([^<>\n]+)>")
_BARE_ADDRESS = re.compile(
    r"""
      [a-z][a-z0-9+.-]*://\S                     # any scheme
    | \bwww\.[^\s.\u200b]
    | \b(?:mailto|tel|sms):[^\s\u200b]
    | [\w.+-]+@[\w-]+[.。．｡]\w                       # a mail address
    | [^\W_](?:[\w-]*[.。．｡])[^\W\d_]{2,}            # a host with an ending, in any script
    | \b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(r"[@＠](?:channel|here|everyone|[A-Za-z]\w*)", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<!&)#[a-z]\w*", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*)[^()]*\)")
_REFERENCE = re.compile(r"\[[^\]]*\]\[[^\]]*\]|^[ ]{0,3}\[[^\]]+\]:", re.MULTILINE)
_HTML = re.compile(r"<[a-zA-Z/!?]")
_ALIKE = str.maketrans({"ˋ": "`", "∗": "*", "∼": "~", "ˍ": "_", "∣": "|", "［": "[", "］": "]"})
_LINE_ENDS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True)
class Read:
    """What a text does: whom it pings, where it links, what is seen, what shapes it makes."""

    mentions: tuple[str, ...]
    links: tuple[str, ...]
    seen: str
    shapes: tuple[str, ...] = ()


def read_mrkdwn(text: str) -> Read:
    """As a section reads it."""
    tokens = _TOKEN.findall(text)
    links = [token.partition("|")[0] for token in tokens if token[0] not in "@#!"]
    mentions = [token for token in tokens if token[0] in "@#!"]
    seen = _TOKEN.sub(lambda match: match[1].rpartition("|")[2], text)
    rest = _slack_unescape(_TOKEN.sub(" ", text))
    mentions += _NAMED.findall(rest) + _CHANNEL.findall(rest)
    links += _BARE_ADDRESS.findall(rest)
    shapes = re.findall(r"```|`[^`\n]+`|^(?:>|&gt;)", text, re.MULTILINE)
    shapes += re.findall(r"(?<!\w)[*_~]\S(?:.*?\S)?[*_~](?!\w)", _TOKEN.sub("", text))
    return Read(
        tuple(mentions),
        tuple(link.replace("&amp;", "&") for link in links),
        folded(_slack_unescape(seen)),
        tuple(shapes),
    )


def read_markdown(text: str) -> Read:
    """As a Markdown block or a canvas reads it."""
    links = [match[2].replace("&amp;", "&") for match in _MARKDOWN_LINK.finditer(text)]
    rest = _MARKDOWN_LINK.sub(" ", text)
    links += _REFERENCE.findall(rest) + _HTML.findall(rest)
    decoded = unescape(rest)
    links += _BARE_ADDRESS.findall(decoded)
    mentions = _NAMED.findall(decoded) + _CHANNEL.findall(decoded)
    mentions += re.findall(r"<[!@#]", decoded)
    shapes = re.findall(
        r"^[ ]{0,3}(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|\d{1,9}[.)](?=\s|$)"
        r"|=+\s*$|-{2,}|```|~~~|\|)|^ {4}\S",
        rest,
        re.MULTILINE,
    )
    shapes += re.findall(r"`|\*|~|\||\\[!-/:-@\[-`{-~]", rest)
    seen = unescape(_MARKDOWN_LINK.sub(lambda match: match[1], text))
    return Read(tuple(mentions), tuple(links), folded(seen), tuple(shapes))


def folded(text: str) -> str:
    """What a person sees: no invisible characters, look-alikes as what they look like."""
    shown = "".join(
        " " if c in _LINE_ENDS else c
        for c in text
        if (c in _LINE_ENDS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
        and not "\ufe00" <= c <= "\ufe0f"
        and not "\U000e0000" <= c <= "\U000e0fff"
        and c not in "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    )
    return " ".join(shown.translate(_ALIKE).split())


def _slack_unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
