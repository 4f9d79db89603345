"""Hundreds of accounts: every screen within Slack's limits, and everything a click or two away."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.insight.priorities import Priority
from assistant.slack.home import Shown
from assistant.slack.home.accounts import accounts_home
from assistant.slack.home.team import Team, team_page
from assistant.slack.views import ids
from assistant.slack.views.approval import ApprovalLine
from assistant.slack.views.blocks import Block
from assistant.slack.views.coaching import asks_message, coaching_message, person_message
from assistant.steering import TeamLine, TeamView, Wanting, Worklist
from assistant.steering.asks import AskLine
from assistant.steering.coaching import Coaching, Reading, ThinPart
from tests.doubles.slack.blockkit import block_faults, view_faults

DAY = date(2026, 9, 30)
ACCOUNTS, REPS = 300, 5
TABS: Any = ("team", "accounts", "learning")


def name_of(number: int) -> str:
    return f"Customer {number:03d} of a Long Name"


def worklist() -> Worklist:
    """Every account asks for something."""
    late = Priority("break_silence", 50, DAY, "Daniel Reyes", {"days": 90, "limit": 30})
    return Worklist(
        DAY,
        "EUR",
        tuple(
            Wanting(
                f"a{number}", name_of(number), "A", Decimal(1_000), owned=True, priorities=(late,)
            )
            for number in range(ACCOUNTS)
        ),
    )


def line_of(number: int) -> TeamLine:
    return TeamLine(
        account_id=f"a{number}",
        name=name_of(number),
        owner=f"Rep Number {number % REPS}",
        tier="A",
        cell="strategic",
        cell_before="major",
        stage="early",
        revenue=Decimal(1_000),
        potential=None,
        rank=number,
        core=False,
        health="steady",
        silent=90,
        limit=Decimal(30),
        touches=1,
        asked=12,
        minutes=30,
        overdue=1,
        promised=2,
        waiting=0,
        unowned=0,
        plan="old",
        nurture=True,
        neglected=True,
        attention=None,
        weight=0,
        next_review=None,
    )


def team(approvals: int = 0) -> Team:
    waiting = [
        ApprovalLine(str(number), name_of(number), "Discount: 17 %", "Sofia Lindqvist", DAY)
        for number in range(approvals)
    ]
    lines = tuple(map(line_of, range(ACCOUNTS)))
    none = Decimal(0)
    view = TeamView(
        "Claire Okafor", DAY, DAY, "EUR", 60, ACCOUNTS, none, none, none, "spread", lines
    )
    return Team(view, worklist(), waiting, 80)


def words(piece: Any) -> str:
    """Everything that is read in some blocks."""
    return str(piece)


def named(blocks: Any) -> set[str]:
    return set(re.findall(r"Customer \d{3} of a Long Name", words(blocks)))


def clicked(blocks: Any, action: str, label: str) -> dict[str, Any] | None:
    """A button by its action and label."""
    for block in blocks:
        for one in (*block.get("elements", ()), block.get("accessory") or {}):
            if one.get("action_id", "").startswith(action) and one["text"]["text"] == label:
                found: dict[str, Any] = one
                return found
    return None


def test_a_rep_turns_the_pages_until_every_account_has_been_seen_once() -> None:
    seen: list[str] = []
    shown = Shown("accounts")
    while True:
        home = accounts_home("Daniel Reyes", worklist(), shown, "en", TABS)
        assert view_faults(home, "home") == []
        seen += sorted(named(home["blocks"]))
        following = clicked(home["blocks"], ids.HOME_PAGE, "Next")
        if following is None:
            break
        shown = shown.turned(following)
    assert seen == [name_of(number) for number in range(ACCOUNTS)]
    back = clicked(home["blocks"], ids.HOME_PAGE, "Back")
    assert back is not None
    assert shown.turned(back).own == shown.own - 1


def test_a_page_that_is_no_longer_there_shows_the_last_one() -> None:
    home = accounts_home("Daniel", worklist(), Shown("accounts", own=999), "en", TABS)
    assert name_of(ACCOUNTS - 1) in named(home["blocks"])


def test_a_lead_turns_the_pages_of_the_team_until_every_account_has_been_seen_once() -> None:
    seen: list[str] = []
    shown = Shown("team", "name")
    while True:
        home = team_page(team(), shown, "en", TABS)
        assert view_faults(home, "home") == []
        lines = [one for one in home["blocks"] if "accessory" in one]
        seen += sorted(named(lines))
        following = clicked(home["blocks"], ids.TEAM_PAGE, "Next")
        if following is None:
            break
        shown = shown.turned(following)
    assert seen == [name_of(number) for number in range(ACCOUNTS)]


def test_the_pages_of_the_team_and_of_ones_own_accounts_are_turned_apart() -> None:
    turn = {"action_id": f"{ids.HOME_PAGE}.1", "value": ids.pack("3")}
    assert Shown("team", page=7).turned(turn) == Shown("accounts", page=7, own=3)


def test_approvals_that_do_not_fit_are_counted() -> None:
    home = team_page(team(approvals=12), Shown("team"), "en", TABS)
    assert view_faults(home, "home") == []
    assert "12 approvals wait for you" in words(home)
    assert "and 7 more; they move up as you decide" in words(home)


def ask(number: int) -> AskLine:
    text, account = f"A case on line {number:03d}", name_of(number)
    return AskLine(
        id=f"ask{number}",
        ref=f"commitment:ask{number}@1",
        account_id=f"a{number}",
        account=account,
        text=text,
        target="marketing",
        owner=None,
        due_on=DAY,
        status="open",
        age=3,
        overdue=2,
        asked_by="Priya Natarajan",
        answer=None,
    )


def test_hundreds_of_asks_come_a_message_at_a_time_and_each_can_be_answered() -> None:
    asks = [ask(number) for number in range(ACCOUNTS)]
    seen: list[str] = []
    page = 0
    while True:
        shown = asks_message(asks, "en", page)
        assert shown.replies == ()
        assert block_faults(list(shown.blocks)) == []
        seen += re.findall(r'"(ask\d+)"', words(shown.blocks))
        following = clicked(shown.blocks, ids.LISTS, "Next")
        if following is None:
            break
        name, of = ids.unpack(following["value"])
        assert (name, of) == ("asks", str(page + 1))
        page += 1
    assert seen == [one.id for one in asks]
    assert "and 280 more asks" in words(asks_message(asks).blocks)


def coached(number: int) -> Coaching:
    kept = tuple(name_of(one) for one in range(ACCOUNTS) if one % REPS == number)
    elements = ("customer_goal", "potential", "key_players", "alternative", "charter")
    thin = tuple(ThinPart(one, "goal", kept, len(kept)) for one in elements)
    reading = (Reading("account-plan", "The account plan", elements),)
    return Coaching(f"rep{number}", f"Rep Number {number}", len(kept), thin, reading)


def test_coaching_names_the_first_accounts_and_all_of_them_on_request() -> None:
    people = [coached(number) for number in range(REPS)]
    shown = coaching_message(people)
    assert shown.replies == ()
    assert block_faults(list(shown.blocks)) == []
    assert "+52" in words(shown.blocks)
    for one in people:
        whole = person_message(one)
        pages: list[Block] = [block for page in (whole, *whole.replies) for block in page.blocks]
        assert named(pages) == set(one.thin[0].accounts)
        assert ids.pack("coaching", one.user_id) in words(shown.blocks)


def test_of_a_few_accounts_all_are_named_at_once() -> None:
    few = Coaching("rep1", "Rep", 8, (ThinPart("potential", "goal", ("A",) * 8, 8),), ())
    assert "All by name" not in words(coaching_message([few]).blocks)


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_every_language_counts_what_is_left(language: str) -> None:
    home = accounts_home("Daniel", worklist(), Shown("accounts"), language, TABS)
    assert view_faults(home, "home") == []
    assert "288" in words(home)
