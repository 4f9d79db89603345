"""Evidence in a prompt: fenced, labelled, and never an instruction.

The fence's tag carries a mark made from all the texts inside, so no text can contain the mark
of the fence it stands in unless it was written with all the others known; and what looks like a
tag of ours is defused whatever its mark.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_TAG = re.compile(r"<(?=\s*/?\s*source)", re.IGNORECASE)
_MARK_LENGTH = 16
#: Joiners without which some scripts cannot be written; every other format character is unseen.
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True)
class SourceText:
    """A source as the model reads it. `label` is what it cites, such as `S1`."""

    label: str
    kind: str
    title: str
    text: str
    dated: date | None = None


def fence(sources: Sequence[SourceText]) -> str:
    """The sources, each in tags that nothing inside can close or open."""
    everything = "\x00".join(f"{one.label}\x00{one.title}\x00{one.text}" for one in sources)
    mark = hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]
    return "\n".join(_fenced(one, f"source-{mark}") for one in sources)


def _fenced(source: SourceText, tag: str) -> str:
    given = {"id": source.label, "kind": source.kind, "title": source.title}
    if source.dated:
        given["date"] = source.dated.isoformat()
    attributes = "".join(f' {name}="{_attribute(value)}"' for name, value in given.items())
    return f"<{tag}{attributes}>\n{_visible(source.text)}\n</{tag}>"


def _attribute(text: str) -> str:
    plain = " ".join(_visible(text).split())
    return plain.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _visible(text: str) -> str:
    """The text as a person sees it: without unseen characters, its look-alikes of tags defused."""
    seen = "".join(char for char in text if _is_seen(char))
    return _TAG.sub("&lt;", seen)


def _is_seen(char: str) -> bool:
    if char in "\n\t" or char in _JOINERS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
