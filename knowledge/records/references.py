"""Citable references: `kind:id@version`, with fields (`#name+title`) or a span (`[12:40]`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

#: The id of a message is its own source's id, so a source may have an `@` and a `#` in it.
_REF = re.compile(
    r"(?P<source>[a-z_]+:.+)@(?P<version>[0-9]{1,9})"
    r"(?:#(?P<fields>[\w.+]+)|\[(?P<start>\d+):(?P<end>\d+)\])?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Reference:
    """A citable reference in its parts.

    `fields` are several where one excerpt quotes them together (`#name+title`).
    """

    source: str
    version: int
    fields: tuple[str, ...] = ()
    span: tuple[int, int] | None = None

    @classmethod
    @lru_cache(maxsize=50_000)
    def parse(cls, ref: str) -> Reference | None:
        """The parts, or None where this is no reference to a stored source."""
        match = _REF.fullmatch(ref)
        if match is None:
            return None
        fields = tuple(match["fields"].split("+")) if match["fields"] else ()
        span = (int(match["start"]), int(match["end"])) if match["start"] else None
        return cls(match["source"], int(match["version"]), fields, span)

    @property
    def whole(self) -> str:
        """The version it cites, without field or span: `kind:id@version`."""
        return f"{self.source}@{self.version}"


def source_of(ref: str) -> str:
    """The source a reference cites, in whatever version; a reference to none is its own."""
    cited = Reference.parse(ref)
    return cited.source if cited else ref
