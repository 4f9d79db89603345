"""The plan's figures: the account's place in the portfolio, and its revenue."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.claims import Claim, Evidence, Finding
from assistant.drafting.pen import Pen
from assistant.insight.eighty_twenty import place_evidence, place_in
from assistant.insight.evidence import recorded
from assistant.insight.study import Study
from knowledge.records import Position


def portfolio_claims(study: Study, position: Position | None, pen: Pen) -> Iterator[Claim]:
    """Where the account stands among those the reader may see, with the true k of N."""
    account, rules = study.file.account, study.thresholds
    if account.tier:
        yield pen.fact(
            "portfolio.tier", recorded(account, "tier"), account=account.name, tier=account.tier
        )
    if position is None or not position.profile.total:
        return
    place, evidence = place_in(position, rules), place_evidence(position, rules)
    if not place.revenue:
        yield pen.fact("portfolio.nothing", evidence, account=place.name)
        return
    yield pen.fact(
        "portfolio.core" if place.core else "portfolio.outside",
        evidence,
        account=_customer(position, pen),
        rank=place.rank,
        n=position.profile.customers,
        share=pen.percent(_percent(place.share)),
        k=position.profile.core_size(rules.core_share),
        core=pen.percent(rules.core_share),
        day=position.as_of,
    )
    cell = study["strategic_portfolio"]
    if cell.known:
        yield pen.inference(
            "portfolio.cell",
            *_behind(cell),
            cell=pen.word(f"cell.{cell.outcome}"),
            score=round(cell.values["score"]),
        )


def _customer(position: Position, pen: Pen) -> str:
    """The customer's name; of a group it says that the subsidiaries count with it."""
    alone = len(position.book.holdings) == 1
    return position.name if alone else pen.phrases.text("portfolio.group", account=position.name)


def _behind(cell: Finding) -> tuple[Evidence, ...]:
    """What puts an account into its cell: revenue, the line it is held against, and the score."""
    first = [e for e in cell.evidence if e.type == "computed"][:2]
    score = [e for e in cell.evidence if e.value == cell.values["score"] and e.unit == "points"]
    return (*first, *score)


def revenue_claims(study: Study, pen: Pen) -> Iterator[Claim]:
    """Twelve months against the twelve before."""
    found = study["revenue"]
    account, found_on = study.file.account.name, study.file.as_of
    latest, *rest = found.evidence
    basis = pen.phrases.text(f"revenue.basis_{study.file.catalogue.revenue_basis.split()[-1]}")
    if found.outcome == "none":
        yield pen.fact("revenue.none", latest, *rest[:1], account=account, day=found_on)
        return
    values = {"account": account, "latest": pen.money(found.values["latest"]), "basis": basis}
    if found.outcome == "new":
        values["before"] = pen.money(found.values["before"])
        yield pen.fact("revenue.new", latest, *rest[:1], day=found_on, **values)
        return
    before, change = rest
    direction = found.values["change"]
    key = "revenue.more" if direction > 0 else "revenue.less" if direction < 0 else "revenue.same"
    if direction:
        values["change"] = pen.percent(abs(direction))
    yield pen.fact(
        key,
        latest,
        before,
        change,
        day=found_on,
        before=pen.money(found.values["before"]),
        **values,
    )


def _percent(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal("0.1"))
