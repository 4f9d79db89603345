"""A manager's team as Home shows it: figures, what moved, and a list to sort, filter and open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.drafting import Pen
from assistant.rendering.captions import Captions, captions
from assistant.slack.home.shown import Shown
from assistant.slack.views.approval import ApprovalLine
from assistant.slack.views.blocks import Block
from assistant.slack.views.home import Tab
from assistant.slack.views.home_team import PAGE, TeamHome, team_home
from assistant.slack.views.home_team import TeamLine as Row
from assistant.slack.views.reasons import reason_of
from assistant.slack.words import words
from assistant.steering import TeamLine, TeamView, Worklist

#: Names in a sentence about the portfolio.
_NAMED = 6
_STALE = frozenset({"changed", "old"})


@dataclass(frozen=True)
class Team:
    """What a team's Home is made of.

    `core_share` is the share of revenue, in per cent, that the core brings.
    """

    view: TeamView
    work: Worklist
    approvals: Sequence[ApprovalLine]
    core_share: int


def team_page(team: Team, shown: Shown, language: str, tabs: tuple[Tab, ...]) -> Block:
    """The page somebody asked to see; the last one where theirs is no longer there."""
    view, told = team.view, words(language)
    chosen = _chosen(team, shown)
    page = min(shown.page, max(0, (len(chosen) - 1) // PAGE))
    pen = Pen(language, view.currency)
    return team_home(
        TeamHome(
            name=view.name,
            day=view.as_of,
            figures=tuple(_figures(team, told)),
            said=tuple(_said(view, told)),
            lines=tuple(_row(team, one, pen) for one in chosen[page * PAGE : (page + 1) * PAGE]),
            found=len(chosen),
            total=len(view.lines),
            approvals=tuple(team.approvals),
            owners=tuple(sorted({one.owner for one in view.lines if one.owner})),
            sort=shown.sort,
            only=shown.only,
            page=page,
            language=language,
            tabs=tabs,
        )
    )


def _chosen(team: Team, shown: Shown) -> list[TeamLine]:
    """The lines that fit a choice, in the order that was asked for."""
    lines = list(team.view.lines)
    match shown.only.partition(":"):
        case ("late", _, _):
            lines = [one for one in lines if one.overdue]
        case ("stale", _, _):
            lines = [one for one in lines if one.plan in _STALE]
        case ("owner", _, owner):
            lines = [one for one in lines if one.owner == owner]
    match shown.sort:
        case "owner":
            return sorted(lines, key=lambda one: (one.owner or "\uffff", one.name))
        case "cell":
            return sorted(lines, key=lambda one: (one.cell, -one.revenue, one.name))
        case "attention":
            return sorted(lines, key=lambda one: (-_weight(team, one), -one.revenue, one.name))
        case other:
            order = {line.account_id for line in lines}
            ordered = team.view.sort(other).lines
            return [one for one in ordered if one.account_id in order]


def _weight(team: Team, one: TeamLine) -> int:
    wanting = team.work.account(one.account_id)
    return wanting.weight if wanting else 0


def _row(team: Team, one: TeamLine, pen: Pen) -> Row:
    told, cells = words(pen.language), captions(pen.language)
    wanting = team.work.account(one.account_id)
    first = wanting.priorities[0] if wanting and wanting.priorities else None
    reason = reason_of(first, pen) if first else None
    moved = None
    if one.moved:
        before, after = (cells.text(f"cells.{cell}") for cell in (one.cell_before, one.cell))
        day = told.day(team.view.since)
        moved = told.text("team.moved", before=before, after=after, day=day)
    return Row(
        one.account_id,
        one.name,
        one.owner,
        cells.text(f"cells.{one.cell}"),
        stage_of(one, pen),
        pen.money(one.revenue),
        moved,
        reason.text if reason else None,
        told.text(f"team.plan_{one.plan}") if one.plan in _STALE else None,
        late=bool(reason and reason.late),
        tier=one.tier,
    )


def stage_of(one: TeamLine, pen: Pen) -> str:
    """The stage of the relationship in words."""
    if one.stage == "unknown":
        return words(pen.language).text("team.no_stage")
    return pen.word(f"outcome.{one.stage}")


def _figures(team: Team, told: Captions) -> Iterator[tuple[str, str]]:
    """What is counted, and how many; what there is none of is not told."""
    view, lines = team.view, team.view.lines
    if view.n:
        share = told.percent(team.core_share)
        core = told.text("team.of", count=view.k, total=view.n)
        yield told.text("team.figure_core", share=share), core
    if view.top1 is not None:
        yield told.text("team.figure_top"), told.percent(view.top1)
    counts = {
        "overdue": sum(one.overdue for one in lines),
        "quiet": sum(one.gone_quiet for one in lines),
        "stale": sum(one.plan in _STALE for one in lines),
        "reviews": sum(bool(o.next_review and o.next_review < view.as_of) for o in lines),
        "waiting": sum(one.waiting for one in lines),
        "unowned": sum(one.unowned for one in lines),
    }
    for name, count in counts.items():
        if count:
            yield told.text(f"team.figure_{name}"), told.number(count)


def _said(view: TeamView, told: Captions) -> Iterator[str]:
    """What moved, who will matter soon, and who gets too little attention."""
    for key, fitting in (
        ("moved", [one.name for one in view.lines if one.moved]),
        ("nurture", [one.name for one in view.lines if one.nurture]),
        ("neglected", [one.name for one in view.lines if one.neglected]),
    ):
        if fitting:
            names = list(islice(fitting, _NAMED))
            more = len(fitting) - len(names)
            listed = told.names([*names, f"+{more}"] if more else names)
            yield told.text(f"team.said_{key}", names=listed, day=told.day(view.since))
