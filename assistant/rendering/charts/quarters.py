"""Revenue by quarter, with the touches of the same quarters under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.claims import Finding
from assistant.insight.decline import Period
from assistant.insight.figures import number
from assistant.insight.periods import Window, window
from assistant.insight.revenue import total
from assistant.rendering.captions import Captions, captions
from assistant.rendering.charts import canvas
from assistant.rendering.charts.messages import months_of, revenue_message
from assistant.rendering.figure import Figure
from knowledge.records import AccountFile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAME = "revenue"
QUARTERS = 12
_QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Quarter:
    """Three months that end on the day of the month we look from."""

    span: Window
    revenue: Decimal
    touches: int


def revenue_by_quarter(
    file: AccountFile, revenue: Finding, decline: Finding | None = None, *, language: str = "en"
) -> Figure | None:
    """The last 36 months; the falling stretch is marked when decline holds.

    None when there was no revenue in them. A row of revenue in a currency without a rate is left
    out, as everywhere.
    """
    quarters = quarters_of(file)
    if not any(quarter.revenue for quarter in quarters):
        return None
    falls = _falls(decline)
    chart = _Chart(file, quarters, falls, captions(language))
    title = revenue_message(file, revenue, falls, chart.captions)
    return canvas.drawn(NAME, title, chart, about=file.account.id)


def quarters_of(file: AccountFile) -> tuple[Quarter, ...]:
    """The twelve quarters to the day we look from, oldest first."""
    spans = [
        window(file.as_of, _QUARTER_MONTHS, back=_QUARTER_MONTHS * age)
        for age in reversed(range(QUARTERS))
    ]
    days = [touch.occurred_at.date() for touch in file.touches if touch.occurred_at]
    return tuple(
        Quarter(
            span,
            number(total(file, span, NAME)) or Decimal(0),
            sum(1 for day in days if day in span),
        )
        for span in spans
    )


def _falls(decline: Finding | None) -> tuple[Period, ...]:
    """The periods that fell in a row up to today, latest first; none unless decline holds."""
    if decline is None or decline.outcome != "declining":
        return ()
    return tuple(takewhile(lambda period: period.fell, decline.values["periods"]))


class _Chart:
    """The chart of one account: two panels over one row of quarters."""

    height = 235

    def __init__(
        self,
        file: AccountFile,
        quarters: tuple[Quarter, ...],
        falls: tuple[Period, ...],
        said: Captions,
    ) -> None:
        self.quarters = quarters
        self.falls = falls
        self.captions = said
        self.scale = canvas.scale_of(max(quarter.revenue for quarter in quarters))
        self.unit = canvas.unit(self.scale, file.catalogue.currency, said)
        self.calendar = _ends_quarter(file.as_of)

    @property
    def alt(self) -> str:
        """The chart in words."""
        said = self.captions
        shown = ((self._name(q), self._amount(q.revenue), q.touches) for q in self.quarters)
        revenue, touches = [], []
        for name, amount, count in shown:
            revenue.append(f"{name} {amount}")
            touches.append(str(count))
        text = said.text(
            "revenue.alt",
            unit=self.unit,
            revenue="; ".join(revenue),
            touches=", ".join(touches),
        )
        changes = [self._told(period) for period in reversed(self.falls) if period.change]
        return (
            f"{text} {said.text('revenue.alt_fell', changes='; '.join(changes))}"
            if (changes)
            else text
        )

    def paint(self, sheet: Sheet) -> None:
        """Draw both panels."""
        upper, lower = sheet.subplots(
            2, 1, sharex=True, gridspec_kw={"height_ratios": (3.4, 1), "hspace": 0.5}
        )
        sheet.subplots_adjust(left=0.015, right=0.985, top=0.92, bottom=0.13)
        self._paint_revenue(upper)
        self._paint_touches(lower)

    def _paint_revenue(self, axes: Axes) -> None:
        amounts = [float(quarter.revenue) for quarter in self.quarters]
        fell = [self._in_fall(quarter) for quarter in self.quarters]
        bars = axes.bar(
            [at + 0.5 for at in range(len(amounts))],
            amounts,
            width=0.74,
            color=[canvas.VERMILLION if falling else canvas.BLUE for falling in fell],
        )
        for bar, falling in zip(bars, fell, strict=True):
            bar.set_hatch("///" if falling else "")
        for at, quarter in enumerate(self.quarters):
            axes.annotate(
                self._amount(quarter.revenue),
                (at + 0.5, max(0.0, amounts[at])),
                xytext=(0, 2.5),
                textcoords="offset points",
                ha="center",
                fontsize=canvas.SMALL,
            )
        top = max(*amounts, 1e-9)
        axes.set(xlim=(0, QUARTERS), ylim=(min(0.0, *amounts) * 1.1, top * 1.34), yticks=[])
        key = "revenue.axis" if self.calendar else "revenue.axis_days"
        _caption(axes, self.captions.text(key, unit=self.unit))
        self._paint_falls(axes, top * 1.2)

    def _paint_falls(self, axes: Axes, height: float) -> None:
        told = [period for period in self.falls if period.change]
        if not told:
            return
        for period in told:
            months = months_of(period)
            end = QUARTERS - self.falls.index(period) * months / _QUARTER_MONTHS
            start = max(0.0, end - months / _QUARTER_MONTHS)
            if start >= end:
                continue
            axes.plot([start + 0.14, end - 0.14], [height, height], color=canvas.INK, lw=1)
            axes.annotate(
                self._change(period),
                ((start + end) / 2, height),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                fontweight="bold",
            )
        axes.text(
            1,
            1.05,
            canvas.words(self.captions.text("revenue.against", months=months_of(told[0]))),
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            color=canvas.MUTED,
            fontsize=canvas.SMALL,
        )

    def _paint_touches(self, axes: Axes) -> None:
        counts = [quarter.touches for quarter in self.quarters]
        middles = [at + 0.5 for at in range(len(counts))]
        axes.bar(middles, counts, width=0.74, color="#9aa5b1")
        for at, count in zip(middles, counts, strict=True):
            axes.annotate(
                str(count),
                (at, count),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=canvas.SMALL,
            )
        axes.set(ylim=(0, max(*counts, 1) * 1.5), yticks=[], xticks=middles)
        axes.set_xticklabels([self._tick(at) for at in range(QUARTERS)], fontsize=canvas.SMALL)
        _caption(axes, self.captions.text("revenue.touches"))

    def _in_fall(self, quarter: Quarter) -> bool:
        return any(period.start <= quarter.span.end <= period.end for period in self.falls)

    def _amount(self, amount: Decimal) -> str:
        return canvas.figures(amount, self.scale, self.captions)

    def _change(self, period: Period) -> str:
        return self.captions.change(number(period.change) or Decimal(0))

    def _told(self, period: Period) -> str:
        return self.captions.text(
            "revenue.alt_change",
            change=self._change(period),
            months=months_of(period),
            day=self.captions.day(period.end),
        )

    def _name(self, quarter: Quarter) -> str:
        """The quarter in the alternative text."""
        return self._short(quarter) + f" {quarter.span.end.year}"

    def _short(self, quarter: Quarter) -> str:
        end = quarter.span.end
        if self.calendar:
            return self.captions.quarter(end.month // _QUARTER_MONTHS)
        return self.captions.short_day(end)

    def _tick(self, at: int) -> str:
        """The quarter under its column, with the year where one begins."""
        quarter, end = self.quarters[at], self.quarters[at].span.end
        opens = at == 0 or self.quarters[at - 1].span.end.year != end.year
        name = canvas.words(self._short(quarter))
        return f"{name}\n{end.year}" if opens else name


def _ends_quarter(day: date) -> bool:
    return window(day, _QUARTER_MONTHS).start.day == 1 and day.month % _QUARTER_MONTHS == 0


def _caption(axes: Axes, text: str) -> None:
    axes.text(
        0,
        1.05,
        canvas.words(text),
        transform=axes.transAxes,
        va="bottom",
        color=canvas.MUTED,
        fontsize=canvas.SMALL,
    )
