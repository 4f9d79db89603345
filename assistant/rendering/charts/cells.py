"""The cells of a portfolio as a board: who stands where, and who came from where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.claims import Finding
from assistant.drafting import Brief
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.figure import Figure
from assistant.rendering.measure import clamped, shortened
from assistant.rendering.plain import legal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAME = "changes"
#: The columns, from the most work together to the least; `unknown` only where somebody is in it.
CELLS = ("strategic", "major", "developer", "middle_market", "over_demander", "direct", "unknown")
MOST = 9

_HEAD, _ROW, _FOOT = 34.0, 31.0, 6.0


def cell_board(
    moves: Sequence[tuple[Brief, Finding]], since: date, *, language: str = "en"
) -> Figure | None:
    """The accounts of a team by cell, those that moved in front and marked.

    None for a team whose accounts have no cell.
    """
    if not any(move.values["to"] != "unknown" for _, move in moves):
        return None
    board = _Board(moves, since, captions(language))
    return canvas.drawn(NAME, board.title, board)


class _Board:
    """A column for every cell, a card for every account."""

    def __init__(self, moves: Sequence[tuple[Brief, Finding]], since: date, said: Captions) -> None:
        self.captions, self.since = said, since
        self.moved = [(brief, move) for brief, move in moves if move.outcome == "moved"]
        self.columns = {
            cell: sorted(
                ((brief, move) for brief, move in moves if move.values["to"] == cell),
                key=lambda pair: (pair[1].outcome != "moved", -_revenue(pair[0]), pair[0].name),
            )
            for cell in CELLS
        }
        if not self.columns["unknown"]:
            del self.columns["unknown"]
        rows = max(min(len(some), MOST + 1) for some in self.columns.values())
        self.height = _HEAD + _ROW * rows + _FOOT
        self.wide = canvas.POINTS / len(self.columns)

    @property
    def title(self) -> str:
        """How many moved, in a sentence."""
        day = self.captions.day(self.since)
        if not self.moved:
            return self.captions.text("cells.still", day=day)
        names = self.captions.names(legal(brief.name) for brief, _ in self.moved[:3])
        if len(self.moved) <= len(self.moved[:3]):
            return self.captions.text("cells.named", names=names, day=day)
        return self.captions.text("cells.moved", count=len(self.moved), day=day)

    @property
    def alt(self) -> str:
        """The board in words."""
        told = "; ".join(
            f"{self._called(cell)}: "
            + (self.captions.names(legal(brief.name) for brief, _ in some) or "–")
            for cell, some in self.columns.items()
        )
        return self.captions.text("cells.alt", cells=told)

    def paint(self, sheet: Sheet) -> None:
        """Draw the board."""
        axes = canvas.paper(sheet, self.height)
        for at, (cell, some) in enumerate(self.columns.items()):
            left = at * self.wide
            lines = clamped(self._called(cell), self.wide - 8, canvas.TEXT, 2, bold=True)
            for down, line in enumerate(lines):
                y = _HEAD - 9 - 11 * (len(lines) - 1 - down)
                axes.text(left + 4, y, canvas.words(line), fontweight="bold", color=canvas.INK)
            axes.plot([left + 3, left + self.wide - 3], [_HEAD - 4] * 2, color=canvas.INK, lw=0.9)
            for down, (brief, move) in enumerate(some[:MOST]):
                self._card(axes, brief, move, left, _HEAD + down * _ROW)
            if len(some) > MOST:
                text = self.captions.text("people.more", count=len(some) - MOST)
                y = _HEAD + MOST * _ROW + 14
                axes.text(left + 6, y, text, color=canvas.MUTED, fontsize=canvas.SMALL)

    def _card(self, axes: Axes, brief: Brief, move: Finding, left: float, top: float) -> None:
        from matplotlib.patches import Rectangle

        moved = move.outcome == "moved"
        edge = canvas.VERMILLION if moved else canvas.RULE
        axes.add_patch(
            Rectangle(
                (left + 3, top + 1.5),
                self.wide - 6,
                _ROW - 3,
                facecolor="#fbe3d6" if moved else canvas.SHADE,
                edgecolor=edge,
                lw=1,
            )
        )
        room, size = self.wide - 13, canvas.SMALL - 0.5
        name = canvas.words(legal(brief.name))
        lines = clamped(name, room, size, 2, bold=moved)
        if moved:
            told = self.captions.text("cells.was", cell=self._called(move.values["from"]))
            lines = [
                *clamped(name, room, size, 1, bold=True),
                *clamped(canvas.words(told), room, size, 2),
            ]
        for down, line in enumerate(lines):
            y = top + _ROW / 2 + 2.8 + 8.8 * (down - (len(lines) - 1) / 2)
            bold = moved and not down
            axes.text(
                left + 7,
                y,
                shortened(line, room, size, bold=bold),
                fontsize=size,
                fontweight="bold" if bold else "normal",
                color=canvas.VERMILLION if moved and down else canvas.INK,
            )

    def _called(self, cell: str) -> str:
        return self.captions.text(f"cells.{cell}")


def _revenue(brief: Brief) -> float:
    return float(brief.study["revenue"].values["latest"] or 0)
