"""Markdown and plain text."""

from __future__ import annotations

import re
from typing import Literal

from knowledge.passages.reading import charset, front_matter
from knowledge.passages.reading.base import Original, Reading, clean, day, line

_TITLE = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_OWN = {"title", "date", "author", "account", "language", "lang", "participants", "attendees"}


def markdown(original: Original) -> list[Reading]:
    """A Markdown note; its title is the front matter's, else its first `#` heading."""
    return [_note(original, "text/markdown")]


def plain(original: Original) -> list[Reading]:
    """A text file; front matter is understood there too."""
    return [_note(original, "text/plain")]


def characters(original: Original) -> str:
    """The file's characters with newlines normalised, or `Unreadable`."""
    text = charset.decoded(original.data)
    if text is None:
        raise original.refusal(
            "is not text in a known encoding; save it as UTF-8 text and import it again",
            "file_encoding",
        )
    return clean(text)


def _note(original: Original, media: Literal["text/markdown", "text/plain"]) -> Reading:
    head, body, warnings = front_matter.split(characters(original))
    heading = _TITLE.search(body) if media == "text/markdown" else None
    people = f"{head.get('participants', '')} {head.get('attendees', '')}"
    addresses = (address.lower() for address in _ADDRESS.findall(people))
    return Reading(
        key=original.name,
        title=line(head.get("title", "") or (heading[1].rstrip(" \t#") if heading else ""))
        or original.stem,
        text=body,
        media=media,
        dated=day(head.get("date", "")) or original.dated,
        author=line(head.get("author", "")) or None,
        participants=tuple(dict.fromkeys(addresses)),
        account_hint=head.get("account"),
        language_hint=head.get("language") or head.get("lang"),
        front_matter={key: value for key, value in head.items() if key not in _OWN},
        warnings=warnings,
    )
