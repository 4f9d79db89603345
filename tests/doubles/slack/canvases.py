"""Canvases: sections with ids that last until the next edit, and who may read or write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.doubles.slack.refusals import Refused

LARGEST = 1_048_576
HEADINGS = {"h1": r"# ", "h2": r"## ", "h3": r"### ", "any_header": r"#{1,3} "}
OPERATIONS = {"insert_at_start", "insert_at_end", "insert_before", "insert_after", "replace"}
_serial = itertools.count(1)


@dataclass
class Section:
    """A heading, paragraph, list, table or quotation of a canvas."""

    markdown: str
    id: str = field(default_factory=lambda: f"temp:C:{next(_serial):028d}")


def sections(markdown: str) -> list[Section]:
    """Markdown cut where Slack cuts it: at headings and blank lines, never inside a fence."""
    return [Section("\n".join(lines)) for lines in _cut(markdown.splitlines())]


def _cut(lines: list[str]) -> Iterator[list[str]]:
    kept: list[str] = []
    fenced = False
    for line in lines:
        fence = line.lstrip().startswith("```")
        if not fenced and (not line.strip() or re.match(r"#{1,6} ", line)) and kept:
            yield kept
            kept = []
        if not fenced and re.match(r"#{1,6} ", line):
            yield [line]
        elif fenced or line.strip():
            kept.append(line)
        fenced ^= fence
    if kept:
        yield kept


@dataclass(eq=False)
class Canvas:
    """A canvas, its sections in order, and the access it grants."""

    id: str
    title: str
    creator: str
    permalink: str
    channel_id: str = ""
    sections: list[Section] = field(default_factory=list)
    channel_access: dict[str, str] = field(default_factory=dict)
    user_access: dict[str, str] = field(default_factory=dict)
    deleted: bool = False
    history: list[str] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        """The whole canvas as Markdown."""
        return "\n\n".join(section.markdown for section in self.sections)

    def edit(self, change: dict[str, object]) -> None:
        """Carry out one change of `canvases.edit`; every section's id is new afterwards."""
        operation = change.get("operation")
        if operation == "rename":
            self.title = _content(change.get("title_content"))
            return
        if operation == "delete":
            fresh: list[Section] = []
        elif operation in OPERATIONS:
            fresh = sections(_content(change.get("document_content")))
        else:
            raise Refused("invalid_arguments", f"unknown operation {operation!r}")
        self.history.append(self.markdown)
        first, last = self._span(str(operation), str(change.get("section_id") or ""))
        edited = [*self.sections[:first], *fresh, *self.sections[last:]]
        self.sections = [Section(section.markdown) for section in edited]

    def _span(self, operation: str, section_id: str) -> tuple[int, int]:
        """Which sections the fresh ones take the place of: `[first, last)`."""
        if operation in {"insert_at_start", "insert_at_end"}:
            at = 0 if operation == "insert_at_start" else len(self.sections)
            return at, at
        if operation == "replace" and not section_id:
            return 0, len(self.sections)
        if not section_id:
            raise Refused("invalid_arguments", f"{operation} needs section_id")
        ids = [section.id for section in self.sections]
        if section_id not in ids:
            raise Refused("canvas_editing_failed", f"no section {section_id}")
        at = ids.index(section_id)
        first = at + (operation == "insert_after")
        return first, first + (operation in {"replace", "delete"})

    def lookup(self, criteria: dict[str, object]) -> list[Section]:
        """The sections that meet all criteria of `canvases.sections.lookup`."""
        types, wanted = criteria.get("section_types"), criteria.get("contains_text")
        if not (types or wanted) or set(criteria) - {"section_types", "contains_text"}:
            raise Refused("invalid_arguments", "criteria need section_types or contains_text")
        if types is not None and not (isinstance(types, list) and set(types) <= set(HEADINGS)):
            raise Refused("invalid_arguments", f"section_types are of {sorted(HEADINGS)}")
        found = self.sections
        if isinstance(types, list):
            patterns = [HEADINGS[kind] for kind in types]
            found = [s for s in found if any(re.match(p, s.markdown) for p in patterns)]
        return [s for s in found if not wanted or str(wanted) in s.markdown]


def _content(content: object) -> str:
    """The Markdown of a `document_content` or `title_content`."""
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise Refused("invalid_arguments", "content must be {type: markdown, markdown: …}")
    markdown = content.get("markdown")
    if not isinstance(markdown, str) or set(content) - {"type", "markdown"}:
        raise Refused("invalid_arguments", "content must be {type: markdown, markdown: …}")
    if len(markdown.encode()) > LARGEST:
        raise Refused("invalid_arguments", "content is larger than 1 MiB")
    return markdown
