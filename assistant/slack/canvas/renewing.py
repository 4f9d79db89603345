"""A canvas renewed section by section: what people wrote is read first, and stays.

A section is ours as long as it reads as we wrote it, or as we offered it. Any other is theirs: it
is left as it stands, and what we would write is handed back to be offered. So is a section that
cannot be told from others by its words. A section people took away is not put back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from assistant.claims import Draft
from assistant.slack.canvas.page import (
    STAMP,
    Part,
    Renewal,
    Standing,
    heading_words,
    mark_of,
    parts_of,
    under,
)
from assistant.slack.canvas.paper import Paper, Unaddressable
from assistant.slack.reception import Reception
from assistant.slack.words import words
from knowledge.journal.canvases import (
    Canvas,
    CanvasSection,
    forget_section,
    keep_section,
    sections_of,
)
from knowledge.records import Database


def written(database: Database, canvas: Canvas, parts: Sequence[Part], now: datetime) -> None:
    """Remember a canvas that was just made, and what stands in it, at once."""
    with database.writing() as session:
        session.add(canvas)
        session.flush()
        for part in parts:
            keep_section(session, _row(canvas.canvas_id, part, "current", now))


class Renewing:
    """One canvas being renewed.

    Args:
        reception: where the journal and Slack are.
        canvas: which.
        paper: the same, as Slack has it.
        since: when this was asked for; what was written since then was written for it.
    """

    def __init__(self, reception: Reception, canvas: Canvas, paper: Paper, since: datetime) -> None:
        self._database = reception.desk.workspace.database
        self._links, self._told = reception.links, words(canvas.language)
        self._id, self._paper, self._since = canvas.canvas_id, paper, since
        self._page: tuple[Standing, ...] = ()
        self._rows: dict[str, CanvasSection] = {}

    def renew(self, draft: Draft) -> Renewal:
        """Bring every section of ours up to date.

        Raises:
            Gone: people deleted the canvas; nothing was changed.
        """
        parts = parts_of(draft, self._links)
        self._look()
        for at, part in enumerate(parts):
            self._renew(part, parts[at + 1 :])
        known = {part.id for part in parts}
        for row in [one for one in self._rows.values() if one.section not in known]:
            self._take_away(row)
        return self._outcome(parts)

    def mark(self, changes: Mapping[str, Sequence[str]], day: date) -> None:
        """Say above each section which of its sources changed, once.

        Args:
            changes: what changed, by section.
            day: since when it is known.
        """
        self._look()
        for section, what in changes.items():
            row = self._rows[section]
            there = under(row.heading, self._page)
            if there is not None and there.blocks and there.mark(self._told) is None:
                line = mark_of(row.heading or "", what, day, self._told)
                with suppress(Unaddressable):  # it is offered all the same, without the line
                    self._paper.insert_above(there.blocks[0], line)
            self._keep(_outdated(row))
            self._look()

    def _look(self) -> None:
        self._page = self._paper.read()
        with self._database.reading() as session:
            self._rows = sections_of(session, self._id)

    def _renew(self, part: Part, after: Sequence[Part]) -> None:
        row = self._rows.get(part.id)
        there = under(row.heading if row else part.heading, self._page)
        if there is None:
            if row is None:
                self._insert(part, after)
            else:
                self._keep(_row(self._id, part, "removed", row.written_at))
            return
        if there.known(part.digest):
            self._keep_as_it_is(part, row)
        elif row is None or not self._replaced(part, there.known(row.digest)):
            offered_before = row is not None and row.digest == part.digest
            at = row.written_at if row is not None and offered_before else self._now()
            self._keep(_row(self._id, part, "edited", at))
            return
        self._unmark(part.heading)

    def _replaced(self, part: Part, ours: Sequence[str]) -> bool:
        """Whether what we wrote was still there, and is replaced now."""
        try:
            self._paper.replace(ours, part.body)
        except Unaddressable:
            return False
        self._keep(_row(self._id, part, "current", self._now()))
        self._look()
        return True

    def _keep_as_it_is(self, part: Part, row: CanvasSection | None) -> None:
        """The stamp says when the whole was looked at last, changed or not."""
        same = row is not None and row.digest == part.digest and part.id != STAMP
        at = row.written_at if row is not None and same else self._now()
        self._keep(_row(self._id, part, "current", at))

    def _unmark(self, heading: str | None) -> None:
        there = under(heading, self._page)
        mark = there.mark(self._told) if there else None
        if mark is not None:
            with suppress(Unaddressable):
                self._paper.remove((mark,))
            self._look()

    def _insert(self, part: Part, after: Sequence[Part]) -> None:
        """Put a section where the plan has it: above the next one that stands."""
        below = next((one.heading for one in after if under(one.heading, self._page)), None)
        try:
            if below is None:
                self._paper.append(part.markdown)
            else:
                self._paper.insert_above_heading(heading_words(below), part.markdown)
        except Unaddressable:
            self._paper.append(part.markdown)
        self._keep(_row(self._id, part, "current", self._now()))
        self._look()

    def _take_away(self, row: CanvasSection) -> None:
        """Take away a section that the plan no longer has, unless people wrote in it."""
        there = under(row.heading, self._page)
        ours = there.known(row.digest) if there is not None else ()
        if there is not None and ours:
            mark = there.mark(self._told)
            alone = len(there.blocks) == len(ours) + (mark is not None)
            with suppress(Unaddressable):  # what cannot be told apart stays, as people's own would
                self._paper.remove((*((mark,) if mark else ()), *ours))
                if alone:
                    self._paper.remove_heading(heading_words(row.heading or ""))
        with self._database.writing() as session:
            forget_section(session, self._id, row.section)
        self._look()

    def _outcome(self, parts: Sequence[Part]) -> Renewal:
        rows = [(self._rows.get(part.id), part) for part in parts if part.heading is not None]
        told = [(row, part) for row, part in rows if row is not None]
        new = [(row, part) for row, part in told if row.written_at >= self._since]
        return Renewal(
            written=tuple(part.heading or "" for row, part in new if row.status == "current"),
            removed=tuple(part.heading or "" for row, part in told if row.status == "removed"),
            offered=tuple(part.id for row, part in new if row.status == "edited"),
        )

    def _keep(self, row: CanvasSection) -> None:
        with self._database.writing() as session:
            keep_section(session, row)
        self._rows[row.section] = row

    def _now(self) -> datetime:
        return datetime.now(UTC)


def _row(canvas_id: str, part: Part, status: str, at: datetime) -> CanvasSection:
    return CanvasSection(
        canvas_id=canvas_id,
        section=part.id,
        heading=part.heading,
        digest=part.digest,
        refs=list(part.refs),
        written_at=at,
        status=status,
    )


def _outdated(row: CanvasSection) -> CanvasSection:
    return CanvasSection(
        canvas_id=row.canvas_id,
        section=row.section,
        heading=row.heading,
        digest=row.digest,
        refs=list(row.refs),
        written_at=row.written_at,
        status="outdated",
    )
