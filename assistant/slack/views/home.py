"""Home: what each of us needs to see first.

A rep sees accounts by the attention they need, a manager the team, a new hire the learning path,
and somebody we do not know the playbook and the way in. The sentences come ready, in the
language of the view; nothing here reads records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.rendering.captions import Captions
from assistant.slack.safety import line, mrkdwn
from assistant.slack.splitting import VIEW_BLOCKS
from assistant.slack.views import ids
from assistant.slack.views.blocks import (
    Block,
    Option,
    actions,
    button,
    context,
    divider,
    header,
    overflow,
    section,
    sections,
)
from assistant.slack.views.notices import way_in
from assistant.slack.words import words

Tab = Literal["accounts", "team", "learning"]
ReasonKind = Literal[
    "request", "promise", "terms", "complaint", "people", "stale", "review", "renewal", "deal"
]

#: How a reason begins: what is late has a mark that is seen from afar.
LATE_MARKS = {True: ":red_circle:", False: ":white_small_square:"}
#: Accounts on a screen; the others are counted and one click away.
MOST_ACCOUNTS = 12
_MOST_REASONS = 3


@dataclass(frozen=True)
class Reason:
    """Why an account needs attention, in a sentence. `late` is what should have happened."""

    kind: ReasonKind
    text: str
    late: bool = False


@dataclass(frozen=True)
class Attention:
    """An account that needs attention; the most urgent reason first.

    `revenue` is told with its currency, for twelve months.
    """

    account_id: str
    account: str
    reasons: tuple[Reason, ...]
    tier: str | None = None
    revenue: str | None = None


@dataclass(frozen=True)
class RepHome:
    """What a rep sees.

    Attributes:
        steady: how many accounts need nothing today.
        unread: how many were not looked through, and `read` how many, the largest ones, were.
        page: the screen that is shown; the last one where there are fewer.
    """

    name: str
    day: date
    attention: tuple[Attention, ...]
    steady: int = 0
    language: str = "en"
    tabs: tuple[Tab, ...] = ("accounts", "learning")
    unread: int = 0
    read: int = 0
    page: int = 0


@dataclass(frozen=True)
class OutsiderHome:
    """What somebody sees whose address stands in no record.

    `ask` names who can let them in; `topics` are articles of the playbook, id and title.
    """

    email: str | None
    ask: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    language: str = "en"


def reason_line(reason: Reason) -> str:
    """A reason as a line of its own."""
    return f"{LATE_MARKS[reason.late]} {mrkdwn(line(reason.text))}"


def home_view(blocks: Sequence[Block]) -> Block:
    """A Home of these blocks; a hundred at most, and the last says so."""
    shown = list(blocks)[:VIEW_BLOCKS]
    return {"type": "home", "callback_id": ids.HOME_VIEW, "blocks": shown}


def rep_home(home: RepHome) -> Block:
    """A rep's accounts by attention needed, each with its reasons and what to do in one click."""
    told = words(home.language)
    late = sum(any(reason.late for reason in one.reasons) for one in home.attention)
    blocks = [
        *tabs(home.tabs, "accounts", told),
        header(told.text("home.rep_title", name=home.name)),
        context(mrkdwn(_summary(home, late, told))),
    ]
    page = min(home.page, max(0, len(home.attention) - 1) // MOST_ACCOUNTS)
    first, last = page * MOST_ACCOUNTS, (page + 1) * MOST_ACCOUNTS
    for one in home.attention[first:last]:
        blocks += [divider(), *_account(one, told)]
    if not home.attention:
        blocks.append(section(mrkdwn(told.text("home.nothing"))))
    if (more := len(home.attention) - last) > 0:
        blocks.append(context(mrkdwn(told.counted("home.more", more))))
    blocks += turning(ids.HOME_PAGE, page, told, more=more > 0)
    if home.unread:
        blocks.append(context(mrkdwn(told.counted("home.unread", home.unread, most=home.read))))
    blocks += [divider(), *_foot(told)]
    return home_view(blocks)


def outsider_home(home: OutsiderHome) -> Block:
    """The playbook, and a clear way in."""
    told = words(home.language)
    blocks = [
        header(told.text("outsider.title")),
        section(mrkdwn(way_in(home.email, home.ask, told))),
        divider(),
        section(f"*{mrkdwn(told.text('outsider.playbook'))}*"),
    ]
    for at, (article, title) in enumerate(home.topics, start=1):
        read = button(told.text("do.read"), ids.numbered(ids.PLAYBOOK, at), ids.pack(article))
        blocks.append(section(mrkdwn(line(title)), read))
    return home_view(blocks)


def tabs(offered: Sequence[Tab], current: Tab, told: Captions) -> list[Block]:
    """A row of buttons to change the view; none where there is one view only."""
    if len(offered) < 2:  # noqa: PLR2004 - one view needs no choice
        return []
    return [
        actions(
            *(
                button(
                    told.text(f"tab.{tab}"),
                    ids.numbered(ids.HOME_TAB, at),
                    ids.pack(tab),
                    "primary" if tab == current else None,
                )
                for at, tab in enumerate(offered, start=1)
            )
        )
    ]


def turning(action: str, page: int, told: Captions, *, more: bool) -> list[Block]:
    """Back and next, where there are such pages; `page` is the one that is shown."""
    steps = [("team.back", page - 1)] if page else []
    steps += [("team.next", page + 1)] if more else []
    turns = [
        button(told.text(key), ids.numbered(action, at), ids.pack(str(to)))
        for at, (key, to) in enumerate(steps)
    ]
    return [actions(*turns)] if turns else []


def account_buttons(account_id: str, told: Captions) -> Block:
    """What can be done with an account at once, and the rest behind three dots."""
    value = ids.pack(account_id)
    return actions(
        button(told.text("do.plan"), ids.PLAN, value),
        button(told.text("do.follow_up"), ids.FOLLOW_UP, value),
        button(told.text("do.ask"), ids.ASK, value),
        overflow(
            ids.SECTION_MENU,
            [
                Option(told.text("do.review"), ids.pack("review", account_id)),
                Option(told.text("do.capture"), ids.pack("capture", account_id)),
                Option(told.text("do.snooze"), ids.pack("snooze", account_id)),
            ],
        ),
    )


def _account(one: Attention, told: Captions) -> Iterator[Block]:
    about = [mrkdwn(line(word)) for word in (one.tier, one.revenue) if word]
    title = f"*{mrkdwn(line(one.account))}*"
    lines = [" · ".join([title, *about])]
    lines += [reason_line(reason) for reason in one.reasons[:_MOST_REASONS]]
    yield from sections("\n".join(lines))
    if (more := len(one.reasons) - _MOST_REASONS) > 0:
        yield context(mrkdwn(told.counted("home.more_reasons", more)))
    yield account_buttons(one.account_id, told)


def _summary(home: RepHome, late: int, told: Captions) -> str:
    parts = [told.day(home.day), told.counted("home.attention", len(home.attention))]
    if late:
        parts.append(told.counted("home.late", late))
    if home.steady:
        parts.append(told.counted("home.steady", home.steady))
    return "  ·  ".join(parts)


def _foot(told: Captions) -> Iterator[Block]:
    yield actions(
        button(told.text("do.capture"), ids.CAPTURE, ids.pack("")),
        button(told.text("do.digest"), ids.DIGEST_SETTINGS, ids.pack("")),
    )
    yield context(mrkdwn(told.text("home.seen")))
