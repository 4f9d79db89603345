"""What-ifs in words: the changed inputs first, then every figure beside today's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.claims import Claim, Draft, Evidence, Finding
from assistant.drafting.pen import Pen
from assistant.drafting.portfolio.shifting import share_moved, shift_claims, taking
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.drafting.template import template_draft
from assistant.insight.figures import number
from assistant.insight.team_time import WEEK
from assistant.insight.what_if import Change, Leaves, changed_input, what_if


@dataclass(frozen=True)
class _Figures:
    """The figures of the altered portfolio and of today's, by the name of their computation."""

    altered: tuple[Evidence, ...]
    today: tuple[Evidence, ...]

    def then(self, name: str) -> tuple[Evidence, ...]:
        """The altered figures of that name."""
        return tuple(e for e in self.altered if e.ref.startswith(f"computed:what_if_{name}"))

    def both(self, name: str) -> tuple[Evidence, ...]:
        """The altered figure, then today's."""
        now = tuple(e for e in self.today if e.ref.startswith(f"computed:{name}"))
        return (*self.then(name)[:1], *now[:1])


def what_if_review(
    team: TeamBrief,
    changes: Sequence[Change],
    *,
    asked: str,
    days: Decimal | None = None,
    receivers: Collection[str] | None = None,
) -> Draft:
    """A what-if about a team; nothing in it has been checked, and nothing in it has happened.

    `asked` is the supposition in the asker's words, without its “if”. `days` a week move to the
    customers `receivers`, or to the nurture list where None are named.
    """
    pen, after = team.pen, what_if(team.portfolio, changes, team.thresholds)
    parts = (
        ("what_if", tuple(_supposed(team, changes, days, receivers))),
        ("imagined", tuple(_figures(team, after)) if changes else ()),
        ("shifted", tuple(shift_claims(team, days, receivers)) if days is not None else ()),
    )
    title = pen.phrases.text("imagine.title", team=team.name)
    sections = (
        replace(pen.section(name, claims), title=_title(pen, name, asked))
        for name, claims in parts
        if claims
    )
    return template_draft(team, "what_if", title, sections)


def _title(pen: Pen, name: str, asked: str) -> str:
    if name != "what_if":
        return pen.phrases.heading(name)
    return pen.phrases.text("imagine.heading", what=asked)


def _supposed(
    team: TeamBrief,
    changes: Iterable[Change],
    days: Decimal | None,
    receivers: Collection[str] | None,
) -> Iterator[Claim]:
    """Each changed input, as it is and as it is supposed."""
    pen = team.pen
    for change in changes:
        given = changed_input(team.portfolio, change)
        now = pen.money(Decimal(str(given.inputs[0].value)))
        rested = (given, *team.revenue_of(change.account_id))
        if isinstance(change, Leaves):
            yield pen.inference("imagine.leaves", *rested, account=change.name, revenue=now)
            continue
        yield pen.inference(
            "imagine.grows" if change.percent >= 0 else "imagine.shrinks",
            *rested,
            account=change.name,
            change=pen.percent(abs(change.percent)),
            revenue=now,
            then=pen.money(number(given) or Decimal(0)),
        )
    names = [team.times[one].name for one in taking(team, receivers) if one in team.times]
    if days is not None and names:
        given = share_moved(team, days)
        yield pen.inference(
            "imagine.days",
            given,
            days=pen.wording.number(days),
            week=WEEK,
            names=pen.wording.names(names),
            share=pen.percent(number(given) or Decimal(0)),
        )


def _figures(team: TeamBrief, found: Finding) -> Iterator[Claim]:
    """Every figure of the altered portfolio beside today's."""
    pen = team.pen
    if not found.known:
        yield pen.unknown("imagine.empty")
        return
    now, then = found.values["before"], found.values["after"]
    figures = _Figures(found.evidence, found.against)
    if found.outcome == "unchanged":
        yield pen.inference("imagine.same", *found.evidence)
        return
    yield pen.inference(
        "imagine.total",
        *figures.both("total"),
        then=pen.money(then.total),
        now=pen.money(now.total),
    )
    yield pen.inference(
        "imagine.core",
        *figures.both("core:"),
        k=then.k,
        n=then.n,
        core=pen.percent(team.thresholds.core_share),
        k_now=now.k,
        n_now=now.n,
    )
    yield from _dependence(team, found, figures)
    yield from _lists(pen, found, figures)


def _dependence(team: TeamBrief, found: Finding, figures: _Figures) -> Iterator[Claim]:
    pen, rules = team.pen, team.thresholds
    now, then = found.values["before"], found.values["after"]
    yield pen.inference(
        "imagine.largest",
        *figures.both("largest:1"),
        account=then.largest,
        top1=pen.percent(then.top1),
        top1_now=pen.percent(now.top1),
    )
    yield pen.inference(
        "imagine.hhi", *figures.both("concentration"), hhi=then.hhi, hhi_now=now.hhi
    )
    yield pen.inference(
        f"imagine.{then.outcome}",
        *figures.then("largest"),
        *figures.both("largest:5")[1:],
        top5=pen.percent(then.top5),
        top5_now=pen.percent(now.top5),
        limit1=pen.percent(rules.dependence_top1),
        limit5=pen.percent(rules.dependence_top5),
    )


def _lists(pen: Pen, found: Finding, figures: _Figures) -> Iterator[Claim]:
    """Who comes into the core and who drops out, and whom to nurture."""
    now, then = found.values["before"], found.values["after"]
    gone = {change.name for change in found.values["changes"] if isinstance(change, Leaves)}
    pairs = (
        ("joins", [name for name in then.core if name not in now.core]),
        ("drops", [name for name in now.core if name not in {*then.core, *gone}]),
    )
    for key, names in pairs:
        if names:
            listed = pen.wording.names(names)
            yield pen.inference(f"imagine.{key}", *figures.both("core:"), names=listed)
    if then.nurture:
        named = pen.wording.names(then.nurture)
        yield pen.inference("imagine.nurture", *figures.then("projection"), names=named)
    else:
        yield pen.inference("imagine.nobody", *figures.then("core:"))
