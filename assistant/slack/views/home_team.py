"""Home for a manager: the team's accounts by cell and stage, and what has to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn, plain
from assistant.slack.splitting import SECTION, split
from assistant.slack.views import ids
from assistant.slack.views.approval import ApprovalLine
from assistant.slack.views.blocks import (
    Block,
    Option,
    actions,
    button,
    context,
    divider,
    fields,
    header,
    overflow,
    section,
    sections,
    select,
)
from assistant.slack.views.home import LATE_MARKS, Tab, home_view, tabs, turning
from assistant.slack.words import words

Sort = Literal["attention", "revenue", "name", "owner", "cell"]
SORTS: tuple[Sort, ...] = ("attention", "revenue", "name", "owner", "cell")

#: What else a lead can have listed.
LISTS = ("coaching", "learners", "asks", "exceptions", "imperatives")
#: A line is one block; with the rest of the view they stay well under a hundred.
PAGE = 20
_MOST_SAID = 6
_MOST_APPROVALS = 5
_FIGURE, _SAID = 100, 300


@dataclass(frozen=True)
class TeamLine:
    """An account of the team: `cell` and `stage` in words, `moved` how either has changed.

    The cell is that of the customer it counts under, its parents and subsidiaries included, and
    is told as such; `tier` is the account's own.
    `attention` is the most urgent thing in a sentence; `stale` says why its plan no longer holds.
    """

    account_id: str
    account: str
    owner: str | None
    cell: str
    stage: str
    revenue: str
    moved: str | None = None
    attention: str | None = None
    stale: str | None = None
    late: bool = False
    tier: str | None = None


@dataclass(frozen=True)
class TeamHome:
    """What a manager sees.

    Attributes:
        figures: short pairs of what is counted and how many, such as “Core” and “5 of 16”.
        said: sentences about the portfolio: the true k of N, dependence, who will matter soon.
        lines: the page that is shown, sorted and filtered; `found` of `total` accounts fit.
        owners: whom one can filter by.
    """

    name: str
    day: date
    figures: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    lines: tuple[TeamLine, ...]
    found: int
    total: int
    approvals: tuple[ApprovalLine, ...] = ()
    owners: tuple[str, ...] = ()
    sort: Sort = "attention"
    only: str = ""
    page: int = 0
    language: str = "en"
    tabs: tuple[Tab, ...] = ("accounts", "team", "learning")


def team_home(home: TeamHome) -> Block:
    """The team view; sorting, filtering and paging come back as actions."""
    told = words(home.language)
    blocks = [
        *tabs(home.tabs, "team", told),
        header(told.text("team.title", name=home.name)),
        context(mrkdwn(f"{told.day(home.day)}  ·  {told.text('team.seen')}")),
    ]
    if home.figures:
        blocks.append(
            fields(
                f"*{mrkdwn(plain(v, _FIGURE))}*\n{mrkdwn(plain(k, _FIGURE))}"
                for k, v in home.figures[:10]
            )
        )
    if home.said:
        blocks += sections("\n".join(mrkdwn(line(one)) for one in home.said[:_MOST_SAID]))
    blocks += [*_approvals(home.approvals, told), divider(), _order(home, told)]
    for one in home.lines[:PAGE]:
        blocks.append(_line(one, told))
    if not home.lines:
        blocks.append(section(mrkdwn(told.text("team.none"))))
    blocks += [*_pages(home, told), divider(), _deeds(home, told)]
    return home_view(blocks)


def _line(one: TeamLine, told: Captions) -> Block:
    """Name and figures, then what moved, what is urgent and what no longer holds."""
    cell = told.text("team.cell", cell=one.cell)
    own = [one.tier] if one.tier else []
    about = [*own, cell, one.stage, one.revenue, one.owner or told.text("team.nobody")]
    texts = [f"*{mrkdwn(line(one.account))}*  " + mrkdwn(" · ".join(map(line, about)))]
    if one.moved:
        texts.append(f"↗ {mrkdwn(plain(one.moved, _SAID))}")
    if one.attention:
        texts.append(f"{LATE_MARKS[one.late]} {mrkdwn(plain(one.attention, _SAID))}")
    if one.stale:
        texts.append(f":hourglass: {mrkdwn(plain(one.stale, _SAID))}")
    opened = button(told.text("do.open"), ids.SHOW_ACCOUNT, ids.pack(one.account_id))
    return section(split("\n".join(texts), SECTION)[0], opened)


def _order(home: TeamHome, told: Captions) -> Block:
    sorts = [Option(told.text(f"sort.{sort}"), sort) for sort in SORTS]
    every = [
        Option(told.text("team.everybody"), "all"),
        Option(told.text("team.late"), "late"),
        Option(told.text("team.stale"), "stale"),
    ]
    owners = [Option(owner, f"owner:{owner}") for owner in home.owners if len(owner) < 140]  # noqa: PLR2004
    return actions(
        select(ids.TEAM_SORT, told.text("team.sort"), sorts, home.sort),
        select(ids.TEAM_FILTER, told.text("team.filter"), [*every, *owners], home.only or "all"),
    )


def _pages(home: TeamHome, told: Captions) -> Iterator[Block]:
    first = home.page * PAGE
    last = min(first + PAGE, home.found)
    shown = told.text(
        "team.shown", first=first + 1 if last else 0, last=last, found=home.found, total=home.total
    )
    yield context(mrkdwn(shown))
    yield from turning(ids.TEAM_PAGE, home.page, told, more=last < home.found)


def _approvals(waiting: Sequence[ApprovalLine], told: Captions) -> Iterator[Block]:
    if not waiting:
        return
    yield section(f"*{mrkdwn(told.counted('team.approvals', len(waiting)))}*")
    for one in waiting[:_MOST_APPROVALS]:
        what = mrkdwn(plain(f"{one.account}: {one.what}", _SAID))
        by = mrkdwn(told.text("approval.by", who=one.asked_by, day=told.day(one.expires_on)))
        opened = button(told.text("do.decide"), ids.SHOW_ACCOUNT, ids.pack(one.id, "approval"))
        yield section(f"{what}\n{by}", opened)
    if (more := len(waiting) - _MOST_APPROVALS) > 0:
        yield context(mrkdwn(told.counted("team.more_approvals", more)))


def _deeds(home: TeamHome, told: Captions) -> Block:
    lists = [Option(told.text(f"lists.{name}"), ids.pack(name)) for name in LISTS]
    return actions(
        button(told.text("do.team_review"), ids.TEAM_REVIEW, ids.pack(home.name), "primary"),
        button(told.text("do.digest"), ids.DIGEST_SETTINGS, ids.pack("")),
        overflow(ids.LISTS, lists),
    )
