"""A team's accounts as a list a manager can sort, filter and open; Slack and the terminal show it.

Nothing ranks people: a line is about an account, and whoever may see the account may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from assistant.claims import Finding
from assistant.drafting import Brief, TeamBrief
from assistant.drafting.plan.priorities import sentence
from assistant.drafting.portfolio.duties import owed, unowned, waiting
from assistant.insight.eighty_twenty import eighty_twenty, standing
from knowledge.errors import BadInput

Sorting = Literal["attention", "revenue", "name", "silence", "potential", "touches", "promises"]
Filter = Literal["cell", "stage", "owner", "tier", "attention", "moved", "nurture", "plan"]


@dataclass(frozen=True)
class TeamLine:
    """One account of a team.

    Attributes:
        cell, cell_before: portfolio cells today and on the day moves are told since.
        stage: of the relationship's life cycle.
        revenue: of twelve months, of the account alone; `potential` a year; both in our currency.
        rank, core: the place of the customer it counts under, and whether that is in the core.
        silent: days since the last touch; None without one. `limit` is what its rhythm allows.
        touches, asked: of twelve months, and how many its tier asks for.
        minutes: on record in twelve months.
        overdue, promised: our promises and their requests: overdue, and all that are open.
        waiting: special terms without a valid approval. `unowned`: open tasks without a name.
        plan: `current`, `changed`, `old`, or `none`.
        attention: the most urgent thing to do, and its weight; None and 0 where there is none.
        next_review: the day it is due, by the last meeting or the records.
    """

    account_id: str
    name: str
    owner: str | None
    tier: str | None
    cell: str
    cell_before: str
    stage: str
    revenue: Decimal
    potential: Decimal | None
    rank: int | None
    core: bool
    health: str
    silent: int | None
    limit: Decimal | None
    touches: int
    asked: int
    minutes: int
    overdue: int
    promised: int
    waiting: int
    unowned: int
    plan: str
    nurture: bool
    neglected: bool
    attention: str | None
    weight: int
    next_review: date | None

    @property
    def moved(self) -> bool:
        """Whether it changed its cell; not where either is unknown."""
        return self.cell != self.cell_before and "unknown" not in {self.cell, self.cell_before}

    @property
    def gone_quiet(self) -> bool:
        """Whether the silence is longer than its rhythm allows."""
        return self.silent is not None and self.limit is not None and self.silent > self.limit


@dataclass(frozen=True)
class TeamView:
    """A team's accounts on a day, and the portfolio they make.

    `k` of `n` customers reach the core share; `top1` and `top5` are per cent of revenue, `hhi` is
    0 to 1, None without revenue.
    """

    name: str
    as_of: date
    since: date
    currency: str
    k: int
    n: int
    top1: Decimal | None
    top5: Decimal | None
    hhi: Decimal | None
    dependence: str
    lines: tuple[TeamLine, ...]

    def sort(self, by: str) -> TeamView:
        """The same accounts in another order; raises `BadInput` for an order it does not know."""
        if by not in SORTINGS:
            known = ", ".join(SORTINGS)
            raise BadInput(f"A team is sorted by {known}, not by “{by}”.")
        ordered = sorted(self.lines, key=lambda line: (SORTINGS[by](line), line.name))
        return replace(self, lines=tuple(ordered))

    def filter(self, by: str, value: str = "") -> TeamView:
        """Only some of the accounts: of a cell, stage, owner or tier, or that need something.

        `attention`, `moved` and `nurture` take no value; `plan` takes `stale` or a state.

        Raises:
            BadInput: a filter it does not know.
        """
        if by not in FILTERS:
            known = ", ".join(FILTERS)
            raise BadInput(f"A team is filtered by {known}, not by “{by}”.")
        wanted = value.strip().casefold()
        kept = tuple(line for line in self.lines if FILTERS[by](line, wanted))
        return replace(self, lines=kept)

    def line(self, account_id: str) -> TeamLine | None:
        """The line of an account; None if it is not one of the team's."""
        return next((line for line in self.lines if line.account_id == account_id), None)

    def cells(self) -> Mapping[str, tuple[TeamLine, ...]]:
        """The accounts by portfolio cell."""
        found: dict[str, tuple[TeamLine, ...]] = {}
        for line in self.lines:
            found[line.cell] = (*found.get(line.cell, ()), line)
        return MappingProxyType(found)


#: What each order compares; the largest first where more needs more attention.
SORTINGS: Mapping[str, Callable[[TeamLine], Any]] = MappingProxyType(
    {
        "attention": lambda line: -line.weight,
        "revenue": lambda line: -line.revenue,
        "name": lambda line: line.name,
        "silence": lambda line: -(line.silent if line.silent is not None else 100_000),
        "potential": lambda line: -(line.potential or 0),
        "touches": lambda line: line.touches - line.asked,
        "promises": lambda line: -line.overdue,
    }
)

#: What each filter lets through.
FILTERS: Mapping[str, Callable[[TeamLine, str], bool]] = MappingProxyType(
    {
        "cell": lambda line, value: line.cell.replace("_", " ") == value.replace("_", " "),
        "stage": lambda line, value: line.stage.replace("_", " ") == value.replace("_", " "),
        "owner": lambda line, value: value in (line.owner or "").casefold(),
        "tier": lambda line, value: value == (line.tier or "").casefold(),
        "attention": lambda line, _: bool(line.weight or line.overdue or line.waiting),
        "moved": lambda line, _: line.moved,
        "nurture": lambda line, _: line.nurture,
        "plan": lambda line, value: (
            line.plan in {"changed", "old"} if value in {"", "stale"} else line.plan == value
        ),
    }
)


def team_view(team: TeamBrief, next_days: Mapping[str, date]) -> TeamView:
    """The list of a team, in order of name. `next_days` are reviews that meetings have set."""
    order = standing(team.portfolio, team.thresholds)
    found = eighty_twenty(team.portfolio, team.thresholds)
    values = found.values
    moves = {brief.file.account.id: move for brief, move in team.moves}
    return TeamView(
        name=team.name,
        as_of=team.as_of,
        since=team.since,
        currency=order.currency,
        k=len(order.core),
        n=len(order.places),
        top1=values.get("top1"),
        top5=values.get("top5"),
        hhi=values.get("hhi"),
        dependence=found.outcome,
        lines=tuple(
            _line(team, brief, moves[brief.file.account.id], next_days) for brief in team.briefs
        ),
    )


def _line(team: TeamBrief, brief: Brief, move: Finding, next_days: Mapping[str, date]) -> TeamLine:
    account, study = brief.file.account, brief.study
    place = brief.position.rank if brief.position else None
    time, rhythm = team.times[account.id], study["rhythm"].values
    owing, first = owed(brief), brief.priorities[0] if brief.priorities else None
    potential = account.potential
    return TeamLine(
        account_id=account.id,
        name=account.name,
        owner=brief.file.owner.name if brief.file.owner else None,
        tier=account.tier,
        cell=move.values["to"],
        cell_before=move.values["from"],
        stage=study["life_cycle"].outcome,
        revenue=study["revenue"].values["latest"] or Decimal(0),
        potential=None
        if potential is None
        else brief.file.catalogue.ours(potential, account.currency),
        rank=place.rank if place else None,
        core=bool(place and place.rank <= _core(team, brief)),
        health=study["health"].outcome,
        silent=rhythm["days"],
        limit=rhythm["limit"],
        touches=len(time.touches),
        asked=time.wanted,
        minutes=time.total,
        overdue=sum(one.status == "overdue" for one in owing),
        promised=sum(one.status in {"open", "overdue"} for one in owing),
        waiting=len(waiting(brief)),
        unowned=len(unowned(brief)),
        plan=team.plans[account.id].outcome,
        nurture=_in(team.nurture, account.id),
        neglected=_in(team.neglected, account.id),
        attention=sentence(brief, first).text if first else None,
        weight=first.weight if first else 0,
        next_review=next_days.get(account.id, account.next_review_on),
    )


def _core(team: TeamBrief, brief: Brief) -> int:
    assert brief.position is not None
    return brief.position.profile.core_size(team.thresholds.core_share)


def _in(found: Finding, account_id: str) -> bool:
    return any(one.account_id == account_id for one in found.values.get("listed", ()))


__all__ = ["FILTERS", "SORTINGS", "TeamLine", "TeamView", "team_view"]
