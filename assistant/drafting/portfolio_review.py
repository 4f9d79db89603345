"""The review of a team's portfolio: what it rests on, who needs attention, what is neglected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Claim, Draft, Evidence, Finding, Input
from assistant.drafting.brief import Basis, Brief
from assistant.drafting.pen import Pen
from assistant.drafting.plan.priorities import sentence
from assistant.insight import buying_centre as centre
from assistant.insight.eighty_twenty import eighty_twenty
from assistant.insight.evidence import computed, excerpt
from assistant.insight.nurture import nurture
from assistant.insight.periods import window
from assistant.thresholds import Thresholds
from knowledge.records import Portfolio

_MOST_ATTENTION = 8
_MOST_NEGLECTED = 6
_MINUTES = 60


@dataclass(frozen=True)
class TeamBrief:
    """What a team review is written from: its portfolio, its accounts, how each cell moved."""

    name: str
    portfolio: Portfolio
    briefs: Sequence[Brief]
    moves: Sequence[tuple[Brief, Finding]]
    thresholds: Thresholds
    pen: Pen

    @property
    def basis(self) -> Basis:
        """What the review is checked against: every account in it is its own."""
        names = {brief.name for brief in self.briefs} | {self.name}
        words = frozenset().union(*(brief.vocabulary for brief in self.briefs), names)
        return Basis(self.pen, self.portfolio.as_of, frozenset(words))


def portfolio_review(team: TeamBrief) -> Draft:
    """Write the review; nothing in it has been checked yet."""
    pen = team.pen
    parts = (
        ("portfolio", tuple(_concentration(team))),
        ("attention", tuple(_attention(team))),
        ("changes", tuple(_moves(team))),
        ("neglected", tuple(_neglected(team))),
        ("promises", tuple(_promises(team))),
        ("time", tuple(_time(team))),
    )
    return Draft(
        kind="portfolio_review",
        title=pen.phrases.text("title.portfolio_review", team=team.name),
        account_id="",
        account_name=team.name,
        as_of=team.portfolio.as_of,
        language=pen.language,
        writer="template",
        sections=tuple(pen.section(name, claims) for name, claims in parts if claims),
    )


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
    for seedling in nurture(team.portfolio, team.thresholds).values.get("listed", ()):
        yield pen.inference(
            "team.nurture",
            seedling.projection,
            *_latest(team, seedling.account_id),
            account=seedling.name,
            now=pen.money(seedling.revenue),
            projected=pen.money(seedling.projected),
        )


def _latest(team: TeamBrief, account_id: str) -> tuple[Evidence, ...]:
    """Twelve months' revenue of an account and of those that belong to it."""
    here = [b for b in team.briefs if account_id in {b.file.account.id, b.file.account.parent_id}]
    return tuple(brief.study["revenue"].evidence[0] for brief in here)


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


def _neglected(team: TeamBrief) -> Iterator[Claim]:
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


def _promises(team: TeamBrief) -> Iterator[Claim]:
    """Who of ours owes what is overdue, most first."""
    owed: dict[str, list[Evidence]] = defaultdict(list)
    for brief in team.briefs:
        values = brief.study["promises"].values
        for one in (*values["promises"], *values["requests_overdue"]):
            if one.status == "overdue":
                owed[one.owner or brief.rep].append(one.evidence[0])
    for owner, evidence in sorted(owed.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        count = computed(
            f"owed:{owner}:{team.portfolio.as_of}",
            title=f"Overdue promises and requests of {owner}",
            value=len(evidence),
            unit="promises",
            formula="count(promise)",
            inputs=[Input("promise", e.quote, (e.ref,)) for e in evidence],
            as_of=team.portfolio.as_of,
        )
        yield team.pen.fact("team.owes", count, *evidence[:3], owner=owner, count=len(evidence))


def _time(team: TeamBrief) -> Iterator[Claim]:
    """Hours on record by tier: whether time goes where the tier says it should."""
    minutes: dict[str, list[Input]] = defaultdict(list)
    span = window(team.portfolio.as_of, 12)
    for brief in team.briefs:
        for touch in centre.touches(brief.file):
            if centre.day(touch) in span and touch.duration_minutes:
                tier = brief.file.account.tier or team.pen.word("team.no_tier")
                ref = (f"{touch.ref}#duration_minutes",)
                minutes[tier].append(Input("minutes", touch.duration_minutes, ref))
    whole = sum(int(str(given.value)) for some in minutes.values() for given in some)
    for tier, some in sorted(minutes.items()):
        total = sum(int(str(given.value)) for given in some)
        hours = computed(
            f"hours:{tier}:{team.portfolio.as_of}",
            title=f"Hours with accounts of tier {tier}, twelve months to {team.portfolio.as_of}",
            value=(Decimal(total) / _MINUTES).quantize(Decimal(1)),
            unit="hours",
            formula="round(sum(minutes) / 60, 0)",
            inputs=some,
            as_of=team.portfolio.as_of,
        )
        share = computed(
            f"hours_share:{tier}:{team.portfolio.as_of}",
            title=f"Share of hours, tier {tier}",
            value=(Decimal(total) / whole * 100).quantize(Decimal("0.1")),
            unit="%",
            formula="round(sum(minutes) / whole * 100, 1)",
            inputs=[*some, Input("whole", whole, (), "minutes")],
            as_of=team.portfolio.as_of,
        )
        yield team.pen.fact(
            "team.hours",
            hours,
            share,
            tier=tier,
            hours=int(str(hours.value)),
            share=team.pen.percent(Decimal(str(share.value))),
        )
