"""A plan as the sections of a canvas, and a canvas as people left it. Pure: no Slack, no records.

Each section carries its own sources, numbered from one: sections are renewed one at a time, and
a list that all shared would number them wrongly as soon as one stays as somebody changed it. The
body of a section is one list, because a list is what Slack replaces in one operation.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.claims import Draft, Section, number_sources
from assistant.drafting.titles import title_in
from assistant.rendering.captions import Captions
from assistant.slack.links import Links
from assistant.slack.safety import BREAK, line, markdown, markdown_link
from assistant.slack.views.answer import MARKS
from assistant.slack.views.citing import markdown_sentence, number
from assistant.slack.words import words

#: The name of the first lines, which stand above every heading.
STAMP = "stamp"
_HEADING = re.compile(r"#{1,2} +(?P<words>.*)")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
#: What is written otherwise by Markdown than it is read; between two of them stand plain words.
_SIGNS = re.compile(rf"[\[\](){{}}*_~`>#|\\<&;{BREAK}\n]+|https?:\S*")
_SHORTEST_ANCHOR, _TITLE, _MOST_CHANGES = 8, 90, 3


@dataclass(frozen=True)
class Part:
    """A section as we would write it.

    Attributes:
        id: the plan's name for it.
        heading: what stands above it; None for the first lines.
        body: safe Markdown.
        refs: the sources it cites.
    """

    id: str
    heading: str | None
    body: str
    refs: tuple[str, ...] = ()

    @property
    def markdown(self) -> str:
        """The whole section."""
        return self.body if self.heading is None else f"{_titled(self.heading)}\n\n{self.body}"

    @property
    def digest(self) -> str:
        """By which it is known again."""
        return digest(self.body)


@dataclass(frozen=True)
class Standing:
    """A section as it stands in a canvas: the blocks under a heading."""

    heading: str | None
    blocks: tuple[str, ...]

    def mark(self, told: Captions) -> str | None:
        """Our line that it is out of date, if it stands above the section."""
        begins = told.texts["canvas.outdated"].partition("{")[0]
        first = self.blocks[0] if self.blocks else ""
        read = _read(first.lstrip("> "))
        return first if first.startswith(">") and read.startswith(begins) else None

    def known(self, wanted: str) -> tuple[str, ...]:
        """The blocks that read as something we wrote, by its digest; none if people changed it.

        What people added before or after it is theirs, and not among them.
        """
        if digest("\n".join(self.blocks)) == wanted:
            return self.blocks
        return next(((one,) for one in self.blocks if digest(one) == wanted), ())


@dataclass(frozen=True)
class Renewal:
    """What became of a canvas that was renewed.

    Attributes:
        written: headings of the sections that were written.
        removed: headings of sections that people took out.
        offered: ids of sections that people changed, and that would read otherwise now.
    """

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def parts_of(draft: Draft, links: Links) -> tuple[Part, ...]:
    """A plan as the sections of a canvas, the first lines first."""
    told = words(draft.language)
    stamp = [told.text("draft.as_of", day=told.day(draft.as_of)) + "."]
    if draft.withheld:
        stamp.append(told.counted("answer.withheld", len(draft.withheld)) + ".")
    stamp.append(told.text("canvas.rule"))
    first = Part(STAMP, None, markdown(" ".join(stamp)))
    return (first, *(_part(section, links, told) for section in draft.sections if section.claims))


def page_of(parts: Sequence[Part]) -> str:
    """A whole canvas."""
    return "\n\n".join(part.markdown for part in parts)


def mark_of(heading: str, what: Sequence[str], since: date, told: Captions) -> str:
    """The line that says since when a section is out of date, and which sources changed.

    It names the section, so that no two such lines of a canvas are the same.
    """
    values = {"section": line(heading), "day": told.day(since), "what": named(what, told)}
    return "> " + markdown(told.text("canvas.outdated", **values))


def named(what: Sequence[str], told: Captions) -> str:
    """What changed, by name; more than a few are counted."""
    shown = [f"“{line(one)[:_TITLE]}”" for one in what[:_MOST_CHANGES]]
    if more := len(what) - len(shown):
        shown.append(told.counted("canvas.more", more))
        return ", ".join(shown[:-1]) + " " + shown[-1]
    return told.names(shown)


def standing(content: str, title: str) -> tuple[Standing, ...]:
    """What stands in a canvas, heading by heading; the canvas's own title is none of them."""
    found: list[tuple[str | None, list[list[str]]]] = [(None, [[]])]
    fenced = False
    for row in content.splitlines():
        match = None if fenced else _HEADING.fullmatch(row.strip())
        if match and not (_read(match["words"]) == _read(title) and found == [(None, [[]])]):
            found.append((_read(match["words"]), [[]]))
        elif not match:
            _place(row, found[-1][1], fenced=fenced)
        fenced ^= row.lstrip().startswith("```")
    return tuple(
        Standing(heading, tuple("\n".join(block) for block in blocks if block))
        for heading, blocks in found
    )


def under(heading: str | None, page: Sequence[Standing]) -> Standing | None:
    """What stands under a heading; None where people took it away."""
    wanted = None if heading is None else _read(_safe_heading(heading))
    return next((one for one in page if one.heading == wanted and _there(one)), None)


def digest(text: str) -> str:
    """The hash of what a reader reads; how Slack writes a list or an escape does not matter."""
    rows = (_read(_BULLET.sub("- ", row)) for row in text.splitlines())
    return hashlib.sha256("\n".join(row for row in rows if row).encode()).hexdigest()


def anchors(block: str, page: str) -> list[str]:
    """Words by which the lines of a block are found in a canvas: plain, and there only once.

    One for each line that has some; a line without is found by none.
    """
    found = (_anchor(row, page) for row in block.splitlines())
    return [anchor for anchor in found if anchor is not None]


def lines_of(blocks: Sequence[str]) -> list[str]:
    """The lines of some blocks, without empty ones."""
    return [row for block in blocks for row in block.splitlines() if row.strip()]


def heading_words(heading: str) -> str:
    """A heading as it is read in a canvas."""
    return _read(_safe_heading(heading))


def _part(section: Section, links: Links, told: Captions) -> Part:
    labels = number_sources(section.claims)
    rows = [MARKS[one.kind] + markdown_sentence(one, labels, links) for one in section.claims]
    titles = []
    for evidence, label in labels.items():
        url, mark = links.of(evidence), f"[{number(label)}]"
        title = line(title_in(evidence, told.language))
        title = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
        titles.append(f"{markdown_link(url, mark) if url else mark} {markdown(title)}")
    if titles:
        rows.append(told.text("canvas.sources", names="; ".join(titles)))
    refs = dict.fromkeys(ref for evidence in labels for ref in evidence.refs)
    return Part(section.id, section.title, "\n".join(f"- {row}" for row in rows), tuple(refs))


def _titled(heading: str) -> str:
    return f"## {_safe_heading(heading)}"


def _safe_heading(heading: str) -> str:
    return markdown(line(heading))


def _place(row: str, blocks: list[list[str]], *, fenced: bool) -> None:
    if row.strip() or fenced:
        blocks[-1].append(row)
    elif blocks[-1]:
        blocks.append([])


def _there(one: Standing) -> bool:
    return one.heading is not None or bool(one.blocks)


def _read(text: str) -> str:
    """Text as it is read: without what only its Markdown needs."""
    plain = _ESCAPE.sub("", html.unescape(text.replace(BREAK, "")))
    return " ".join(plain.split())


def _anchor(row: str, page: str) -> str | None:
    runs = (run.strip(" -") for run in _SIGNS.split(_BULLET.sub("", row)))
    for run in sorted(runs, key=len, reverse=True):
        if len(run) >= _SHORTEST_ANCHOR and page.count(run) == 1:
            return run
    return None
