"""Long text in parts that fit, cut where a reader pauses: paragraph, line, sentence, word.

Never cut: a link, a citation, an entity, a character with its accents. A fence of code that does
not fit is closed at the cut and opened again after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Slack's limits, in UTF-16 units.
MARKDOWN, SECTION, MESSAGE = 12_000, 3_000, 40_000
#: Blocks of a message; of a modal or a Home.
BLOCKS, VIEW_BLOCKS = 50, 100

#: Best first; the cut is after what matches.
_PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…][)\]”’»\"']*\s+"),
    re.compile(r"\s+"),
)
_WHOLE = re.compile(
    r"""
      <[^<>\n]*>                    # a link as sections write it
    | \[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\([^()\s]*\)    # a link as Markdown writes it
    | \[\d[\d,–\ +]*\]              # a citation
    | &(?:amp|lt|gt);
    | .[\u0300-\u036f\u20d0-\u20ff\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]+
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r"^```[^\n`]*$", re.MULTILINE)
#: A good pause that leaves less than this share of the room used is too dear.
_LEAST = 0.5


def length(text: str) -> int:
    """The length as Slack counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> tuple[str, ...]:
    """The text in parts of at most `limit` UTF-16 units; nothing but white space is lost."""
    return tuple(part for part in _parts(text.strip(), limit) if part)


def _parts(text: str, limit: int) -> Iterator[str]:
    opening = ""
    while length(opening + text) > limit:
        at = _cut(text, limit - length(opening) - len("\n```"))
        here, text = text[:at].rstrip(), text[at:].lstrip("\n" if opening else None)
        fences = _FENCE.findall(opening + here)
        inside = len(fences) % 2 == 1
        yield opening + here + ("\n```" if inside else "")
        opening = fences[-1] + "\n" if inside else ""
        text = text if inside else text.lstrip()
    yield opening + text


def _cut(text: str, room: int) -> int:
    """Where to cut so that what comes before fits the room: at the best pause near its end."""
    most = _fitting(text, room)
    whole = [match.span() for match in _WHOLE.finditer(text, 0, most + room)]
    whole = [span for span in whole if span[1] - span[0] <= room]
    for pause in _PAUSES:
        ends = [match.end() for match in pause.finditer(text, 0, most)]
        free = [end for end in ends if end >= most * _LEAST and not _within(end, whole)]
        if free:
            return free[-1]
    fallback = next((start for start, end in whole if start < most < end), most)
    return fallback or most


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in spans)


def _fitting(text: str, room: int) -> int:
    """How many characters fit: those outside of the basic plane count twice."""
    room = max(room, 2)
    if len(text) * 2 <= room:
        return len(text)
    used = 0
    for at, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > room:
            return at
    return len(text)
