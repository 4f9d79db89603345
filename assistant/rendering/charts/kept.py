"""Promises by the quarter they were due in: kept in time, kept late, still overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.insight.periods import Window, window
from assistant.insight.promises import Promise
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAME = "promises"
QUARTERS = 4
_MONTHS = 3
_STATES = ("kept", "late", "overdue")
#: Colour and hatch of a state: neither alone says which it is.
_LOOKS = {
    "kept": (canvas.BLUE, ""),
    "late": (canvas.ORANGE, ".."),
    "overdue": (canvas.VERMILLION, "//"),
}


def promises_kept(owed: Sequence[Promise], as_of: date, *, language: str = "en") -> Figure | None:
    """Promises and requests that fell due in the last four quarters, by what became of them.

    None where nothing fell due.
    """
    chart = _Chart(owed, as_of, captions(language))
    if not chart.settled:
        return None
    return canvas.drawn(NAME, chart.title, chart)


class _Chart:
    """A column for every quarter, in three parts."""

    height = 225

    def __init__(self, owed: Sequence[Promise], as_of: date, said: Captions) -> None:
        self.captions = said
        self.spans = [window(as_of, _MONTHS, back=_MONTHS * age) for age in range(QUARTERS)][::-1]
        self.counts = {
            state: [sum(_fell(one, span, state) for one in owed) for span in self.spans]
            for state in _STATES
        }
        self.settled = sum(sum(counts) for counts in self.counts.values())

    @property
    def title(self) -> str:
        """How many of those due were kept in time."""
        kept = sum(self.counts["kept"])
        return self.captions.text("kept.title", kept=kept, total=self.settled)

    @property
    def alt(self) -> str:
        """The chart in words."""
        told = "; ".join(
            self.captions.text(
                "kept.alt_quarter",
                day=self.captions.day(span.end),
                **{state: self.counts[state][at] for state in _STATES},
            )
            for at, span in enumerate(self.spans)
        )
        return self.captions.text("kept.alt", quarters=told)

    def paint(self, sheet: Sheet) -> None:
        """Draw the columns."""
        axes = sheet.add_axes((0.03, 0.2, 0.94, 0.64))
        highest = max(sum(counts[at] for counts in self.counts.values()) for at in range(QUARTERS))
        axes.set(xlim=(-0.6, QUARTERS - 0.4), ylim=(0, highest * 1.08))
        axes.set_yticks([])
        axes.set_xticks([])
        below = [0] * QUARTERS
        for state in _STATES:
            self._paint_state(axes, state, below)
            below = [low + add for low, add in zip(below, self.counts[state], strict=True)]
        for at, span in enumerate(self.spans):
            told = self.captions.text(
                "kept.quarter",
                start=self.captions.short_day(span.start),
                end=self.captions.short_day(span.end),
            )
            axes.text(at, -highest * 0.04, canvas.words(told), ha="center", va="top")
        self._key(sheet)

    def _paint_state(self, axes: Axes, state: str, below: list[int]) -> None:
        colour, hatch = _LOOKS[state]
        counts = self.counts[state]
        axes.bar(range(QUARTERS), counts, bottom=below, width=0.62, color=colour, hatch=hatch, lw=0)
        for at, count in enumerate(counts):
            if count:
                axes.text(
                    at,
                    below[at] + count / 2,
                    str(count),
                    ha="center",
                    va="center",
                    fontweight="bold",
                    fontsize=canvas.TEXT + 2,
                    color="white" if not hatch else canvas.INK,
                    bbox=None
                    if not hatch
                    else {"facecolor": "white", "edgecolor": "none", "pad": 1.4},
                )

    def _key(self, sheet: Sheet) -> None:
        """What the colours mean."""
        from matplotlib.patches import Patch

        patches = [
            Patch(
                facecolor=_LOOKS[state][0],
                hatch=_LOOKS[state][1],
                edgecolor="white",
                label=canvas.words(self.captions.text(f"kept.{state}")),
            )
            for state in _STATES
        ]
        sheet.legend(
            handles=patches, loc="upper left", ncols=len(_STATES), frameon=False, handleheight=1.1
        )


def _fell(one: Promise, span: Window, state: str) -> bool:
    return one.due_on is not None and one.due_on in span and one.status == state
