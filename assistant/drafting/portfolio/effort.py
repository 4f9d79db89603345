"""Where a team's attention goes: potential it passes by, plans that aged, time against tier."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.claims import Claim, Input
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.insight.evidence import excerpt
from assistant.insight.figures import counted
from assistant.insight.team_time import tier_times

_MOST = 6
_NAMED = 3


def potential_claims(team: TeamBrief) -> Iterator[Claim]:
    """Customers with a larger part in what is to win than in our touches; none in trouble."""
    pen = team.pen
    troubled = {brief.file.account.id for brief in team.briefs if brief.in_trouble}
    listed = [o for o in team.neglected.values.get("listed", ()) if o.account_id not in troubled]
    for one in listed[:_MOST]:
        yield pen.inference(
            "team.potential",
            one.room,
            one.room_share,
            one.touch_share,
            account=one.name,
            room=pen.money(Decimal(str(one.room.value))),
            share=pen.percent(Decimal(str(one.room_share.value))),
            touches=pen.percent(Decimal(str(one.touch_share.value))),
        )


def plan_claims(team: TeamBrief) -> Iterator[Claim]:
    """Plans that rest on changed facts or are old, and how many accounts have none."""
    pen, known = team.pen, [(b, team.plans[b.file.account.id]) for b in team.briefs]
    for brief, found in known:
        if found.outcome == "changed":
            names = found.values["changed"]
            yield pen.inference(
                "team.plan_changed",
                *found.evidence,
                account=brief.name,
                day=found.values["made_on"],
                count=len(found.evidence[0].inputs),
                names=pen.wording.names(pen.quoted(name) for name in names[:_NAMED]),
            )
        elif found.outcome == "old":
            yield pen.inference(
                "team.plan_old",
                *found.evidence,
                excerpt(brief.file.account, "name", "tier"),
                account=brief.name,
                days=found.values["age"],
                limit=found.values["limit"],
            )
    missing = [
        Input("account", brief.name, (f"{brief.file.account.ref}#name",))
        for brief, found in known
        if found.outcome == "none"
    ]
    if missing:
        count = counted(
            f"plans_missing:{team.as_of}",
            title="Accounts without a plan that was kept",
            item="account",
            inputs=missing,
            unit="accounts",
            as_of=team.as_of,
        )
        yield pen.inference("team.plan_none", count, count=len(missing))


def time_claims(team: TeamBrief) -> Iterator[Claim]:
    """By tier: touches against what the tier asks for, and hours on record."""
    pen = team.pen
    for tier in tier_times(team.times.values(), team.as_of):
        if not tier.touches.value:
            continue
        told: dict[str, str | int] = {
            "tier": tier.tier or pen.word("team.no_tier"),
            "touches": int(str(tier.touches.value)),
            "asked": int(str(tier.asked.value)),
        }
        if tier.share is None or not tier.hours.value:
            yield pen.fact("team.touches", tier.touches, tier.asked, **told)
            continue
        yield pen.fact(
            "team.hours",
            tier.touches,
            tier.asked,
            tier.hours,
            tier.share,
            hours=int(str(tier.hours.value)),
            share=pen.percent(Decimal(str(tier.share.value))),
            **told,
        )
