"""What somebody wrote in Slack, as they meant it: no marks of Slack's, no call of our name."""

from __future__ import annotations

import re
from collections.abc import Callable

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#C[A-Z0-9]+\|([^>]*)>")
_SPECIAL = re.compile(r"<!(?:subteam\^[A-Z0-9]+|[a-z]+)(?:\^[^|>]*)*(?:\|([^>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def words_of(text: str, ours: str, name_of: Callable[[str], str]) -> str:
    """A message's words.

    Args:
        text: as Slack sends it.
        ours: our own user id; calls of it are dropped.
        name_of: the name behind any other user id.
    """
    said = re.sub(rf"<@{re.escape(ours)}(?:\|[^>]*)?>[:,]?", " ", text)
    said = _PERSON.sub(lambda match: match[2] or name_of(match[1]), said)
    said = _CHANNEL.sub(lambda match: match[1], said)
    said = _SPECIAL.sub(lambda match: match[1] or "", said)
    said = _LINK.sub(lambda match: match[2] or match[1], said)
    for entity, character in _ENTITIES:
        said = said.replace(entity, character)
    return "\n".join(" ".join(line.split()) for line in said.splitlines()).strip()


def calls(text: str, user_id: str) -> bool:
    """Whether a message mentions somebody."""
    return re.search(rf"<@{re.escape(user_id)}(?:\|[^>]*)?>", text) is not None


def opens_with_another(text: str, ours: str) -> bool:
    """Whether a message is addressed to somebody else by name."""
    first = _PERSON.match(text.strip())
    return first is not None and first[1] != ours
