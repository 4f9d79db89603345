"""Win and loss: the buyer's reasons apart from the rep's, and where the two differ.

A reason of the buyer counts only with a speaker. Under `lessons_minimum` deals there are counts
and no percentages. Source: win/loss practice; that sellers blame price more often than buyers do
is reported by debriefs of single firms, not by a study we could name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import counted
from assistant.insight.reasons import Agreement, agreement, themes
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Opportunity

RULE = "win_loss"


@dataclass(frozen=True)
class ClosedDeal:
    """A deal won or lost. `buyer_themes` are of the buyer's reason, and only if somebody said it.

    `family` is the product family it was about, `rival` the competitor's name.
    """

    ref: str
    name: str
    account_id: str
    account: str
    tier: str | None
    status: str
    closed_on: date | None
    amount: Decimal | None
    currency: str | None
    family: str | None
    rival: str | None
    buyer_reason: str | None
    said_by: str | None
    rep_reason: str | None
    buyer_themes: tuple[str, ...]
    rep_themes: tuple[str, ...]
    agreement: Agreement
    evidence: tuple[Evidence, ...]


def win_loss(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The closed deals of one account.

    Outcome: `reasons_differ` (in at least one deal), `reasons_agree`, `one_sided` (never both
    reasons of a deal, or unclear), or `none` without a closed deal.
    """
    return summary(file.account.id, closed_deals(file), thresholds, centre.rep(file))


def closed_deals(file: AccountFile) -> tuple[ClosedDeal, ...]:
    """Deals won and lost, the latest first."""
    rows = [deal for deal in file.opportunities if deal.status in {"won", "lost"}]
    rows.sort(key=lambda deal: (str(deal.closes_on or ""), deal.id), reverse=True)
    return tuple(_closed(file, deal) for deal in rows)


def family_of(file: AccountFile, deal: Opportunity) -> str | None:
    """The product family a deal is about: its product's, else that of its largest line."""
    lines = [line for line in file.lines if line.opportunity_id == deal.id]
    lines.sort(key=lambda line: (-(line.amount or Decimal(0)), line.id))
    ids = [deal.product_id, *(line.product_id for line in lines)]
    products = (file.catalogue.products.get(product_id or "") for product_id in ids)
    return next((product.family for product in products if product and product.family), None)


def summary(
    subject: str, deals: tuple[ClosedDeal, ...], thresholds: Thresholds, whom: str | None
) -> Finding:
    """Counts, shares where there are enough deals, and the reasons side by side."""
    won = [deal for deal in deals if deal.status == "won"]
    lost = [deal for deal in deals if deal.status == "lost"]
    differing = [deal for deal in deals if deal.agreement in {"differ", "partly"}]
    price = {
        "buyer": [deal for deal in lost if "price" in deal.buyer_themes],
        "rep": [deal for deal in lost if "price" in deal.rep_themes],
    }
    counts = {
        "n": _count(subject, "closed deals", deals),
        "won": _count(subject, "deals won", won),
        "lost": _count(subject, "deals lost", lost),
        "differing": _count(subject, "deals with differing reasons", differing),
        "price_by_buyer": _count(subject, "losses on price, says the buyer", price["buyer"]),
        "price_by_rep": _count(subject, "losses on price, says the rep", price["rep"]),
    }
    rate = _win_rate(subject, won, deals) if len(deals) >= thresholds.lessons_minimum else None
    agreeing = [deal for deal in deals if deal.agreement == "same"]
    return Finding(
        rule=RULE,
        subject=subject,
        outcome=_outcome(deals, differing, agreeing),
        values={
            **{name: count.value for name, count in counts.items()},
            "win_rate": rate.value if rate else None,
            "deals": deals,
        },
        evidence=(
            *counts.values(),
            *((rate,) if rate else ()),
            *_reasons(differing or agreeing or list(deals)),
        ),
        against=_reasons(agreeing) if differing else (),
        confidence=_confidence(deals),
        would_change=_would_change(deals),
        thresholds={"lessons_minimum": thresholds.lessons_minimum},
        questions=_questions(deals, whom),
    )


def _closed(file: AccountFile, deal: Opportunity) -> ClosedDeal:
    rival = file.catalogue.competitors.get(deal.competitor_id or "")
    # A reason nobody said is hearsay of ours, not the buyer's.
    said = deal.reason_buyer if deal.reason_buyer and deal.reason_buyer_said_by else None
    fields = ["status"]
    fields += ["closes_on"] if deal.closes_on else []
    fields += ["amount"] if deal.amount is not None else []
    fields += ["reason_buyer", "reason_buyer_said_by"] if said else []
    fields += ["reason_rep"] if deal.reason_rep else []
    return ClosedDeal(
        ref=deal.ref,
        name=deal.name,
        account_id=file.account.id,
        account=file.account.name,
        tier=file.account.tier,
        status=deal.status,
        closed_on=deal.closes_on,
        amount=deal.amount,
        currency=deal.currency,
        family=family_of(file, deal),
        rival=rival.name if rival else None,
        buyer_reason=said,
        said_by=deal.reason_buyer_said_by if said else None,
        rep_reason=deal.reason_rep,
        buyer_themes=themes(said),
        rep_themes=themes(deal.reason_rep),
        agreement=agreement(said, deal.reason_rep),
        evidence=tuple(recorded(deal, field) for field in fields),
    )


def _count(subject: str, what: str, deals: list[ClosedDeal] | tuple[ClosedDeal, ...]) -> Evidence:
    return counted(
        f"{what.replace(' ', '_')}:{subject}",
        title=what.capitalize(),
        item="deal",
        inputs=[Input("deal", deal.name, (f"{deal.ref}#status",)) for deal in deals],
        unit="deals",
        as_of=None,
    )


def _win_rate(subject: str, won: list[ClosedDeal], deals: tuple[ClosedDeal, ...]) -> Evidence:
    return computed(
        f"win_rate:{subject}",
        title="Deals won of deals closed",
        value=(Decimal(len(won)) / len(deals) * 100).quantize(Decimal(1)),
        unit="%",
        formula="round(count(won) / count(closed) * 100, 0)",
        inputs=[
            *(Input("won", deal.name, (f"{deal.ref}#status",)) for deal in won),
            *(Input("closed", deal.name, (f"{deal.ref}#status",)) for deal in deals),
        ],
    )


def _outcome(
    deals: tuple[ClosedDeal, ...], differing: list[ClosedDeal], agreeing: list[ClosedDeal]
) -> str:
    if not deals:
        return "none"
    if differing:
        return "reasons_differ"
    return "reasons_agree" if agreeing else "one_sided"


def _confidence(deals: tuple[ClosedDeal, ...]) -> float:
    """The share of deals with a reason from both sides."""
    both = sum(bool(deal.buyer_reason and deal.rep_reason) for deal in deals)
    return round(both / len(deals), 2) if deals else 0.0


def _reasons(deals: list[ClosedDeal]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(e for deal in deals for e in deal.evidence))


def _would_change(deals: tuple[ClosedDeal, ...]) -> Gist:
    silent = [deal for deal in deals if deal.buyer_reason is None]
    if silent:
        return Gist("would_change.reason", deal=silent[0].name)
    return Gist("would_change.debrief")


def _questions(deals: tuple[ClosedDeal, ...], whom: str | None) -> tuple[Question, ...]:
    return tuple(
        Question("reason", Gist("question.reason", deal=deal.name), whom)
        for deal in deals
        if deal.status == "lost" and deal.buyer_reason is None
    )
