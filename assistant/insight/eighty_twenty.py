"""The 80/20 list: the smallest set of accounts that reaches most of the revenue.

The true k of N is computed and printed; nothing assumes that 20 % of the accounts are enough.
Concentration is the Herfindahl-Hirschman index, the sum of squared shares (0 to 1). Companies
that belong together count together: a subsidiary's revenue is its topmost visible parent's.

Source of the idea: the Pareto principle as sales management uses it; the flags are our defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Finding, Input
from assistant.insight.evidence import computed
from assistant.insight.figures import counted
from assistant.thresholds import Thresholds
from knowledge.records import Portfolio, Position
from knowledge.records.ranking import Profile, Rank, rank_portfolio

RULE = "eighty_twenty"


@dataclass(frozen=True)
class Place:
    """Where one account (with its subsidiaries) stands. `share` and `reached` are 0 to 1."""

    account_id: str
    name: str
    rank: int
    revenue: Decimal
    share: Decimal
    reached: Decimal
    core: bool


@dataclass(frozen=True)
class Standing:
    """A portfolio's accounts by revenue of the last twelve months, largest first."""

    as_of: date
    currency: str
    total: Decimal
    places: tuple[Place, ...]
    members: Mapping[str, str]

    @property
    def core(self) -> tuple[Place, ...]:
        """The core list."""
        return tuple(place for place in self.places if place.core)

    def place_of(self, account_id: str) -> Place | None:
        """The place of an account, or of the group it belongs to."""
        group = self.members.get(account_id, account_id)
        return next((place for place in self.places if place.account_id == group), None)

    @property
    def concentration(self) -> Decimal:
        """The Herfindahl-Hirschman index, 0 to 1."""
        return sum((place.share**2 for place in self.places), Decimal(0)).quantize(Decimal("0.001"))


def standing(portfolio: Portfolio, thresholds: Thresholds) -> Standing:
    """Rank a portfolio; accounts without revenue are counted in N but hold no place in the core."""
    ranking = rank_portfolio(portfolio)
    names = {holding.account.id: holding.account.name for holding in portfolio.holdings}
    places = tuple(
        _place(names[rank.customer_id], rank, ranking.profile, thresholds)
        for rank in ranking.ranks.values()
    )
    total, currency = ranking.profile.total, portfolio.catalogue.currency
    return Standing(portfolio.as_of, currency, total, places, ranking.customer_of)


def place_in(position: Position, thresholds: Thresholds) -> Place:
    """The place of one customer, as `standing` gives it, without the others."""
    return _place(position.name, position.rank, position.profile, thresholds)


def _place(name: str, rank: Rank, profile: Profile, thresholds: Thresholds) -> Place:
    total = profile.total
    return Place(
        account_id=rank.customer_id,
        name=name,
        rank=rank.rank,
        revenue=rank.revenue,
        share=rank.revenue / total if total else Decimal(0),
        reached=rank.reached / total if total else Decimal(0),
        core=rank.rank <= profile.core_size(thresholds.core_share),
    )


def eighty_twenty(portfolio: Portfolio, thresholds: Thresholds) -> Finding:
    """The portfolio's core list, concentration and dependence.

    Outcome: `dependent` (one account above `dependence_top1` or five above `dependence_top5`),
    `balanced`, or `unknown` without revenue.
    """
    order = standing(portfolio, thresholds)
    if not order.total:
        return Finding(RULE, "portfolio", "unknown", confidence=0.0)
    largest = [
        _share_of_largest(order, count, limit)
        for count, limit in ((1, thresholds.dependence_top1), (5, thresholds.dependence_top5))
    ]
    top1, top5 = (Decimal(str(evidence.value)) for evidence in largest)
    dependent = top1 > thresholds.dependence_top1 or top5 > thresholds.dependence_top5
    return Finding(
        rule=RULE,
        subject="portfolio",
        outcome="dependent" if dependent else "balanced",
        values={
            "k": len(order.core),
            "n": len(order.places),
            "core": tuple(place.name for place in order.core),
            "top1": top1,
            "top5": top5,
            "hhi": order.concentration,
            "total": order.total,
        },
        evidence=(_core_evidence(order, thresholds), *largest, *_whole(order)),
        thresholds={
            "core_share": thresholds.core_share,
            "dependence_top1": thresholds.dependence_top1,
            "dependence_top5": thresholds.dependence_top5,
        },
    )


def place_evidence(position: Position, thresholds: Thresholds) -> Evidence:
    """A customer's share of the portfolio, from its own revenue and the portfolio's total."""
    rank, profile = position.rank, position.profile
    currency = position.book.catalogue.currency
    return computed(
        f"share:{rank.customer_id}:{position.as_of}",
        title=(
            f"{position.name} in the portfolio of {profile.customers} customers, "
            f"twelve months to {position.as_of}"
        ),
        value=_percent(rank.revenue, profile.total),
        unit="%",
        formula="round(revenue / total * 100, 1)",
        inputs=[
            Input("revenue", rank.revenue, (), currency),
            Input("total", profile.total, (), currency),
            Input("rank", rank.rank),
            Input("customers", profile.customers),
            Input("core", profile.core_size(thresholds.core_share)),
            Input("core_share", thresholds.core_share, (), "%"),
        ],
        as_of=position.as_of,
    )


def _share_of_largest(order: Standing, count: int, limit: int) -> Evidence:
    """What the largest customers bring together, in per cent of the portfolio."""
    first = order.places[:count]
    bought = sum((place.revenue for place in first), Decimal(0))
    return computed(
        f"largest:{count}:{order.as_of}",
        title=f"The largest {count} of {len(order.places)} customers",
        value=_percent(bought, order.total),
        unit="%",
        formula="round(sum(revenue) / total * 100, 1)",
        inputs=[
            *(Input("revenue", place.revenue, (), order.currency) for place in first),
            Input("total", order.total, (), order.currency),
            Input("limit", limit, (), "%"),
        ],
        as_of=order.as_of,
    )


def _whole(order: Standing) -> tuple[Evidence, ...]:
    """How many customers there are, what they bring together, and how concentrated that is."""
    revenue = [Input("revenue", place.revenue, (), order.currency) for place in order.places]
    squares = [Input("square", place.share**2) for place in order.places]
    about = f"Portfolio of {len(order.places)} customers, twelve months to {order.as_of}"
    return (
        counted(
            f"customers:{order.as_of}",
            title=about,
            item="revenue",
            inputs=revenue,
            unit="customers",
            as_of=order.as_of,
        ),
        computed(
            f"total:{order.as_of}",
            title=about,
            value=order.total,
            unit=order.currency,
            formula="sum(revenue)",
            inputs=revenue,
            as_of=order.as_of,
        ),
        computed(
            f"concentration:{order.as_of}",
            title=f"{about}: Herfindahl-Hirschman index",
            value=order.concentration,
            formula="round(sum(square), 3)",
            inputs=squares,
            as_of=order.as_of,
        ),
    )


def _core_evidence(order: Standing, thresholds: Thresholds) -> Evidence:
    return computed(
        f"core:{order.as_of}",
        title=f"Portfolio of {len(order.places)} customers, twelve months to {order.as_of}",
        value=len(order.core),
        unit="accounts",
        formula="count(core)",
        inputs=[
            *(Input("core", place.revenue, (), order.currency) for place in order.core),
            Input("share", thresholds.core_share, (), "%"),
            Input("customers", len(order.places)),
        ],
        as_of=order.as_of,
    )


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.1")) if whole else Decimal(0)
