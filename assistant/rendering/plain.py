"""Text that every document format can carry."""

from __future__ import annotations

import re

#: Characters that XML 1.0 forbids, lone surrogates among them.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What begins a new line, or moves the pen: a sentence has one line.
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
#: Marks that make text read in another order than it is stored.
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def legal(text: str) -> str:
    """One line of text; what XML forbids becomes `\ufffd`, so that a gap is seen as one."""
    return _ILLEGAL.sub("\ufffd", _OVERRIDES.sub("", _BREAKS.sub(" ", text)))
