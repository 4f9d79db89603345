"""What-ifs: the portfolio's own rules on altered inputs. Nothing here forecasts anything.

A customer leaves (with its subsidiaries), or its revenue of twelve months changes by some per
cent; then the 80/20 list, dependence, concentration and the nurture list are computed anew by
the same rules. Source: practice of portfolio reviews; the answer is arithmetic, not a prediction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.claims import Evidence, Finding, Input
from assistant.insight.eighty_twenty import eighty_twenty, standing
from assistant.insight.evidence import computed
from assistant.insight.nurture import nurture
from assistant.thresholds import Thresholds
from knowledge.records import Holding, Portfolio

RULE = "what_if"
_YEAR = range(12)
_ALL = Decimal(100)


@dataclass(frozen=True)
class Leaves:
    """A customer buys nothing any more and is no customer any more."""

    account_id: str
    name: str


@dataclass(frozen=True)
class Grows:
    """A customer's revenue of twelve months changes by `percent`; below zero it shrinks."""

    account_id: str
    name: str
    percent: Decimal


Change = Leaves | Grows


@dataclass(frozen=True)
class Shape:
    """A portfolio in a few figures. `top1` and `top5` are per cent, `hhi` is 0 to 1."""

    total: Decimal
    k: int
    n: int
    top1: Decimal
    top5: Decimal
    hhi: Decimal
    outcome: str
    largest: str
    core: tuple[str, ...]
    nurture: tuple[str, ...]


def members(portfolio: Portfolio, account_id: str) -> tuple[Holding, ...]:
    """The accounts that go when an account goes: itself and all that belongs to it."""
    parents = {h.account.id: h.account.parent_id for h in portfolio.holdings}

    def belongs(one: str) -> bool:
        seen: set[str] = set()
        at: str | None = one
        while at in parents and at not in seen:
            if at == account_id:
                return True
            seen.add(at)
            at = parents[at]
        return False

    return tuple(h for h in portfolio.holdings if belongs(h.account.id))


def leave(portfolio: Portfolio, account_id: str) -> Portfolio:
    """The portfolio without an account and its subsidiaries."""
    gone = {holding.account.id for holding in members(portfolio, account_id)}
    kept = tuple(h for h in portfolio.holdings if h.account.id not in gone)
    return replace(portfolio, holdings=kept)


def join(portfolio: Portfolio, holdings: Iterable[Holding]) -> Portfolio:
    """The portfolio with some accounts (again), in order of name."""
    known = {holding.account.id: holding for holding in (*portfolio.holdings, *holdings)}
    ordered = sorted(known.values(), key=lambda h: (h.account.name, h.account.id))
    return replace(portfolio, holdings=tuple(ordered))


def grow(portfolio: Portfolio, account_id: str, percent: Decimal) -> Portfolio:
    """The portfolio with an account's last twelve months changed by some per cent."""
    mine = {holding.account.id for holding in members(portfolio, account_id)}
    factor = max(Decimal(0), (_ALL + percent) / _ALL)
    return replace(
        portfolio,
        holdings=tuple(
            _scaled(holding, factor) if holding.account.id in mine else holding
            for holding in portfolio.holdings
        ),
    )


def altered(portfolio: Portfolio, changes: Iterable[Change]) -> Portfolio:
    """The portfolio after some changes, one after the other."""
    for change in changes:
        if isinstance(change, Leaves):
            portfolio = leave(portfolio, change.account_id)
        else:
            portfolio = grow(portfolio, change.account_id, change.percent)
    return portfolio


def what_if(portfolio: Portfolio, changes: Sequence[Change], thresholds: Thresholds) -> Finding:
    """What the rules about a portfolio would say if some things were otherwise.

    Outcome: `changed`, `unchanged` (every figure stays), or `unknown` when there would be no
    revenue, before or after. Values: `before` and `after` (a `Shape` each) and `changes`.
    Evidence: each changed input, then the altered figures; `against` holds those of today.
    """
    after = altered(portfolio, changes)
    now, then = eighty_twenty(portfolio, thresholds), eighty_twenty(after, thresholds)
    if not now.known or not then.known:
        return Finding(RULE, "portfolio", "unknown", {"changes": tuple(changes)}, confidence=0.0)
    listed = nurture(after, thresholds).values.get("listed", ())
    projected = [seedling.projection for seedling in listed]
    shapes = (shape(portfolio, thresholds), shape(after, thresholds))
    return Finding(
        rule=RULE,
        subject="portfolio",
        outcome="unchanged" if shapes[0] == shapes[1] else "changed",
        values={"changes": tuple(changes), "before": shapes[0], "after": shapes[1]},
        evidence=(
            *(changed_input(portfolio, change) for change in changes),
            *(supposed(evidence) for evidence in (*then.evidence, *projected)),
        ),
        against=now.evidence,
        thresholds=now.thresholds,
    )


def shape(portfolio: Portfolio, thresholds: Thresholds) -> Shape:
    """A portfolio with revenue in a few figures."""
    found = eighty_twenty(portfolio, thresholds)
    listed = nurture(portfolio, thresholds).values.get("listed", ())
    values = found.values
    return Shape(
        total=values["total"],
        k=values["k"],
        n=values["n"],
        top1=values["top1"],
        top5=values["top5"],
        hhi=values["hhi"],
        outcome=found.outcome,
        largest=standing(portfolio, thresholds).places[0].name,
        core=values["core"],
        nurture=tuple(seedling.name for seedling in listed),
    )


def changed_input(portfolio: Portfolio, change: Change) -> Evidence:
    """The input a what-if changes: revenue of twelve months as it is, and as it is supposed."""
    revenue = sum(
        (portfolio.revenue(h, 0, 11) for h in members(portfolio, change.account_id)), Decimal(0)
    )
    percent = -_ALL if isinstance(change, Leaves) else max(change.percent, -_ALL)
    currency = portfolio.catalogue.currency
    return computed(
        f"what_if_input:{change.account_id}:{percent}:{portfolio.as_of}",
        title=f"What if: revenue of twelve months, {change.name}",
        value=(revenue * (_ALL + percent) / _ALL).quantize(Decimal("0.01")),
        unit=currency,
        formula="round(revenue * (100 + percent) / 100, 2)",
        inputs=[Input("revenue", revenue, (), currency), Input("percent", percent, (), "%")],
        as_of=portfolio.as_of,
    )


def supposed(evidence: Evidence) -> Evidence:
    """A figure of the altered portfolio, which nobody may take for one of the real one."""
    name = evidence.ref.partition(":")[2]
    return replace(evidence, ref=f"computed:what_if_{name}", title=f"What if: {evidence.title}")


def _scaled(holding: Holding, factor: Decimal) -> Holding:
    months = {
        age: {code: amount * factor for code, amount in amounts.items()}
        if age in _YEAR
        else amounts
        for age, amounts in holding.months.items()
    }
    return replace(holding, months=months)
