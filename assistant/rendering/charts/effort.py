"""Time against tier: touches of twelve months beside what each tier's rhythm asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.insight.figures import number
from assistant.insight.team_time import AccountTime, TierTime, tier_times
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.figure import Figure
from assistant.rendering.plain import legal

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

NAME = "time"
_TOP, _ROW, _FOOT = 24.0, 50.0, 8.0
_LABELS = 110.0
_FIGURES = 128.0


def time_against_tier(
    times: Iterable[AccountTime], as_of: date, *, language: str = "en"
) -> Figure | None:
    """A bar of touches for every tier, with a mark where its rhythm wants it to end.

    None without a touch in twelve months.
    """
    tiers = tier_times(times, as_of)
    if not any(_count(tier) for tier in tiers):
        return None
    chart = _Chart(tiers, captions(language))
    return canvas.drawn(NAME, chart.title, chart)


class _Chart:
    """One row a tier."""

    def __init__(self, tiers: tuple[TierTime, ...], said: Captions) -> None:
        self.tiers = sorted(tiers, key=lambda tier: -_part(tier))
        self.captions = said
        self.height = _TOP + _ROW * len(tiers) + _FOOT
        self.most = max(max(_count(tier), _asked(tier)) for tier in tiers)

    @property
    def title(self) -> str:
        """The tier that gets least of what it should, or that none is short."""
        worst = min(self.tiers, key=_part)
        if _part(worst) >= 1:
            return self.captions.text("effort.enough")
        return self.captions.text(
            "effort.short",
            tier=self._called(worst),
            touches=_count(worst),
            asked=_asked(worst),
        )

    @property
    def alt(self) -> str:
        """The chart in words."""
        told = "; ".join(
            self.captions.text(
                "effort.alt_tier",
                tier=self._called(tier),
                touches=_count(tier),
                asked=_asked(tier),
                hours=self._hours(tier),
            )
            for tier in self.tiers
        )
        return self.captions.text("effort.alt", tiers=told)

    def paint(self, sheet: Sheet) -> None:
        """Draw the bars."""
        from matplotlib.patches import Rectangle

        axes = canvas.paper(sheet, self.height)
        axes.text(
            2,
            11,
            canvas.words(self.captions.text("effort.axis")),
            color=canvas.MUTED,
            fontsize=canvas.SMALL,
        )
        room = canvas.POINTS - _LABELS - _FIGURES
        for at, tier in enumerate(self.tiers):
            top = _TOP + at * _ROW
            count, asked = _count(tier), _asked(tier)
            colour = canvas.VERMILLION if count < asked else canvas.BLUE
            name = canvas.words(self._called(tier))
            axes.text(2, top + 19, name, fontweight="bold", fontsize=canvas.TEXT + 1)
            accounts = self.captions.text("effort.accounts", count=len(tier.accounts))
            axes.text(2, top + 31, accounts, color=canvas.MUTED, fontsize=canvas.SMALL)
            axes.add_patch(
                Rectangle((_LABELS, top + 8), room * count / self.most, 24, color=colour)
            )
            mark = _LABELS + room * asked / self.most
            axes.plot([mark, mark], [top + 3, top + 37], color=canvas.INK, lw=2)
            told = self.captions.text("effort.told", touches=count, asked=asked)
            axes.text(
                canvas.POINTS - 2,
                top + 18,
                canvas.words(told),
                ha="right",
                fontweight="bold",
                fontsize=canvas.TEXT + 1,
                color=colour,
            )
            hours = self.captions.text("effort.hours", hours=self._hours(tier))
            axes.text(
                canvas.POINTS - 2,
                top + 30,
                canvas.words(hours),
                ha="right",
                fontsize=canvas.SMALL,
                color=canvas.MUTED,
            )

    def _called(self, tier: TierTime) -> str:
        return legal(tier.tier) or self.captions.text("effort.no_tier")

    def _hours(self, tier: TierTime) -> str:
        return self.captions.number(number(tier.hours) or Decimal(0))


def _count(tier: TierTime) -> int:
    return int(number(tier.touches) or 0)


def _asked(tier: TierTime) -> int:
    return int(number(tier.asked) or 0)


def _part(tier: TierTime) -> float:
    """What a tier gets of what its rhythm asks for."""
    return _count(tier) / _asked(tier) if _asked(tier) else 1.0
