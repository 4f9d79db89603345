"""Where to invest and where to stop: the half of a decision that most plans leave out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from assistant.claims import Claim, Evidence
from assistant.drafting.brief import Brief
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt
from assistant.insight.figures import number
from assistant.insight.grid import Cell
from assistant.insight.policy import Ruling
from assistant.insight.priorities import OUTSIDE, worst_rulings
from assistant.insight.win_loss import family_of

_MOST_CELLS = 3
_MOST_EVIDENCE = 5


def invest_claims(brief: Brief) -> Iterator[Claim]:
    """The stance, the cells most worth a visit, and what to stop doing."""
    if not brief.in_trouble:
        yield from _stance(brief)
        yield from _cells(brief)
    yield from stop_claims(brief)


def stop_claims(brief: Brief) -> Iterator[Claim]:
    """What to stop, each for a reason that stands in the records."""
    yield from _stop_pushing(brief)
    yield from outside_policy_claims(brief)
    yield from _stop_forecasting(brief)
    yield from _stop_claiming(brief)
    yield from _stop_serving(brief)


def approval_claims(brief: Brief) -> Iterator[Claim]:
    """Special terms against the policy: inside, approved, to be approved, forbidden."""
    for ruling in worst_rulings(brief.study):
        yield from _ruled(brief, ruling)


def notable_terms(brief: Brief) -> Iterator[Claim]:
    """The special terms that somebody has to know of: not those that any rep may grant."""
    for ruling in worst_rulings(brief.study):
        if ruling.status != "inside":
            yield from _ruled(brief, ruling)


def _ruled(brief: Brief, ruling: Ruling) -> Iterator[Claim]:
    evidence = (*ruling.evidence, *ruling.against, *_deal(ruling))
    values = {"subject": _subject(brief, ruling), "value": _value(brief, ruling)}
    if ruling.status == "approved" and ruling.until is not None:
        yield brief.pen.inference("terms.approved", *evidence, until=ruling.until, **values)
    elif ruling.status != "approved":
        yield brief.pen.inference(f"terms.{ruling.status}", *evidence, **values)


def room_claims(brief: Brief) -> Iterator[Claim]:
    """Share of wallet as a range with its source, then the largest cells left."""
    found = brief.study["whitespace"]
    low, high = found.values["share_low"], found.values["share_high"]
    if low is not None and high is not None:
        shown = [e for e in found.evidence if e.ref.startswith("computed:share_of_wallet")]
        yield brief.pen.inference(
            "room.share",
            *shown,
            account=brief.name,
            low=brief.pen.percent(low),
            high=brief.pen.percent(high),
        )
    elif not found.known:
        yield brief.pen.unknown("room.unknown", account=brief.name)
    for cell in found.values["ranked"][:_MOST_CELLS]:
        yield _cell(brief, cell)


def _stance(brief: Brief) -> Iterator[Claim]:
    found = brief.study["investment_stance"]
    if not found.known:
        yield brief.pen.unknown("stance_.unknown", account=brief.name)
        return
    yield brief.pen.inference(
        f"stance_.{found.outcome}",
        *[e for e in found.evidence if e.type == "computed"][:2],
        account=brief.name,
        attractive=round(found.values["attractiveness"]),
        strong=round(found.values["strength"]),
    )


def _cells(brief: Brief) -> Iterator[Claim]:
    """Go where most is left and somebody can let us in: cells without an open deal of ours."""
    offered = {family_of(brief.file, deal) for deal in centre.open_deals(brief.file)}
    ranked = brief.study["whitespace"].values["ranked"]
    cells = [c for c in ranked if not c.deals and c.family not in offered]
    for cell in cells[:1]:
        yield brief.pen.advice(
            "invest.cell",
            *cell.evidence[:_MOST_EVIDENCE],
            owner=brief.rep,
            unit=cell.unit or brief.name,
            family=cell.family,
            left=brief.pen.money(number(cell.left) or Decimal(0)),
        )


def _cell(brief: Brief, cell: Cell) -> Claim:
    values = {
        "unit": cell.unit or brief.name,
        "family": cell.family,
        "current": brief.pen.money(number(cell.current) or Decimal(0)),
        "low": brief.pen.money(number(cell.low) or Decimal(0)),
        "high": brief.pen.money(number(cell.high) or Decimal(0)),
    }
    if cell.competitor:
        rival = [e for e in _rival(brief, cell) if e.quote]
        values["rival"] = cell.competitor
        return brief.pen.inference("room.cell_rival", *cell.evidence, *rival, **values)
    return brief.pen.inference("room.cell", *cell.evidence, *_estimate(cell), **values)


def _rival(brief: Brief, cell: Cell) -> tuple[Evidence, ...]:
    named = [c for c in brief.file.catalogue.competitors.values() if c.name == cell.competitor]
    return (*_estimate(cell), *(excerpt(rival, "name") for rival in named))


def _estimate(cell: Cell) -> tuple[Evidence, ...]:
    if cell.estimate is None:
        return ()
    return (excerpt(cell.estimate, "business_unit", "product_family", "source_note"),)


def outside_policy_claims(brief: Brief) -> Iterator[Claim]:
    """Discounts that were offered and that no valid approval covers."""
    for ruling in worst_rulings(brief.study):
        if ruling.status in OUTSIDE and ruling.request.subject == "discount_percent":
            yield brief.pen.advice(
                "stop.discount",
                *ruling.evidence,
                *ruling.against,
                *_deal(ruling),
                value=_value(brief, ruling),
                subject=_subject(brief, ruling),
            )


def _stop_forecasting(brief: Brief) -> Iterator[Claim]:
    """Deals long past their day, or never: a forecast of them misleads."""
    long_ago = brief.as_of - timedelta(days=brief.study.thresholds.soon_days)
    for deal in centre.open_deals(brief.file):
        if deal.closes_on is not None and deal.closes_on < long_ago:
            yield brief.pen.advice(
                "stop.forecast",
                excerpt(deal, "name", "status", "closes_on"),
                deal=deal.name,
                day=deal.closes_on,
            )


def _stop_claiming(brief: Brief) -> Iterator[Claim]:
    """A figure that somebody of theirs contests is not used in an offer."""
    for row in brief.file.value_inputs:
        if row.contested:
            yield brief.pen.advice(
                "stop.claim",
                excerpt(row, "name", "value", "contested"),
                name=row.name.replace("_", " "),
            )


def _stop_pushing(brief: Brief) -> Iterator[Claim]:
    """More volume on credit is more to lose while nobody knows what is owed."""
    if brief.in_trouble:
        told = brief.study["solvency"].values["told"]
        yield brief.pen.advice("stop.volume", told[0].evidence, account=brief.name)


def _stop_serving(brief: Brief) -> Iterator[Claim]:
    if brief.study["strategic_portfolio"].outcome == "over_demander":
        account = brief.file.account
        yield brief.pen.advice(
            "stop.serving",
            excerpt(account, "cost_to_serve", "gross_margin"),
            account=brief.name,
            cost=brief.pen.money(account.cost_to_serve or Decimal(0)),
            margin=brief.pen.money(account.gross_margin or Decimal(0)),
        )


def _subject(brief: Brief, ruling: Ruling) -> str:
    about, deal = brief.pen.term(ruling.request.subject), ruling.request.deal
    return brief.pen.phrases.text("terms.about", subject=about, deal=deal.name) if deal else about


def _deal(ruling: Ruling) -> tuple[Evidence, ...]:
    return (excerpt(ruling.request.deal, "name", "status"),) if ruling.request.deal else ()


def _value(brief: Brief, ruling: Ruling) -> str:
    unit = ruling.policy.unit if ruling.policy else None
    return brief.pen.quantity(ruling.request.value, unit)
