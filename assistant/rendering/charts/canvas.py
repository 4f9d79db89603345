"""The sheet every chart is drawn on: one width, one font, colours that everybody can tell apart.

A sheet is 160 mm wide and has 1440 pixels across: twice the width of a picture in Slack, and
sharp in print. Colours are those of Okabe and Ito; none carries a meaning alone. The same data
gives the same bytes, whatever a machine's own matplotlib settings say.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.rendering.captions import Captions
from assistant.rendering.figure import Figure
from assistant.rendering.measure import drawable
from assistant.rendering.plain import legal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

WIDTH_MM = 160
PIXELS = 1440
#: The width in points, the unit in which charts think.
POINTS = WIDTH_MM / 25.4 * 72

INK, MUTED, RULE, SHADE = "#1f2933", "#5b6673", "#cfd6dd", "#f3f5f7"
BLUE, SKY, ORANGE, VERMILLION, GREEN = "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#009e73"
TEXT, SMALL = 8.5, 7.5

_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "hatch.color": "white",
    "hatch.linewidth": 1.2,
    "savefig.facecolor": "white",
}
#: matplotlib's settings belong to the process, so one chart is drawn at a time.
_DRAWING = Lock()

Scale = Literal["ones", "thousands", "millions"]
#: The least amount that is told in a scale.
_FROM: dict[Scale, int] = {"millions": 1_000_000, "thousands": 10_000, "ones": 0}
_DIVISORS: dict[Scale, int] = {"ones": 1, "thousands": 1_000, "millions": 1_000_000}


class Chart(Protocol):
    """What can be painted on a sheet."""

    @property
    def height(self) -> float:
        """In points."""

    @property
    def alt(self) -> str:
        """The chart in words."""

    def paint(self, sheet: Sheet, /) -> None:
        """Draw it."""


def drawn(name: str, title: str, chart: Chart, *, about: str = "") -> Figure:
    """A chart as it stands with a section; `about` is the id of the account it is about."""
    return Figure(name, title, chart.alt, draw(chart.height, chart.paint), WIDTH_MM, about)


def draw(height: float, paint: Callable[[Sheet], None]) -> bytes:
    """A chart as PNG; `height` is in points."""
    import matplotlib.style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Sheet

    with _DRAWING, matplotlib.style.context(["default", _STYLE]):
        sheet = Sheet(figsize=(POINTS / 72, height / 72), dpi=PIXELS / (POINTS / 72))
        FigureCanvasAgg(sheet)
        paint(sheet)
        png = BytesIO()
        sheet.savefig(png, format="png", metadata={"Software": None})
    return png.getvalue()


def paper(sheet: Sheet, height: float) -> Axes:
    """Axes over the whole sheet that measure in points from its top left corner."""
    axes = sheet.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, POINTS), ylim=(height, 0))
    axes.axis("off")
    return axes


def words(text: str) -> str:
    """Text as a chart can show it."""
    return drawable(legal(text))


def scale_of(largest: Decimal) -> Scale:
    """In what amounts are told, so that the largest has few digits before its point."""
    size = abs(largest)
    return next(scale for scale, least in _FROM.items() if size >= least)


def figures(amount: Decimal, scale: Scale, captions: Captions) -> str:
    """An amount in a scale, without its unit."""
    return captions.number(amount / _DIVISORS[scale], 2 if scale == "millions" else 0)


def money(amount: Decimal, currency: str, captions: Captions) -> str:
    """An amount with its unit, as a title says it."""
    scale = scale_of(amount)
    shown = figures(amount, scale, captions)
    return captions.text(f"unit.amount_{scale}", figure=shown, currency=currency)


def unit(scale: Scale, currency: str, captions: Captions) -> str:
    """What the amounts of a chart are told in: `EUR million`."""
    return captions.text(f"unit.{scale}", currency=currency)
