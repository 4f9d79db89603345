"""The whitespace grid: business unit by product family, what is ours and what is not yet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.claims import Finding
from assistant.insight.figures import number
from assistant.insight.grid import Cell
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.figure import Figure
from assistant.rendering.measure import clamped, shortened, width
from assistant.rendering.plain import legal
from knowledge.records.tables import Account

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAME = "whitespace"
#: More would be too small to read; the cells with least in them are left out, and counted.
MOST_FAMILIES, MOST_UNITS = 6, 12

_LABELS, _TOP, _HEAD, _ROW, _FOOT = 104.0, 10.0, 24.0, 46.0, 16.0
#: Fill, edge, line and hatch of a state; the words in the cell say it too.
_LOOKS = {
    "owned": ("#cfe5f3", canvas.BLUE, "solid", ""),
    "open": ("#fff3d6", canvas.ORANGE, "solid", ""),
    "competitor": ("#fbe3d6", canvas.VERMILLION, "solid", "////"),
    "empty": ("#ffffff", canvas.RULE, "solid", ""),
    "unknown": ("#ffffff", "#98a2ad", (0, (2, 2)), ""),
}


def whitespace_grid(
    account: Account, found: Finding | None, *, language: str = "en"
) -> Figure | None:
    """The grid of an account with what they buy and what is left, a year, in our currency.

    None when every cell is unknown: questions say that better.
    """
    cells: Sequence[Cell] = found.values["cells"] if found is not None else ()
    if found is None or all(cell.state == "unknown" for cell in cells):
        return None
    chart = _Chart(cells, captions(language))
    return canvas.drawn(NAME, _title(legal(account.name), found, chart), chart, about=account.id)


def _title(account: str, found: Finding, chart: _Chart) -> str:
    left, ranked = found.values["left"], found.values["ranked"]
    if left is None:
        return chart.captions.text("whitespace.unknown", account=account)
    if not ranked:
        return chart.captions.text("whitespace.full", account=account)
    total = canvas.money(left, chart.currency, chart.captions)
    return chart.captions.text(
        "whitespace.room", account=account, left=total, where=chart.place(ranked[0])
    )


class _Chart:
    """A table with one look and one word for each state."""

    def __init__(self, cells: Sequence[Cell], said: Captions) -> None:
        self.captions = said
        self.cells: dict[tuple[str | None, str | None], Cell] = {
            (cell.unit, cell.family): cell for cell in cells
        }
        self.families = _largest(cells, [cell.family for cell in cells], MOST_FAMILIES)
        self.units = _largest(cells, [cell.unit for cell in cells], MOST_UNITS)
        amounts = [amount for cell in cells for amount in _amounts(cell)]
        self.scale = canvas.scale_of(max(amounts, default=Decimal(0)))
        self.currency = cells[0].current.unit or ""
        self.hidden = len(cells) - sum(1 for cell in cells if self._shows(cell))
        foot = _FOOT if self.hidden else 4
        self.height = _TOP + _HEAD + _ROW * len(self.units) + foot
        self.column = (canvas.POINTS - _LABELS - 2) / len(self.families)

    @property
    def alt(self) -> str:
        """The grid in words, the cells row by row."""
        shown = [cell for cell in self.cells.values() if self._shows(cell)]
        told = "; ".join(
            self.captions.text(
                "whitespace.alt_cell", place=self.place(cell), state=", ".join(self._lines(cell))
            )
            for cell in shown
        )
        text = self.captions.text("whitespace.alt", unit=self._unit, cells=told)
        return f"{text} {self._others}" if self.hidden else text

    def place(self, cell: Cell) -> str:
        """Where a cell is: the family, and the unit where one is named."""
        if cell.unit is None:
            return legal(cell.family)
        return self.captions.text(
            "whitespace.place", family=legal(cell.family), unit=legal(cell.unit)
        )

    def paint(self, sheet: Sheet) -> None:
        """Draw the table."""
        axes = canvas.paper(sheet, self.height)
        axis = self.captions.text("whitespace.axis", unit=self._unit)
        _write(axes, 2, 10, axis, canvas.MUTED)
        for at, family in enumerate(self.families):
            lines = clamped(canvas.words(family or ""), self.column - 8, canvas.TEXT, 2, bold=True)
            middle = _LABELS + (at + 0.5) * self.column
            for down, line in enumerate(lines):
                y = _TOP + _HEAD - 7 - 11 * (len(lines) - 1 - down)
                _write(axes, middle, y, line, canvas.INK, size=canvas.TEXT, bold=True, centre=True)
        for at, unit in enumerate(self.units):
            self._paint_row(axes, unit, _TOP + _HEAD + at * _ROW)
        if self.hidden:
            _write(axes, 2, self.height - 4, self._others, canvas.MUTED)

    def _paint_row(self, axes: Axes, unit: str | None, top: float) -> None:
        name = canvas.words(unit or self.captions.text("whitespace.no_unit"))
        # A long compound is set smaller rather than broken.
        longest = max(width(word, canvas.TEXT, bold=True) for word in name.split() or [""])
        size = canvas.TEXT if longest <= _LABELS - 8 else canvas.SMALL
        lines = clamped(name, _LABELS - 8, size, 3, bold=True)
        start = top + _ROW / 2 + 3 - 5.5 * (len(lines) - 1)
        for down, line in enumerate(lines):
            _write(axes, 2, start + 11 * down, line, canvas.INK, size=size, bold=True)
        for at, family in enumerate(self.families):
            cell = self.cells.get((unit, family))
            if cell is not None:
                self._paint_cell(axes, cell, _LABELS + at * self.column, top)

    def _paint_cell(self, axes: Axes, cell: Cell, left: float, top: float) -> None:
        from matplotlib.patches import Rectangle

        fill, edge, line, hatch = _LOOKS[cell.state]
        inset = 2.5
        wide, high = self.column - 2 * inset, _ROW - 2 * inset
        corner = (left + inset, top + inset)
        axes.add_patch(
            Rectangle(corner, wide, high, facecolor=fill, edgecolor=edge, linestyle=line, lw=1)
        )
        if hatch:
            # The stripe runs along the edge only: words stay readable beside it.
            stripe = Rectangle(
                corner, 4, high, facecolor=edge, edgecolor="white", hatch=hatch, lw=0
            )
            axes.add_patch(stripe)
        elif cell.state in {"owned", "open"}:
            axes.add_patch(Rectangle(corner, 4 if cell.state == "owned" else 1.5, high, color=edge))
        lines = self._lines(cell)
        for down, text in enumerate(lines):
            y = top + _ROW / 2 + 3 + 11 * (down - (len(lines) - 1) / 2)
            weight = down == 0 and cell.state in {"owned", "open", "competitor"}
            shown = shortened(canvas.words(text), wide - 13, canvas.SMALL, bold=weight)
            colour = canvas.INK if weight or down else canvas.MUTED
            _write(axes, left + inset + 9, y, shown, colour, bold=weight)

    def _lines(self, cell: Cell) -> list[str]:
        """What a cell says: its state, what they buy, what is left."""
        said = self.captions
        rival = legal(cell.competitor) if cell.competitor else None
        bought, left = number(cell.current), number(cell.left)
        state = cell.state
        key = state if state != "unknown" else "no_supplier" if left else "unknown_cell"
        lines = [rival if state == "competitor" and rival else said.text(f"whitespace.{key}")]
        if bought:
            lines.append(said.text("whitespace.bought", amount=self._amount(bought)))
        if left:
            lines.append(said.text("whitespace.left", amount=self._amount(left)))
        return lines

    def _shows(self, cell: Cell) -> bool:
        return cell.family in self.families and cell.unit in self.units

    def _amount(self, amount: Decimal) -> str:
        return canvas.figures(amount, self.scale, self.captions)

    @property
    def _unit(self) -> str:
        return canvas.unit(self.scale, self.currency, self.captions)

    @property
    def _others(self) -> str:
        return self.captions.text("whitespace.others", count=self.hidden)


def _amounts(cell: Cell) -> list[Decimal]:
    return [amount for part in (cell.current, cell.left) if (amount := number(part)) is not None]


def _largest(cells: Sequence[Cell], names: Sequence[str | None], most: int) -> list[str | None]:
    """The rows or columns (their names cell by cell) with most money, in the grid's own order."""
    worth: dict[str | None, Decimal] = {}
    for cell, name in zip(cells, names, strict=True):
        worth[name] = worth.get(name, Decimal(0)) + sum(_amounts(cell), Decimal(0))
    kept = sorted(worth, key=lambda name: (-worth[name], name is None, name or ""))[:most]
    return [name for name in worth if name in kept]


def _write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    colour: str,
    *,
    size: float = canvas.SMALL,
    bold: bool = False,
    centre: bool = False,
) -> None:
    axes.text(
        x,
        y,
        canvas.words(text),
        color=colour,
        ha="center" if centre else "left",
        fontsize=size,
        fontweight="bold" if bold else "normal",
    )
