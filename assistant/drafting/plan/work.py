"""The plan's work: open deals, objectives, mutual actions, risks, and where to stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from assistant.claims import Claim
from assistant.drafting.brief import Brief
from assistant.drafting.pen import Told
from assistant.drafting.plan.priorities import other_priorities
from assistant.drafting.plan.trouble import exposure_claims
from assistant.insight import buying_centre as centre
from assistant.insight.eighty_twenty import place_evidence, place_in
from assistant.insight.evidence import excerpt, ruled
from assistant.insight.meddpicc import Qualification
from assistant.insight.notice import notice_of
from knowledge.records.tables import Opportunity

_MOST_DEALS = 5
_DEAL = ("name", "status", "amount", "closes_on", "stage")
_MOST_ACTIONS = 8


def deal_claims(brief: Brief) -> Iterator[Claim]:
    """The open deals, the next to close first, each with what nobody can cite yet."""
    qualified = {deal.deal_id: deal for deal in brief.study["meddpicc"].values["deals"]}
    for deal in centre.open_deals(brief.file)[:_MOST_DEALS]:
        yield _deal(brief, deal)
        if deal.id in qualified:
            yield from _gaps(brief, qualified[deal.id])


def action_claims(brief: Brief) -> Iterator[Claim]:
    """What each side has taken on, overdue first; then what follows the first priorities."""
    actions = [one for one in brief.study["mutual_actions"].values["actions"] if not one.done_on]
    for action in sorted(actions, key=lambda one: (-one.overdue, str(one.due_on)))[:_MOST_ACTIONS]:
        side = "theirs" if action.side == "theirs" else "ours"
        late = "_overdue" if action.overdue else "" if action.due_on else "_undated"
        values: dict[str, Told] = {
            "what": action.text,
            "who": action.owner or brief.pen.word(f"word.{side}"),
        }
        if action.due_on:
            values["due"] = action.due_on
        yield brief.pen.fact(f"action.{side}{late}", *action.evidence, **values)
    yield from other_priorities(brief)


def risk_claims(brief: Brief) -> Iterator[Claim]:
    """What could undo the plan: what is unpaid, dependence, ends of contracts, complaints."""
    file, pen = brief.file, brief.pen
    yield from exposure_claims(brief)
    horizon = brief.as_of + timedelta(days=365)
    for contract in file.contracts:
        if contract.ends_on and brief.as_of <= contract.ends_on <= horizon:
            told: dict[str, Told] = {"contract": contract.name, "day": contract.ends_on}
            notice = notice_of(file, contract)
            if notice is not None:
                yield pen.fact("risk.notice", *notice.evidence, notice=notice.last_day, **told)
            else:
                yield pen.fact("risk.contract", excerpt(contract, "name", "ends_on"), **told)
    for case in brief.study["cases"].values["open"]:
        yield pen.fact("risk.case", *case.evidence, what=case.subject, days=case.age or 0)
    rules = brief.study.thresholds
    if brief.position is None:
        return
    place, limit = place_in(brief.position, rules), rules.dependence_top1
    if place.share * 100 > limit:
        yield pen.inference(
            "risk.dependence",
            place_evidence(brief.position, rules),
            ruled("dependence_top1", limit, "%"),
            account=place.name,
            share=pen.percent((place.share * 100).quantize(Decimal("0.1"))),
            limit=pen.percent(limit),
        )


def _deal(brief: Brief, deal: Opportunity) -> Claim:
    values: dict[str, Told] = {"deal": deal.name}
    key = "deal.plain"
    if deal.amount is not None:
        amount = brief.file.catalogue.ours(deal.amount, deal.currency)
        currency = brief.pen.currency if amount is not None else deal.currency or ""
        values["amount"] = brief.pen.wording.money(
            amount if amount is not None else deal.amount, currency
        )
        key = "deal.amount"
    if deal.closes_on is not None:
        values["day"] = deal.closes_on
        key += "_late" if deal.closes_on < brief.as_of else "_day"
    return brief.pen.fact(key, excerpt(deal, *_DEAL), **values)


def _gaps(brief: Brief, deal: Qualification) -> Iterator[Claim]:
    for element in deal.contradictions:
        values = {"deal": deal.deal, "who": element.who or ""}
        if element.name != "competition":
            values["element"] = brief.pen.word(f"part.{element.name}")
        yield brief.pen.inference(f"deal.{element.why}", *element.evidence, **values)
    if deal.gaps:
        lacking = brief.pen.wording.names(brief.pen.word(f"element.{e.name}") for e in deal.gaps)
        yield brief.pen.unknown("deal.gaps", deal.count, deal=deal.deal, lacking=lacking)
