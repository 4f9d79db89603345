"""The blocks of a text: what a reader sees as one paragraph, table, turn or quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

#: How a turn begins in a transcript: `Name: words`.
SPEAKER = re.compile(r"([^\W\d_][\w.,'’()/ -]{0,59}?): +(?=\S)")

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_ROW = re.compile(r"[ \t]*\||.*\S \| ")
_QUOTE = re.compile(r"[ \t]*>")
# From here on, a mail program has copied the message that is answered or passed on.
_ORIGINAL = re.compile(
    r"[ \t]*(?:-{2,}|_{5,})[ \t]*(?:Original Message|Original Appointment|Forwarded message"
    r"|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d'origine|Message transféré"
    r"|Mensaje original|Mensaje reenviado|Исходное сообщение|Пересылаемое сообщение)",
    re.IGNORECASE,
)
_MAIL, _SPEECH = "message/rfc822", "text/vtt"
_UNMARKED = {_MAIL, _SPEECH, "text/plain", "application/pdf"}  # where a `#` is no heading


@dataclass(frozen=True)
class Block:
    """A span of lines that belong together.

    `path` are the headings above it (its own included), outermost first.
    """

    start: int
    end: int
    path: tuple[str, ...] = ()
    heading: bool = False
    table: bool = False
    quoted: bool = False
    speaker: str = ""


def blocks(text: str, media: str) -> Iterator[Block]:
    """The blocks of a text in order; together they hold all of it but blank lines."""
    current: Block | None = None
    for one in _lines(text, media):
        if one is None:  # a blank line
            if current:
                yield current
            current = None
        elif current and _continues(current, one, media):
            current = replace(current, end=one.end)
        else:
            if current:
                yield current
            current = one
    if current:
        yield current


def _continues(current: Block, one: Block, media: str) -> bool:
    if media == _SPEECH:
        return False  # a line is a turn
    here = (current.path, current.table, current.quoted)
    return not current.heading and not one.heading and here == (one.path, one.table, one.quoted)


def _lines(text: str, media: str) -> Iterator[Block | None]:
    """Every line as a block of its own, None for a blank one."""
    headings: list[tuple[int, str]] = []
    fenced = copied = False
    at = 0
    for row in text.split("\n"):
        start, at = at, at + len(row) + 1
        if not row.strip():
            yield None
            continue
        if media == _MAIL:
            copied = copied or bool(_ORIGINAL.match(row))
        elif media not in _UNMARKED:
            fenced ^= bool(_FENCE.match(row))
        mark = None if fenced or media in _UNMARKED else _HEADING.match(row)
        if mark:
            level = len(mark[1])
            headings = [above for above in headings if above[0] < level] + [
                (level, mark[2].strip(" \t#"))
            ]
        turn = SPEAKER.match(row) if media == _SPEECH else None
        yield Block(
            start,
            start + len(row),
            path=tuple(words for _, words in headings if words),
            heading=bool(mark),
            table=bool(not mark and _ROW.match(row)),
            quoted=media == _MAIL and (copied or bool(_QUOTE.match(row))),
            speaker=turn[1] if turn else "",
        )
