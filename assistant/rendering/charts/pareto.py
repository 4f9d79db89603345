"""The Pareto curve of a portfolio: how many customers bring most of the revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.insight.eighty_twenty import Place, Standing
from assistant.insight.figures import TENTH
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.figure import Figure
from assistant.rendering.measure import shortened, width
from assistant.rendering.plain import legal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAME = "portfolio"
#: The plot's share of the sheet: left, bottom, width, height.
_PLOT = (0.06, 0.13, 0.92, 0.76)
#: With more customers than this their columns become one shape.
_SEPARATE = 80


def pareto_curve(
    order: Standing, account_id: str | None = None, *, language: str = "en"
) -> Figure | None:
    """Every customer's share and their running total, the true k of N and one account marked.

    None without revenue. Other customers are not named.
    """
    if not order.total or not order.core:
        return None
    place = order.place_of(account_id) if account_id else None
    chart = _Chart(order, place if place and place.revenue > 0 else None, captions(language))
    return canvas.drawn(NAME, chart.title, chart, about=account_id or "")


class _Chart:
    """Columns under a line, in per cent of the same total."""

    height = 215

    def __init__(self, order: Standing, place: Place | None, said: Captions) -> None:
        self.order = order
        self.place = place
        self.captions = said
        self.k, self.n = len(order.core), len(order.places)
        self.reached = said.percent((order.core[-1].reached * 100).quantize(1))

    @property
    def title(self) -> str:
        """The true k of N, and where the account stands."""
        values = {"k": self.k, "n": self.n, "reached": self.reached}
        if self.place is None:
            return self.captions.text("portfolio.core", **values)
        name = legal(self.place.name)
        return self.captions.text("portfolio.place", account=name, rank=self.place.rank, **values)

    @property
    def alt(self) -> str:
        """The chart in words."""
        text = self.captions.text("portfolio.alt", k=self.k, n=self.n, reached=self.reached)
        if self.place is None:
            return text
        return f"{text} " + self.captions.text(
            "portfolio.alt_place",
            account=legal(self.place.name),
            rank=self.place.rank,
            share=self._share(self.place),
        )

    def paint(self, sheet: Sheet) -> None:
        """Draw the curve."""
        axes = sheet.add_axes(_PLOT)
        axes.set(xlim=(0, self.n), ylim=(0, 104), yticks=[0, 20, 40, 60, 80, 100])
        axes.set_xticks([])
        axes.yaxis.grid(visible=True)
        axes.axvspan(0, self.k, color=canvas.SHADE, zorder=0)
        self._paint_columns(axes)
        self._paint_line(axes)
        self._paint_core(axes)
        if self.place is not None:
            self._paint_place(axes, self.place)
        _say(axes, (0, 1.05), self.captions.text("portfolio.axis"), va="bottom")
        _say(axes, (0, -0.045), self.captions.text("portfolio.customers"), va="top")

    def _paint_columns(self, axes: Axes) -> None:
        shares = [float(place.share * 100) for place in self.order.places]
        if self.n > _SEPARATE:
            axes.stairs(shares, range(self.n + 1), fill=True, color=canvas.SKY)
            return
        middles = [at + 0.5 for at in range(self.n)]
        axes.bar(middles, shares, width=0.78, color=canvas.SKY)

    def _paint_line(self, axes: Axes) -> None:
        reached = [0.0, *(float(place.reached * 100) for place in self.order.places)]
        axes.plot(range(self.n + 1), reached, color=canvas.BLUE, lw=1.8)

    def _paint_core(self, axes: Axes) -> None:
        height = float(self.order.core[-1].reached * 100)
        axes.plot([self.k, self.k], [0, height], color=canvas.INK, lw=1, ls=(0, (4, 2)))
        axes.plot([self.k], [height], "o", color=canvas.INK, ms=5)
        told = self.captions.text("portfolio.line", k=self.k, n=self.n, reached=self.reached)
        # Right of the point there is room under the curve; near the end, left of the line.
        right = self.k <= self.n * 0.75
        axes.annotate(
            canvas.words(told),
            (self.k, height),
            xytext=(7 if right else -7, -13),
            textcoords="offset points",
            ha="left" if right else "right",
            fontweight="bold",
        )

    def _paint_place(self, axes: Axes, place: Place) -> None:
        share, at = float(place.share * 100), place.rank - 0.5
        column = max(0.78, self.n / 400)
        axes.bar([at], [share], width=column, color=canvas.VERMILLION, hatch="///")
        told = self.captions.text(
            "portfolio.own",
            account=legal(place.name),
            rank=place.rank,
            share=self._share(place),
        )
        self._label(axes, place, told)

    def _label(self, axes: Axes, place: Place, told: str) -> None:
        """The account's own words: above its neighbours, under the curve, inside the plot."""
        room = canvas.POINTS * _PLOT[2]
        text = shortened(canvas.words(told), room * 0.6, canvas.TEXT, bold=True)
        share, after = float(place.share * 100), self.order.places[place.rank : place.rank + 1]
        low = min(max(share - 6, float(after[0].share * 100) + 4 if after else 0, 6), 45)
        clear = (p.rank for p in self.order.places if float(p.reached * 100) > low + 9)
        first = max(place.rank + 0.3, next(clear, place.rank) - 0.2)
        last = self.n * (1 - (width(text, canvas.TEXT, bold=True) + 8) / room)
        at = min(first, last)
        axes.plot([place.rank - 0.5, at], [share, low + 2], color=canvas.VERMILLION, lw=0.8)
        axes.text(
            at,
            low,
            text,
            color=canvas.VERMILLION,
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9},
        )

    def _share(self, place: Place) -> str:
        return self.captions.percent((place.share * 100).quantize(TENTH))


def _say(axes: Axes, at: tuple[float, float], text: str, *, va: str) -> None:
    axes.text(
        *at,
        canvas.words(text),
        transform=axes.transAxes,
        va=va,
        color=canvas.MUTED,
        fontsize=canvas.SMALL,
    )
