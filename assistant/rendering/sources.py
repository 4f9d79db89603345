"""A source in words for formats that have type of their own in place of Markdown's marks."""

from __future__ import annotations

from assistant.claims import Evidence
from assistant.rendering.markdown import source_line
from assistant.rendering.plain import legal


def source_parts(source: Evidence) -> tuple[str, str, str]:
    """What a source says, its reference or formula, and what follows that."""
    code = source.formula if source.type == "computed" else source.ref
    before, found, after = source_line(source).rpartition(f"`{code}`")
    return (legal(before), legal(code or ""), legal(after)) if found else (legal(after), "", "")


def source_text(source: Evidence) -> str:
    """A source as one line of plain text."""
    return "".join(source_parts(source)).strip()
