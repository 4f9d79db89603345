"""What-ifs about time: who would get how much of it, and who would then get too little."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.claims import Claim, Evidence, Input
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.insight.evidence import computed
from assistant.insight.team_time import WEEK, Shifted, hours_with, shifted

_MINUTES = 60
_MOST = 6


def shift_claims(
    team: TeamBrief, days: Decimal, receivers: Collection[str] | None
) -> Iterator[Claim]:
    """Who would get how much of our time, and who would fall under what the tier asks for."""
    pen, given_to = team.pen, taking(team, receivers)
    if not given_to:
        yield pen.unknown("imagine.no_list")
        return
    moved = shifted(team.times.values(), given_to, days)
    if not any(one.time.touches for one in moved if not one.receives):
        yield pen.unknown("imagine.no_time")
        return
    pool = [one for one in moved if not one.receives]
    for one in (each for each in moved if each.receives):
        yield _gets(team, one, pool, len(given_to), days)
    falling = [one for one in moved if one.falls_short]
    for one in falling[:_MOST]:
        keeps = _kept(team, one, days)
        yield pen.inference(
            "imagine.gives",
            keeps,
            one.time.asked,
            account=one.time.name,
            touches=Decimal(str(keeps.value)),
            touches_now=len(one.time.touches),
            asked=one.time.wanted,
        )
    if not falling:
        yield pen.inference("imagine.nobody_falls", share_moved(team, days))


def _gets(
    team: TeamBrief, one: Shifted, pool: Sequence[Shifted], parts: int, days: Decimal
) -> Claim:
    pen = team.pen
    given = [*_moving(days), Input("parts", parts, (), "accounts")]
    hours = computed(
        f"what_if_hours:{one.time.account_id}:{team.as_of}",
        title=f"What if: hours with {one.time.name} in twelve months",
        value=(one.minutes / _MINUTES).quantize(Decimal(1)),
        unit="hours",
        formula="round((own + others * days / week / parts) / 60, 0)",
        inputs=[
            Input("own", one.time.total, _refs(one.time.minutes), "minutes"),
            Input("others", sum(each.time.total for each in pool), (), "minutes"),
            *given,
        ],
        as_of=team.as_of,
    )
    others = Input("others", sum(len(each.time.touches) for each in pool), (), "touches")
    touches = _touches(team, one, "round(own + others * days / week / parts, 0)", [others, *given])
    here = f"hours_now:{one.time.account_id}"
    hours_now = hours_with(here, one.time.name, one.time.minutes, team.as_of)
    return pen.inference(
        "imagine.gets",
        hours,
        hours_now,
        touches,
        one.time.asked,
        account=one.time.name,
        hours=Decimal(str(hours.value)),
        hours_now=Decimal(str(hours_now.value)),
        touches=Decimal(str(touches.value)),
        touches_now=len(one.time.touches),
        asked=one.time.wanted,
    )


def _kept(team: TeamBrief, one: Shifted, days: Decimal) -> Evidence:
    return _touches(team, one, "round(own * (week - days) / week, 0)", _moving(days))


def _touches(team: TeamBrief, one: Shifted, formula: str, given: Sequence[Input]) -> Evidence:
    """The touches of a customer after the shift, by a formula over its own and what is given."""
    return computed(
        f"what_if_touches:{one.time.account_id}:{team.as_of}",
        title=f"What if: touches with {one.time.name} in twelve months",
        value=one.touches.quantize(Decimal(1)),
        unit="touches",
        formula=formula,
        inputs=[
            Input("own", len(one.time.touches), _refs(one.time.touches), "touches"),
            *given,
        ],
        as_of=team.as_of,
    )


def _moving(days: Decimal) -> list[Input]:
    return [Input("days", days), Input("week", WEEK)]


def share_moved(team: TeamBrief, days: Decimal) -> Evidence:
    """What part of the time with the others moves, in per cent."""
    return computed(
        f"what_if_share:{days}:{team.as_of}",
        title="What if: share of the time on record with the other customers that moves",
        value=(days / WEEK * 100).quantize(Decimal("0.1")),
        unit="%",
        formula="round(days / week * 100, 1)",
        inputs=_moving(days),
        as_of=team.as_of,
    )


def taking(team: TeamBrief, receivers: Collection[str] | None) -> tuple[str, ...]:
    """Who receives the time: the accounts named, or those on the nurture list."""
    if receivers is not None:
        return tuple(receivers)
    listed = team.nurture.values.get("listed", ())
    return tuple(seedling.account_id for seedling in listed)


def _refs(inputs: Iterable[Input]) -> tuple[str, ...]:
    return tuple(ref for given in inputs for ref in given.refs)
