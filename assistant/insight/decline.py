"""Decline: an overlay that can meet any stage of the life cycle, and replaces none.

Source: research by interview suggests that business customers leave through a build-up of
events; the line drawn here, `decline_periods` falls in a row of `decline_percent` or more, is a
convention of ours that nobody has validated. Two falls, because one bad period is often a
shutdown or the end of a project.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, takewhile

from assistant.claims import Evidence, Finding, Gist, Quantity, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import recorded
from assistant.insight.figures import CENT, cited, counted, number
from assistant.insight.periods import window
from assistant.insight.revenue import amount, percent_change, total
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "decline"


@dataclass(frozen=True)
class Period:
    """Revenue of one period, in our currency, and its change against the one before, in %."""

    start: date
    end: date
    revenue: Evidence
    change: Evidence | None
    fell: bool


def decline(file: AccountFile, thresholds: Thresholds) -> Finding:
    """Whether revenue keeps falling, period after period.

    Outcome: `declining`; `one_fall` (the last period fell, but not enough of them in a row);
    `steady` (the last period did not fall); `unknown` when nothing was bought in the periods
    compared. Values: `periods`, latest first; `falls`, in a row up to today; `year_change` in %.
    """
    periods = _periods(file, thresholds)
    year = _year(file)
    falls = _falls(file, periods)
    declining = (number(falls) or 0) >= thresholds.decline_periods
    compared = any(period.change for period in periods)
    steps = [period.change for period in periods if period.change]
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(periods, declining=declining) if compared else "unknown",
        values={
            "periods": periods,
            "falls": falls.value,
            "year_change": year.value if year else None,
        },
        evidence=_evidence(falls, periods, year),
        against=_against(file, year, falling=periods[0].fell) if compared else (),
        confidence=len(steps) / len(periods),
        would_change=_would_change(file, periods, thresholds) if declining else None,
        thresholds={
            "decline_percent": thresholds.decline_percent,
            "decline_periods": thresholds.decline_periods,
            "period_months": thresholds.period_months,
        },
        questions=_questions(file, declining=declining, compared=compared),
    )


def _periods(file: AccountFile, thresholds: Thresholds) -> tuple[Period, ...]:
    """As many periods as falls are looked for, latest first, each beside the one before it."""
    months, count = thresholds.period_months, thresholds.decline_periods
    spans = [window(file.as_of, months, back=months * age) for age in range(count + 1)]
    sums = [total(file, span, "period") for span in spans]
    limit = 1 - Decimal(thresholds.decline_percent) / 100
    periods = []
    for age, (latest, earlier) in enumerate(pairwise(sums)):
        now, before = amount(latest), amount(earlier)
        # Nothing after nothing goes on falling: an account that stopped has not recovered.
        stopped = not now and not before and any(amount(older) for older in sums[age + 2 :])
        fell = stopped or (before > 0 and now <= before * limit)
        change = percent_change(latest, earlier) if before > 0 else None
        periods.append(Period(spans[age].start, spans[age].end, latest, change, fell))
    return tuple(periods)


def _falls(file: AccountFile, periods: tuple[Period, ...]) -> Evidence:
    running = list(takewhile(lambda period: period.fell, periods))
    return counted(
        f"falls:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: falling periods in a row to {file.as_of}",
        inputs=[cited("item", period.change or period.revenue) for period in running],
        unit="periods",
        as_of=file.as_of,
    )


def _year(file: AccountFile) -> Evidence | None:
    latest = total(file, window(file.as_of, 12), "revenue")
    before = total(file, window(file.as_of, 12, back=12), "revenue_before")
    return percent_change(latest, before) if amount(before) > 0 else None


def _evidence(
    falls: Evidence, periods: tuple[Period, ...], year: Evidence | None
) -> tuple[Evidence, ...]:
    """The latest change first; the year's is named too, whichever way it points."""
    shown = (*(p.change for p in periods), falls, *(p.revenue for p in periods), year)
    return tuple(evidence for evidence in shown if evidence is not None)


def _outcome(periods: tuple[Period, ...], *, declining: bool) -> str:
    if declining:
        return "declining"
    return "one_fall" if periods[0].fell else "steady"


def _against(file: AccountFile, year: Evidence | None, *, falling: bool) -> tuple[Evidence, ...]:
    """For a fall: a year that holds, and deals won lately. For no fall: deals lost lately."""
    lately = centre.closed_lately(file, "won" if falling else "lost")
    deals = (recorded(deal, "status") for deal in lately)
    holds = year is not None and (amount(year) >= 0) is falling
    return (*((year,) if year and holds else ()), *deals)


def _would_change(file: AccountFile, periods: tuple[Period, ...], thresholds: Thresholds) -> Gist:
    """The revenue of the last period above which it would not have been a fall."""
    latest, before = periods[0], periods[1] if len(periods) > 1 else None
    name, since = file.account.name, latest.start
    if before is None or not amount(before.revenue):
        return Gist("would_change.any_order", day=since, account=name)
    kept = 100 - thresholds.decline_percent
    line = (amount(before.revenue) * kept / 100).quantize(CENT)
    return Gist(
        "would_change.more_orders",
        day=since,
        line=Quantity(line, file.catalogue.currency),
        share=Quantity(kept, "%"),
        account=name,
    )


def _questions(file: AccountFile, *, declining: bool, compared: bool) -> tuple[Question, ...]:
    name = file.account.name
    if not compared:
        earlier = Gist("question.earlier", account=name)
        return (Question("revenue", earlier, centre.rep(file)),)
    if not declining:
        return ()
    return (Question("decline", Gist("question.less", account=name), centre.rep(file)),)
