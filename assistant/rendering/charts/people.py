"""The stakeholder map: everybody of theirs by part in the decision and last touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.claims import Finding
from assistant.insight.stakeholders import Stakeholder
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.charts.messages import people_message
from assistant.rendering.figure import Figure
from assistant.rendering.measure import clamped, shortened, width
from assistant.rendering.plain import legal
from knowledge.records.tables import Account

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAME = "stakeholders"
#: Who decides stands on top. A person with several parts stands in the highest row.
ROWS = {
    "decides": ("decider",),
    "backs": ("sponsor", "champion"),
    "buys": ("buyer", "gatekeeper"),
    "advises": ("influencer", "initiator", "coach", "anti-sponsor"),
    "uses": ("user",),
}
NO_PART = "none"
#: A cell names so many people and counts the others.
MOST = 6
_KEY_DAYS = 90

_LABELS, _HEAD, _FOOT, _PAD = 92.0, 22.0, 34.0, 6.0
_MARK = 13.0
_NAME_LINE, _TITLE_LINE, _GAP = 10.0, 9.0, 4.0
_TITLE_SIZE = 6.8
_MARKERS = {"supporter": "^", "neutral": "o", "opponent": "v"}
_COLOURS = {
    "supporter": canvas.GREEN,
    "neutral": canvas.BLUE,
    "opponent": canvas.VERMILLION,
}
_GREY = "#98a2ad"


@dataclass(frozen=True)
class Cell:
    """The people of one row and column, those who matter most first."""

    row: str
    column: int
    people: tuple[Stakeholder, ...]


def stakeholder_map(
    account: Account, found: Finding | None, *, language: str = "en"
) -> Figure | None:
    """The map of an account's people; None when there is nobody on record.

    A shape stands for the stance that a person set, grey for never met, a line through a name
    for somebody who has left.
    """
    if found is None or not (found.values["people"] or found.values["departed"]):
        return None
    chart = _Chart(found, captions(language))
    title = people_message(legal(account.name), found, chart.captions)
    return canvas.drawn(NAME, title, chart, about=account.id)


def row_of(person: Stakeholder) -> str:
    """The highest row that a person's parts belong to."""
    fitting = (row for row, roles in ROWS.items() if set(roles) & set(person.roles))
    return next(fitting, NO_PART)


class _Chart:
    """A table of four columns whose rows are as high as their people need."""

    def __init__(self, found: Finding, said: Captions) -> None:
        self.captions = said
        self.people: tuple[Stakeholder, ...] = (*found.values["people"], *found.values["departed"])
        self.limit = int(str(found.thresholds.get("key_player_days", _KEY_DAYS)))
        self.near = max(1, self.limit // 3)
        self.cells = self._cells()
        self.rows = self._row_heights()
        self.height = _HEAD + sum(self.rows.values()) + _FOOT
        self.column = (canvas.POINTS - _LABELS - 4) / 4

    @property
    def alt(self) -> str:
        """The map in words, row by row."""
        rows = (*ROWS, NO_PART)
        ordered = sorted(self.people, key=lambda person: rows.index(row_of(person)))
        told = "; ".join(self._told(person) for person in ordered)
        return self.captions.text("people.alt", count=len(ordered), people=told)

    def paint(self, sheet: Sheet) -> None:
        """Draw the table."""
        axes = canvas.paper(sheet, self.height)
        self._paint_head(axes)
        top = _HEAD
        for row, height in self.rows.items():
            self._paint_row(axes, row, top)
            top += height
        self._paint_key(axes, top)

    def _cells(self) -> dict[tuple[str, int], Cell]:
        found: dict[tuple[str, int], list[Stakeholder]] = {}
        for person in sorted(self.people, key=_weight):
            found.setdefault((row_of(person), self._column(person)), []).append(person)
        return {at: Cell(*at, tuple(people)) for at, people in found.items()}

    def _column(self, person: Stakeholder) -> int:
        if person.days is None:
            return 3
        return 0 if person.days <= self.near else 1 if person.days <= self.limit else 2

    def _row_heights(self) -> dict[str, float]:
        heights = {}
        for row in (*ROWS, NO_PART):
            cells = [cell for (name, _), cell in self.cells.items() if name == row]
            if cells or row != NO_PART:
                tallest = max((self._cell_height(cell) for cell in cells), default=0.0)
                label = 11.0 * len(self._label(row))
                heights[row] = max(tallest, label) + 2 * _PAD
        return heights

    def _cell_height(self, cell: Cell) -> float:
        blocks = sum(self._block_height(person) for person in cell.people[:MOST])
        return blocks - _GAP + (_NAME_LINE + _GAP if len(cell.people) > MOST else 0)

    def _block_height(self, person: Stakeholder) -> float:
        titles = len(self._position(person)) * _TITLE_LINE
        return len(self._name(person)) * _NAME_LINE + titles + _GAP

    def _name(self, person: Stakeholder) -> list[str]:
        return clamped(canvas.words(person.name), self._room, canvas.SMALL, 2)

    def _label(self, row: str) -> list[str]:
        label = canvas.words(self.captions.text(f"people.row_{row}"))
        return clamped(label, _LABELS - 8, canvas.TEXT, 2, bold=True)

    def _position(self, person: Stakeholder) -> list[str]:
        title = canvas.words(person.title or "")
        return clamped(title, self._room, _TITLE_SIZE, 2) if title.strip() else []

    @property
    def _room(self) -> float:
        return (canvas.POINTS - _LABELS - 4) / 4 - _MARK - 5

    def _paint_head(self, axes: Axes) -> None:
        said, near, limit = self.captions, self.near, self.limit
        heads = (
            said.text("people.within", days=near),
            said.text("people.between", first=near + 1, last=limit),
            said.text("people.beyond", days=limit),
            said.text("people.no_touch"),
        )
        _write(axes, 4, _HEAD - 8, said.text("people.last"), canvas.MUTED)
        for at, head in enumerate(heads):
            left = _LABELS + at * self.column + 4
            shown = shortened(head, self.column - 6, canvas.SMALL)
            _write(axes, left, _HEAD - 8, shown, canvas.MUTED)

    def _paint_row(self, axes: Axes, row: str, top: float) -> None:
        axes.plot([0, canvas.POINTS], [top, top], color=canvas.RULE, lw=0.8)
        for at, line in enumerate(self._label(row)):
            _write(axes, 4, top + _PAD + 8 + at * 11, line, canvas.INK, bold=True)
        for at in range(4):
            cell = self.cells.get((row, at))
            if cell is not None:
                self._paint_cell(axes, cell, _LABELS + at * self.column + 4, top + _PAD)

    def _paint_cell(self, axes: Axes, cell: Cell, left: float, top: float) -> None:
        for person in cell.people[:MOST]:
            self._paint_person(axes, person, left, top)
            top += self._block_height(person)
        if len(cell.people) > MOST:
            more = self.captions.text("people.more", count=len(cell.people) - MOST)
            _write(axes, left + _MARK, top + 8, more, canvas.MUTED)

    def _paint_person(self, axes: Axes, person: Stakeholder, left: float, top: float) -> None:
        colour = _GREY if person.days is None else _COLOURS.get(person.stance or "", canvas.INK)
        _mark(axes, left + 4, top + 4.8, person.stance, colour)
        ink = canvas.MUTED if person.days is None or person.left_on else canvas.INK
        for line in self._name(person):
            _write(axes, left + _MARK, top + 7.6, line, ink)
            if person.left_on:
                end = left + _MARK + width(line, canvas.SMALL)
                axes.plot([left - 1, end], [top + 4.9] * 2, color=canvas.INK, lw=0.9)
            top += _NAME_LINE
        for line in self._position(person):
            axes.text(left + _MARK, top + 6.2, line, color=canvas.MUTED, fontsize=_TITLE_SIZE)
            top += _TITLE_LINE

    def _paint_key(self, axes: Axes, top: float) -> None:
        axes.plot([0, canvas.POINTS], [top, top], color=canvas.RULE, lw=0.8)
        left = 4.0
        for stance in ("supporter", "neutral", "opponent", None):
            text = self.captions.text(f"people.{stance or 'unassessed'}")
            _mark(axes, left + 4, top + 11, stance, _COLOURS.get(stance or "", canvas.INK))
            _write(axes, left + _MARK, top + 13.8, text, canvas.MUTED)
            left += _MARK + width(text, canvas.SMALL) + 14
        text = self.captions.text("people.left")
        _write(axes, left, top + 13.8, text, canvas.MUTED)
        end = left + width(text, canvas.SMALL)
        axes.plot([left - 2, end + 2], [top + 11.1] * 2, color=canvas.INK, lw=0.9)
        _write(axes, end + 14, top + 13.8, self.captions.text("people.never_key"), _GREY)
        _write(axes, 4, top + 27, self.captions.text("people.set_by"), canvas.MUTED)

    def _told(self, person: Stakeholder) -> str:
        said = self.captions
        return said.text(
            "people.alt_person",
            name=legal(person.name),
            row=said.text(f"people.row_{row_of(person)}").casefold(),
            stance=said.text(f"people.{_known(person.stance) or 'unassessed'}"),
            when=", ".join(self._when(person)),
        )

    def _when(self, person: Stakeholder) -> Iterator[str]:
        said = self.captions
        if person.last_touch is None:
            yield said.text("people.no_touch")
        else:
            key = "people.alt_met" if person.in_person else "people.alt_touched"
            yield said.text(key, day=said.day(person.last_touch))
        if person.left_on is not None:
            yield said.text("people.alt_left", day=said.day(person.left_on))


def _weight(person: Stakeholder) -> tuple[bool, bool, int, str, str]:
    """Those who are still there first, key people first, the latest met first."""
    gone = person.left_on is not None
    return (gone, not person.key, person.days or 0, person.name, person.contact_id)


def _known(stance: str | None) -> str | None:
    return stance if stance in _MARKERS else None


def _mark(axes: Axes, x: float, y: float, stance: str | None, colour: str) -> None:
    marker = _MARKERS.get(stance or "")
    axes.plot(
        [x],
        [y],
        marker or "o",
        color=colour if marker else "white",
        markeredgecolor=colour,
        markeredgewidth=1.1,
        ms=6.2 if marker in {"^", "v"} else 5.4,
    )


def _write(axes: Axes, x: float, y: float, text: str, colour: str, *, bold: bool = False) -> None:
    axes.text(
        x,
        y,
        canvas.words(text),
        color=colour,
        fontsize=canvas.TEXT if bold else canvas.SMALL,
        fontweight="bold" if bold else "normal",
    )
