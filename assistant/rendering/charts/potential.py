"""Neglected potential: a customer's share of what is to win, beside its share of our touches."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.claims import Evidence
from assistant.insight.figures import number
from assistant.insight.neglected import Neglected
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.figure import Figure
from assistant.rendering.measure import clamped
from assistant.rendering.plain import legal

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

NAME = "potential"
MOST = 5
_TOP, _ROW, _FOOT, _LABELS = 24.0, 44.0, 6.0, 112.0


def potential_passed_by(listed: Sequence[Neglected], *, language: str = "en") -> Figure | None:
    """Two bars for each customer listed, most room first; None where nobody is."""
    if not listed:
        return None
    chart = _Chart(listed[:MOST], captions(language))
    return canvas.drawn(NAME, chart.title, chart)


class _Chart:
    """One row a customer."""

    def __init__(self, listed: Sequence[Neglected], said: Captions) -> None:
        self.listed, self.captions = listed, said
        self.height = _TOP + _ROW * len(listed) + _FOOT
        self.most = max(_share(one.room_share) for one in listed)

    @property
    def title(self) -> str:
        """The first of them, in a sentence."""
        return self._told("title", self.listed[0])

    @property
    def alt(self) -> str:
        """The chart in words."""
        told = "; ".join(self._told("alt_account", one) for one in self.listed)
        return self.captions.text("potential.alt", accounts=told)

    def paint(self, sheet: Sheet) -> None:
        """Draw the pairs."""
        from matplotlib.patches import Rectangle

        axes = canvas.paper(sheet, self.height)
        axis = canvas.words(self.captions.text("potential.axis"))
        axes.text(2, 11, axis, color=canvas.MUTED, fontsize=canvas.SMALL)
        room = canvas.POINTS - _LABELS - 175
        for at, one in enumerate(self.listed):
            top = _TOP + at * _ROW
            name = canvas.words(legal(one.name))
            lines = clamped(name, _LABELS - 8, canvas.TEXT + 1, 2, bold=True)
            for down, line in enumerate(lines):
                y = top + 21 + 11 * (down - (len(lines) - 1) / 2)
                axes.text(2, y, line, fontweight="bold", fontsize=canvas.TEXT + 1)
            pair = (
                ("room", one.room_share, canvas.BLUE),
                ("touches", one.touch_share, canvas.ORANGE),
            )
            for down, (key, share, colour) in enumerate(pair):
                long = room * float(_share(share) / self.most)
                low = top + 3 + 16 * down
                axes.add_patch(Rectangle((_LABELS, low), long, 13, color=colour))
                percent = self.captions.percent(_share(share))
                told = f"{percent} {self.captions.text(f'potential.{key}')}"
                axes.text(_LABELS + long + 5, low + 9.5, canvas.words(told), fontsize=canvas.SMALL)

    def _told(self, key: str, one: Neglected) -> str:
        return self.captions.text(
            f"potential.{key}",
            account=legal(one.name),
            room=self.captions.percent(_share(one.room_share)),
            touches=self.captions.percent(_share(one.touch_share)),
        )


def _share(evidence: Evidence) -> Decimal:
    return number(evidence) or Decimal(0)
