"""The nurture list: customers outside the core whom trend and potential project into it.

Trend and potential are two witnesses, and the projection is their weighted mean. The trend is
linear through two half windows (the method of semi-averages), so that with 24 months a season
stands in both halves and is not taken for growth. A projection never passes the potential.

Source of the idea: potential should count beside present size (Sathoff 2007). Research is sober:
over half of those who became top customers had not been predicted, so a name here is a small bet
with a date. Prospects without revenue get an acquisition plan and are not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.claims import Evidence, Finding, Gist, Input, Quantity, Question
from assistant.insight.customers import Customer, customers
from assistant.insight.eighty_twenty import Standing, standing
from assistant.insight.evidence import computed
from assistant.insight.figures import CENT, cited, number
from assistant.thresholds import Thresholds
from knowledge.records import Portfolio

RULE = "nurture"

Witness = Literal["trend", "potential", "both"]


@dataclass(frozen=True)
class Seedling:
    """A customer outside the core with its projection, in our currency a year.

    `line` is the revenue of the smallest core customer; `witness` says which of trend and
    potential alone would cross it (`both` where it takes the two together).
    """

    account_id: str
    name: str
    revenue: Decimal
    projection: Evidence
    trend: Evidence | None
    potential: Evidence | None
    line: Decimal
    witness: Witness
    owner: str | None

    @property
    def projected(self) -> Decimal:
        """The projected revenue of a year."""
        return number(self.projection) or Decimal(0)

    @property
    def crosses(self) -> bool:
        """Whether the projection reaches the core."""
        return self.projected >= self.line


def nurture(portfolio: Portfolio, thresholds: Thresholds) -> Finding:
    """The customers to nurture, largest projection first.

    Outcome: `listed`, `empty`, or `unknown` in a portfolio without revenue. Values: `listed` and
    `candidates` (every customer outside the core), `line` in our currency. Confidence is the
    share of candidates whose potential is on record.
    """
    order = standing(portfolio, thresholds)
    if not order.core:
        asked = Question("revenue", Gist("question.customers", day=order.as_of))
        return Finding(RULE, "portfolio", "unknown", confidence=0.0, questions=(asked,))
    line = _line(order)
    seedlings = _seedlings(portfolio, order, thresholds)
    listed = tuple(each for each in seedlings if each.crosses)
    known = [each for each in seedlings if each.potential is not None]
    return Finding(
        rule=RULE,
        subject="portfolio",
        outcome="listed" if listed else "empty",
        values={"listed": listed, "candidates": seedlings, "line": line.value},
        evidence=(line, *(each.projection for each in listed)),
        against=tuple(each.trend for each in listed if each.trend and each.witness == "potential"),
        confidence=round(len(known) / len(seedlings), 2) if seedlings else 1.0,
        would_change=_would_change(seedlings, portfolio.catalogue.currency),
        thresholds={
            "core_share": thresholds.core_share,
            "nurture_months": thresholds.nurture_months,
            "nurture_potential": thresholds.nurture_potential,
        },
        questions=_questions(seedlings),
    )


def _line(order: Standing) -> Evidence:
    return computed(
        f"core_line:{order.as_of}",
        title=f"Revenue of the smallest of {len(order.core)} core customers",
        value=order.core[-1].revenue,
        unit=order.currency,
        formula="min(core)",
        inputs=[Input("core", place.revenue, (), order.currency) for place in order.core],
        as_of=order.as_of,
    )


def _seedlings(
    portfolio: Portfolio, order: Standing, thresholds: Thresholds
) -> tuple[Seedling, ...]:
    line = order.core[-1].revenue
    found = [
        _seedling(customer, line, thresholds)
        for customer in customers(portfolio, order)
        if not customer.place.core and customer.place.revenue > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.projected, each.name, each.account_id)))


def _seedling(customer: Customer, line: Decimal, thresholds: Thresholds) -> Seedling:
    place, users = customer.place, customer.portfolio.catalogue.users
    top = (h.account for h in customer.holdings if h.account.id == place.account_id)
    owner = users.get(next((account.owner_id for account in top), None) or "")
    trend, most = _trend(customer, thresholds), customer.sum_of("potential")
    heading = number(trend) if trend else place.revenue
    return Seedling(
        account_id=place.account_id,
        name=place.name,
        revenue=place.revenue,
        projection=_projection(customer, trend, most, thresholds),
        trend=trend,
        potential=most,
        line=line,
        witness=_witness(heading or Decimal(0), number(most), line),
        owner=owner.name if owner else None,
    )


def _trend(customer: Customer, thresholds: Thresholds) -> Evidence | None:
    """The next twelve months on the line through two half windows; None if the older is empty."""
    place, portfolio = customer.place, customer.portfolio
    half = thresholds.nurture_months // 2
    latest, before = (
        sum((portfolio.revenue(h, first, first + half - 1) for h in customer.holdings), Decimal(0))
        for first in (0, half)
    )
    if not before:
        return None
    months = Decimal(half)
    ahead = latest * 12 / months + (latest - before) * 12 * (6 + months / 2) / (months * months)
    money = portfolio.catalogue.currency
    return computed(
        f"trend:{place.account_id}:{portfolio.as_of}",
        title=f"{place.name}: linear trend of {2 * half} months, a year ahead",
        value=max(Decimal(0), ahead).quantize(CENT),
        unit=money,
        formula=(
            "round(max(0, latest * 12 / half + (latest - before) * 12 * (6 + half / 2)"
            " / (half * half)), 2)"
        ),
        inputs=[
            Input("latest", latest, (), money),
            Input("before", before, (), money),
            Input("half", half, (), "months"),
        ],
        as_of=portfolio.as_of,
    )


def _projection(
    customer: Customer, trend: Evidence | None, most: Evidence | None, thresholds: Thresholds
) -> Evidence:
    place, portfolio = customer.place, customer.portfolio
    money = portfolio.catalogue.currency
    heading = cited("trend", trend) if trend else Input("trend", place.revenue, (), money)
    ahead = number(trend) if trend is not None else place.revenue
    inputs, formula, value = [heading], "trend", ahead or Decimal(0)
    if most is not None:
        weight, cap = Decimal(thresholds.nurture_potential), number(most) or Decimal(0)
        inputs += [cited("potential", most), Input("weight", thresholds.nurture_potential, (), "%")]
        formula = "round(min(potential, (trend * (100 - weight) + potential * weight) / 100), 2)"
        value = min(cap, (value * (100 - weight) + cap * weight) / 100).quantize(CENT)
    return computed(
        f"projection:{place.account_id}:{portfolio.as_of}",
        title=f"{place.name}: projected revenue of a year",
        value=value,
        unit=money,
        formula=formula,
        inputs=inputs,
        as_of=portfolio.as_of,
    )


def _witness(trend: Decimal, most: Decimal | None, line: Decimal) -> Witness:
    if trend >= line and (most is None or most < line):
        return "trend"
    return "potential" if trend < line and most is not None and most >= line else "both"


def _would_change(seedlings: tuple[Seedling, ...], currency: str) -> Gist | None:
    """The customer nearest to the line, on either side of it."""
    if not seedlings:
        return None
    nearest = min(seedlings, key=lambda each: (abs(each.projected - each.line), each.name))
    gap = Quantity(abs(nearest.projected - nearest.line).quantize(CENT), currency)
    moved = "leaves" if nearest.crosses else "joins"
    return Gist(f"would_change.{moved}", account=nearest.name, gap=gap)


def _questions(seedlings: tuple[Seedling, ...]) -> tuple[Question, ...]:
    return tuple(
        Question("potential", Gist("question.potential", account=each.name), each.owner)
        for each in seedlings
        if each.potential is None
    )
