"""The plan's aims: strengths and the critical weakness, the charter, and measured objectives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant.claims import Claim, Input
from assistant.drafting.brief import Brief
from assistant.drafting.pen import Told
from assistant.drafting.plan.priorities import situation_sentence
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, excerpt, recorded
from assistant.insight.figures import in_ours, number
from assistant.insight.health import HealthPart
from assistant.insight.periods import months_before

_STRONG = 70


def strength_claims(brief: Brief) -> Iterator[Claim]:
    """Health in its parts: what carries, and the one thing that would undo the rest."""
    found = brief.study["health"]
    parts: tuple[HealthPart, ...] = found.values["parts"]
    score = found.values["score"]
    if score is not None:
        shown = [e for e in found.evidence if e.ref.startswith("computed:health")]
        yield brief.pen.inference("health.score", *shown, score=round(score))
    known = sorted((p for p in parts if p.score is not None), key=lambda p: -(p.score or 0))
    for part in known:
        level = "strong" if (part.score or 0) >= _STRONG else "weak"
        if part in (known[0], known[-1]) or level == "weak":
            yield brief.pen.inference(
                f"health.{level}",
                *part.evidence[:3],
                part=brief.pen.word(f"health_part.{part.name}"),
                score=round(part.score or 0),
            )
    if brief.priorities:
        yield situation_sentence(brief, brief.priorities[0])


def charter_claims(brief: Brief) -> Iterator[Claim]:
    """Our field of play in our own words; a blank is a red flag, not an empty section."""
    charter = brief.file.account.charter
    if charter:
        yield brief.pen.fact(
            "charter.stands", recorded(brief.file.account, "charter"), charter=_quoted(charter)
        )
    else:
        yield brief.pen.unknown("charter.blank", account=brief.name, owner=brief.rep)


def objective_claims(brief: Brief) -> Iterator[Claim]:
    """Measure, baseline, target, day, owner and where the figure comes from."""
    by = months_before(brief.as_of, -6)
    if brief.in_trouble:
        yield from _exposure(brief)
    else:
        yield from _revenue(brief)
    yield from _coverage(brief, by)
    yield from _promises(brief)
    if not brief.in_trouble:
        yield from _deals(brief)


def _exposure(brief: Brief) -> Iterator[Claim]:
    """Before anything is sold: a figure for what is owed."""
    yield brief.pen.advice(
        "aim.exposure",
        brief.study["solvency"].values["told"][0].evidence,
        account=brief.name,
        by=brief.as_of + timedelta(days=brief.study.thresholds.urgent_days),
        owner=brief.rep,
    )


def _revenue(brief: Brief) -> Iterator[Claim]:
    """Hold what falls; where there is room, take a first part of it. The target is a proposal."""
    found, room = brief.study["revenue"], brief.study["whitespace"].values["left"]
    latest: Decimal = found.values["latest"]
    year = months_before(brief.as_of, -12)
    values: dict[str, Told] = {"baseline": brief.pen.money(latest), "owner": brief.rep, "by": year}
    if found.outcome == "falling":
        yield brief.pen.advice("aim.hold", found.evidence[0], **values)
    elif room and latest:
        share = brief.study.thresholds.room_target
        left = [e for e in brief.study["whitespace"].evidence if e.ref.startswith("computed:left")]
        target = latest + room * share / 100
        sum_ = computed(
            f"target:{brief.file.account.id}:{brief.as_of}",
            title=f"Proposed target for {brief.name}",
            value=target.quantize(Decimal("0.01")),
            unit=brief.pen.currency,
            formula="round(latest + left * share / 100, 2)",
            inputs=[
                Input("latest", latest, (), brief.pen.currency),
                Input("left", room, (), brief.pen.currency),
                Input("share", share, (), "%"),
            ],
            as_of=brief.as_of,
        )
        yield brief.pen.advice(
            "aim.grow",
            found.evidence[0],
            *left[:1],
            sum_,
            target=brief.pen.money(target),
            share=brief.pen.percent(share),
            left=brief.pen.money(room),
            **values,
        )


def _coverage(brief: Brief, by: date) -> Iterator[Claim]:
    people = [p for p in brief.study["stakeholders"].values["people"] if p.key]
    days = brief.study.thresholds.key_player_days
    met = [p for p in people if p.days is not None and p.days <= days]
    if people and len(met) < len(people):
        yield brief.pen.advice(
            "aim.coverage",
            *(p.evidence[0] for p in people),
            met=len(met),
            all=len(people),
            days=days,
            owner=brief.rep,
            by=by,
        )


def _promises(brief: Brief) -> Iterator[Claim]:
    values = brief.study["promises"].values
    overdue = [p for p in values["promises"] if p.status == "overdue"]
    late = [*overdue, *values["requests_overdue"]]
    if late:
        yield brief.pen.advice(
            "aim.promises",
            *(e for one in late for e in one.evidence[1:2]),
            count=len(late),
            owner=brief.rep,
            by=brief.as_of + timedelta(days=brief.study.thresholds.soon_days),
        )


def _deals(brief: Brief) -> Iterator[Claim]:
    ahead = [
        deal
        for deal in centre.open_deals(brief.file)
        if deal.closes_on and deal.closes_on >= brief.as_of and deal.amount is not None
    ]
    for deal in sorted(ahead, key=lambda d: -(d.amount or 0))[:2]:
        owner = brief.file.catalogue.users.get(deal.owner_id or "")
        amount = in_ours(deal, "amount", brief.file.catalogue)
        if amount is not None and deal.closes_on is not None:
            yield brief.pen.advice(
                "aim.deal",
                excerpt(deal, "name", "status", "closes_on"),
                amount,
                deal=deal.name,
                amount=brief.pen.money(number(amount) or Decimal(0)),
                by=deal.closes_on,
                owner=owner.name if owner else brief.rep,
            )


def _quoted(words: str) -> str:
    return " ".join(words.split()).strip('"“”„«»')
