"""The review of a team's portfolio: what it rests on, who needs attention, what is neglected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from assistant.claims import Claim, Draft, Evidence, Input
from assistant.drafting.plan.priorities import sentence
from assistant.drafting.portfolio.duties import promise_claims, ruling_claims, unowned_claims
from assistant.drafting.portfolio.effort import plan_claims, potential_claims, time_claims
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.drafting.template import template_draft
from assistant.insight.eighty_twenty import eighty_twenty
from assistant.insight.evidence import computed, excerpt

_MOST_ATTENTION = 8
_MOST_NEGLECTED = 6


def portfolio_review(team: TeamBrief) -> Draft:
    """Write the review; nothing in it has been checked yet."""
    pen = team.pen
    parts = ((name, tuple(write(team))) for name, write in SECTIONS.items())
    title = pen.phrases.text("title.portfolio_review", team=team.name)
    sections = (pen.section(name, claims) for name, claims in parts if claims)
    return template_draft(team, "portfolio_review", title, sections)


def _concentration(team: TeamBrief) -> Iterator[Claim]:
    """The true k of N, dependence with its limits, and who should matter soon."""
    found, pen = eighty_twenty(team.portfolio, team.thresholds), team.pen
    if not found.known:
        yield pen.unknown("team.no_revenue")
        return
    values = found.values
    yield pen.inference(
        "team.core",
        found.evidence[0],
        k=values["k"],
        n=values["n"],
        core=pen.percent(team.thresholds.core_share),
    )
    yield pen.inference(
        f"team.{found.outcome}",
        *found.evidence[1:3],
        top1=pen.percent(values["top1"]),
        top5=pen.percent(values["top5"]),
        limit1=pen.percent(team.thresholds.dependence_top1),
        limit5=pen.percent(team.thresholds.dependence_top5),
    )
    yield from _hhi(team, values, found.evidence[-1])
    for seedling in team.nurture.values.get("listed", ()):
        yield pen.inference(
            "team.nurture",
            seedling.projection,
            *team.revenue_of(seedling.account_id),
            account=seedling.name,
            now=pen.money(seedling.revenue),
            projected=pen.money(seedling.projected),
        )


def _hhi(team: TeamBrief, values: Mapping[str, Any], found: Evidence) -> Iterator[Claim]:
    """Concentration, beside what equal customers would give."""
    equal = computed(
        f"concentration_equal:{team.as_of}",
        title=f"Herfindahl-Hirschman index of {values['n']} equal customers",
        value=(Decimal(1) / values["n"]).quantize(Decimal("0.001")),
        formula="round(1 / customers, 3)",
        inputs=[Input("customers", values["n"])],
        as_of=team.as_of,
    )
    yield team.pen.inference(
        "team.concentration",
        found,
        equal,
        hhi=values["hhi"],
        n=values["n"],
        equal=Decimal(str(equal.value)),
    )


def _attention(team: TeamBrief) -> Iterator[Claim]:
    """The most urgent thing of each account that has one, the most urgent account first."""
    urgent = [brief for brief in team.briefs if brief.priorities]
    urgent.sort(key=lambda brief: (-brief.priorities[0].weight, brief.name))
    for brief in urgent[:_MOST_ATTENTION]:
        claim = sentence(brief, brief.priorities[0])
        text = team.pen.phrases.text("team.for", account=brief.name, what=claim.text)
        named = excerpt(brief.file.account, "name", "tier")
        yield Claim(text, claim.kind, (*claim.evidence, named))


def _moves(team: TeamBrief) -> Iterator[Claim]:
    """Accounts in decline, and those whose portfolio cell has changed."""
    for brief in team.briefs:
        found = brief.study["decline"]
        if found.outcome == "declining":
            yield team.pen.inference("team.declining", *found.evidence[:3], account=brief.name)
    for brief, move in team.moves:
        if move.outcome == "moved":
            yield team.pen.inference(
                "team.moved",
                *move.evidence[:3],
                account=brief.name,
                before=team.pen.word(f"cell.{move.values['from']}"),
                after=team.pen.word(f"cell.{move.values['to']}"),
                day=move.values["since"],
            )


def _silent(team: TeamBrief) -> Iterator[Claim]:
    """Silence beyond the limit, the largest customers first."""
    stale = [brief for brief in team.briefs if brief.study["rhythm"].values["stale"]]
    stale.sort(key=lambda b: (-(b.study["revenue"].values["latest"] or 0), b.name))
    for brief in stale[:_MOST_NEGLECTED]:
        found = brief.study["rhythm"]
        shown = [e for e in (*found.evidence, *found.against) if "silence" in e.ref]
        yield team.pen.fact(
            "team.silent",
            *shown,
            *brief.named_in(brief.rep),
            account=brief.name,
            owner=brief.rep,
            days=found.values["days"],
            limit=found.values["limit"],
        )


#: The sections in reading order; one without claims is left out.
SECTIONS: Mapping[str, Callable[[TeamBrief], Iterable[Claim]]] = MappingProxyType(
    {
        "portfolio": _concentration,
        "attention": _attention,
        "changes": _moves,
        "potential": potential_claims,
        "neglected": _silent,
        "promises": promise_claims,
        "approvals": ruling_claims,
        "unowned": unowned_claims,
        "plans": plan_claims,
        "time": time_claims,
    }
)
