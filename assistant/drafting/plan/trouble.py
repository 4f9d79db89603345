"""A customer who may be insolvent: what is told of it, and what is at stake for us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.claims import Claim
from assistant.drafting.brief import Brief
from assistant.insight.evidence import ruled
from assistant.insight.trouble import Mention

_MOST_TOLD = 2
_MOST_PROMISED = 3


def trouble_claims(brief: Brief) -> Iterator[Claim]:
    """The words themselves with their day: an inference for finance to settle, not a verdict."""
    if not brief.in_trouble:
        return
    values = brief.study["solvency"].values
    first, *others = values["told"]
    yield _told(brief, first)
    for one in (*others[: _MOST_TOLD - 1], *values["followed"]):
        yield brief.pen.fact("trouble.also", one.evidence, words=one.words, day=_day(brief, one))


def exposure_claims(brief: Brief) -> Iterator[Claim]:
    """What could be lost: orders that may be unpaid, terms asked for, and what we still promise."""
    if not brief.in_trouble:
        return
    pen, rules = brief.pen, brief.study.thresholds
    values = brief.study["solvency"].values
    if values["exposure"]:
        yield pen.inference(
            "exposure.orders",
            values["exposure_evidence"],
            ruled("exposure_months", rules.exposure_months, "months"),
            amount=pen.money(values["exposure"]),
            months=rules.exposure_months,
            day=brief.as_of,
        )
    for ruling in brief.study["policy"].values["rulings"]:
        if ruling.request.subject == "payment_days":
            value = pen.quantity(Decimal(ruling.request.value), "days")
            yield pen.fact("exposure.terms", ruling.request.evidence, value=value)
    still = [p for p in brief.study["promises"].values["promises"] if p.done_on is None]
    for promise in still[:_MOST_PROMISED]:
        yield pen.fact("exposure.promised", promise.evidence[0], what=promise.text)


def _told(brief: Brief, one: Mention) -> Claim:
    pen, told = brief.pen, {"account": brief.name, "words": one.words}
    if one.evidence.kind == "account":
        return pen.inference("trouble.told", one.evidence, **told)
    return pen.inference("trouble.told_on", one.evidence, day=_day(brief, one), **told)


def _day(brief: Brief, one: Mention) -> date:
    return one.day or brief.as_of
