"""What a reader of a message sees, who it notifies and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
SPOKEN = ("text", "title", "details", "output", "label", "hint", "placeholder", "alt_text")
ADDRESSED = ("url", "image_url", "title_url", "video_url", "thumbnail_url")
PING = re.compile(r"<(?:@([UW]\w+)|!(channel|here|everyone)|!subteam\^(\w+))(?:\|[^>]*)?>")
ANGLED = re.compile(r"<((?:https?|mailto|slack)[^|>\s]*)(?:\|[^>]*)?>")
MARKED = re.compile(r"\]\(\s*<?([^)\s>]+)")
BARE = re.compile(r"(?<![\w(<|/])https?://[^\s<>|)\"']+")


def words(text: str, blocks: list[Json]) -> str:
    """All text shown, a line each; the fallback text only where no block stands for it."""
    return "\n".join(list(_spoken(blocks)) if blocks else [text])


def pings(text: str, blocks: list[Json]) -> list[str]:
    """Ids and broadcasts that would notify somebody, in order, once each."""
    found = [next(filter(None, match)) for match in PING.findall(text)]
    for kind, value in _texts(blocks):
        if kind in {"mrkdwn", "markdown"}:
            found += [next(filter(None, match)) for match in PING.findall(value)]
    for node in _nodes(blocks):
        if node.get("type") in {"user", "usergroup", "broadcast"}:
            found.append(str(node.get("user_id") or node.get("usergroup_id") or node.get("range")))
    return list(dict.fromkeys(found))


def links(text: str, blocks: list[Json]) -> list[str]:
    """Addresses in the text (as mrkdwn) and in the blocks, in order, once each."""
    found = _addresses("mrkdwn", text)
    for kind, value in _texts(blocks):
        found += _addresses(kind, value)
    for node in _nodes(blocks):
        found += [str(node[key]) for key in ADDRESSED if isinstance(node.get(key), str)]
    return list(dict.fromkeys(found))


def _addresses(kind: str, value: str) -> list[str]:
    if kind == "plain_text":
        return []
    found = ANGLED.findall(value) + BARE.findall(value)
    return found + MARKED.findall(value) if kind == "markdown" else found


def _nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _texts(blocks: list[Json]) -> Iterator[tuple[str, str]]:
    """Every text with its syntax: `mrkdwn`, `markdown` or `plain_text`."""
    for node in _nodes(blocks):
        if isinstance(node.get("text"), str):
            kind = node.get("type")
            yield (kind if kind in {"mrkdwn", "markdown"} else "plain_text"), node["text"]


def _spoken(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _spoken(part)
    elif isinstance(value, dict):
        if value.get("type") == "raw_number" and not value.get("text"):
            yield f"{value.get('value')}"
        for key, part in value.items():
            if isinstance(part, str) and key in SPOKEN and part:
                yield part
            elif isinstance(part, dict | list):
                yield from _spoken(part)
