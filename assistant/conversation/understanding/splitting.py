"""Two questions in one message are two questions."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?<=[?!])\s+|\n+|;\s+")
_ASKING = (
    r"who|whom|whose|what|when|where|why|which|how|is|are|do|does|did|can|may|should|will|has|have|"
    r"wer|wen|wem|wann|was|wo|warum|wieso|welche\w*|wie|gibt|kann|darf|"
    r"кто|кого|кому|что|когда|где|почему|какой|какая|какие|сколько|как|можно"
)
_JOINED = re.compile(
    r",?\s+(?:and|und|и|as well as|sowie|plus|а)\s+(?:also\s+|auch\s+|ещ[её]\s+)?"
    rf"(?=(?:{_ASKING})\b)",
    re.IGNORECASE,
)
_STARTS = re.compile(
    rf"^(?:\W*(?:and|und|а|и|so|hi|hey|hello|hallo|ok)\W+)*(?:{_ASKING})\b", re.IGNORECASE
)
_LEAST = 2  # words of a question that stands alone
#: More at once is a questionnaire; the rest is left for the next message.
MOST = 3


def questions_in(message: str) -> tuple[str, ...]:
    """The questions of a message, at least one, in order; what is no question is left out."""
    parts = [part.strip() for part in _MARK.split(message.strip()) if part.strip()]
    found: list[str] = []
    for part in parts:
        halves = [half.strip(" ,") for half in _JOINED.split(part)]
        whole = len(halves) > 1 and _STARTS.match(halves[0])
        found += [half for half in halves if half] if whole else [part]
    kept = [one for one in found if len(one.split()) >= _LEAST or len(found) == 1]
    asking = [one for one in kept if _STARTS.match(one) or one.endswith("?")]
    return tuple((asking if asking and len(kept) > len(asking) else kept)[:MOST]) or (message,)
