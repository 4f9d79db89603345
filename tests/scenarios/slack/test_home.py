"""Home: a rep, a manager, a new hire and a stranger open it, and each sees what they need first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete

from assistant.slack.listeners.home import refresh
from assistant.slack.views import ids
from assistant.steering import Approvals
from assistant.work import Job
from knowledge.records.tables import Grant
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.doubles.slack import View
from tests.scenarios.slack.telling import at_home, home_of, pressed, promised

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
MERIDIAN = "0015g0000000004AAA"


def accounts(view: View) -> list[str]:
    """The accounts with a button to open them, in order."""
    return [
        block["text"]["text"].partition("*  ")[0].strip("*")
        for block in view.blocks
        if block.get("accessory", {}).get("action_id") == ids.SHOW_ACCOUNT
    ]


def buttons(view: View) -> list[dict[str, Any]]:
    return [
        one for block in view.blocks for one in block.get("elements", ()) if one.get("action_id")
    ]


def planned(view: View) -> list[str]:
    """The accounts of a rep that can be planned with a click, in order."""
    return [one["value"] for one in buttons(view) if one["action_id"] == ids.PLAN]


def filled(house: House, name: str) -> View:
    """The account that somebody has opened, once it has been looked up."""
    person = house.person(name)
    house.slack.wait_for(
        lambda: [v for v in house.slack.open_views(person) if "Looking it up" not in v.words]
    )
    return house.slack.open_views(person)[-1]


def test_a_rep_sees_what_is_overdue_first_with_a_reason_and_one_click_to_act(house: House) -> None:
    view = at_home(house, PRIYA)
    words = view.words
    assert "Priya Natarajan: what to do first" in words
    assert words.index("Meridian Breweries") < words.index("Rosenlund Fjernvarme")
    assert "We promised" in words
    assert "Borealis" not in words
    assert {ids.PLAN, ids.FOLLOW_UP, ids.ASK} <= {one["action_id"] for one in buttons(view)}


def test_a_rep_with_more_accounts_than_fit_turns_the_page_and_turns_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.views.home.MOST_ACCOUNTS", 1)
    first = at_home(house, PRIYA)
    assert planned(first) == [ids.pack(MERIDIAN)]
    assert "3 more accounts need something" in first.words
    second = planned(pressed(house, PRIYA, f"{ids.HOME_PAGE}.0"))
    assert len(second) == 1
    assert second != [ids.pack(MERIDIAN)]
    assert planned(at_home(house, PRIYA)) == second, "Home stays where it was left"
    assert planned(pressed(house, PRIYA, f"{ids.HOME_PAGE}.0")) == [ids.pack(MERIDIAN)]


def test_one_click_on_home_drafts_the_plan_in_the_reps_own_conversation(house: House) -> None:
    at_home(house, PRIYA)
    pressed(house, PRIYA, ids.PLAN, ids.pack(MERIDIAN))
    (plan,) = house.slack.messages(house.dm(PRIYA))
    assert "Meridian Breweries" in plan.words


def test_a_question_asked_from_home_stands_in_the_conversation_with_its_answer(
    house: House,
) -> None:
    view = at_home(house, PRIYA)
    rep = house.person(PRIYA)
    house.slack.click(rep, view, ids.ASK, ids.pack(MERIDIAN))
    (form,) = house.slack.wait_for(lambda: house.slack.open_views(rep))
    house.slack.submit(rep, form, {ids.TEXT: "Who decides there?"})
    house.settled()
    question, *answers = house.slack.messages(house.dm(PRIYA))
    assert question.text == "Meridian Breweries: Who decides there?"
    assert answers
    assert all(one.thread_ts == question.ts for one in answers)


def test_a_manager_sorts_filters_and_opens_an_account_of_the_team(house: House) -> None:
    view = at_home(house, CLAIRE)
    assert "Claire Okafor: the team's accounts" in view.words
    assert "of the revenue" in view.words
    assert "Lindauer" not in view.words, "another manager's account"
    by_name = accounts(pressed(house, CLAIRE, ids.TEAM_SORT, "name"))
    assert by_name == sorted(by_name)
    assert len(by_name) == 19

    only = pressed(house, CLAIRE, ids.TEAM_FILTER, "owner:Priya Natarajan")
    assert len(accounts(only)) == 4
    assert accounts(only) == sorted(accounts(only)), "the order that was chosen stays"

    house.slack.click(house.person(CLAIRE), only, ids.SHOW_ACCOUNT, ids.pack(MERIDIAN))
    sheet = filled(house, CLAIRE)
    assert "Priya Natarajan" in sheet.words
    assert "We promised" in sheet.words


def test_a_manager_goes_from_the_team_to_learning_and_comes_back_to_the_same_list(
    house: House,
) -> None:
    at_home(house, CLAIRE)
    pressed(house, CLAIRE, ids.TEAM_FILTER, "late")
    learning = pressed(house, CLAIRE, f"{ids.HOME_TAB}.2", ids.pack("learning"))
    assert "your learning path" in learning.words
    again = at_home(house, CLAIRE)
    assert "your learning path" in again.words, "Home stays where it was left"
    back = pressed(house, CLAIRE, f"{ids.HOME_TAB}.1", ids.pack("team"))
    late = house.service.desk.steering.team(
        house.service.desk.viewer("claire.okafor@varnholt.example"),
        "claire.okafor@varnholt.example",
        house.service.desk.day(None),
    )
    assert len(accounts(back)) == sum(bool(one.overdue) for one in late.lines)


def test_a_manager_who_opens_home_for_the_first_time_does_not_look_at_nothing(
    house: House,
) -> None:
    at_home(house, CLAIRE)
    first, second = house.slack.calls_of("views.publish")
    assert "Looking it up" in str(first.arguments["view"])
    assert "the team's accounts" in str(second.arguments["view"])
    at_home(house, CLAIRE)
    *_, third = house.slack.calls_of("views.publish")
    assert len(house.slack.calls_of("views.publish")) == 3
    assert "the team's accounts" in str(third.arguments["view"])


def test_the_review_of_the_team_is_one_click_away(house: House) -> None:
    at_home(house, CLAIRE)
    pressed(house, CLAIRE, ids.TEAM_REVIEW)
    review, *_ = house.slack.messages(house.dm(CLAIRE))
    assert "Claire Okafor" in review.words
    house.slack.click(house.person(CLAIRE), review, ids.SLIDES)
    house.settled(120)
    (deck,) = house.slack.files(house.dm(CLAIRE))
    assert deck.name.endswith(".pptx")


def test_a_manager_decides_from_home_what_waits_for_an_approval(house: House) -> None:
    desk = house.service.desk
    rep = desk.viewer("sofia.lindqvist@varnholt.example")
    stratton = desk.office.brief(rep, "Stratton Water", desk.day(None))
    approvals = Approvals(desk.office)
    exceeded = next(one for one in approvals.needed(stratton.study["policy"]) if not one.forbidden)
    approvals.request(rep, exceeded, why="They sign this quarter", now=datetime.now(UTC))
    (manager,) = {one.name for one in approvals.approvers(rep, exceeded.policy_id)[:1]}
    view = at_home(house, manager)
    assert "1 approval waits" in view.words or "one approval waits" in view.words.casefold()
    decide = next(
        block["accessory"]["value"]
        for block in view.blocks
        if block.get("accessory", {}).get("value", "").endswith('"approval"]')
    )
    house.slack.click(house.person(manager), view, ids.SHOW_ACCOUNT, decide)
    asked = filled(house, manager)
    assert "They sign this quarter" in asked.words
    assert "Sofia Lindqvist" in asked.words


def test_a_rep_cannot_open_what_is_not_theirs_even_with_a_forged_button(house: House) -> None:
    at_home(house, CLAIRE)
    client, rep = house.reception.client, house.person(JONAS)
    forged = house.slack.home(house.person(CLAIRE))
    assert forged is not None
    client.views_publish(user_id=rep.id, view={"type": "home", "blocks": forged.blocks})
    shown = house.slack.home(rep)
    assert shown is not None
    house.slack.click(rep, shown, ids.SHOW_ACCOUNT, ids.pack(MERIDIAN))
    sheet = filled(house, JONAS)
    assert "not yours to see" in sheet.words
    assert "Meridian" not in sheet.words


def test_a_new_hire_without_accounts_sees_the_learning_path(house: House) -> None:
    database = house.service.desk.workspace.database
    newcomer = house.service.desk.viewer("priya.natarajan@varnholt.example")
    with database.writing() as session:
        session.execute(delete(Grant).where(Grant.user_id == newcomer.user_id))
    view = at_home(house, PRIYA)
    assert "your learning path" in view.words
    assert "Only you see this" in view.words


def test_a_stranger_sees_the_playbook_and_the_way_in(house: House) -> None:
    view = at_home(house, "Ivo Fremd")
    assert "stands in no record here" in view.words
    assert [one for one in view.blocks if one.get("accessory", {}).get("action_id")]
    assert "Meridian" not in view.words


def test_home_knows_at_once_of_a_promise_that_was_logged_from_it(house: House) -> None:
    view = at_home(house, PRIYA)
    assert "Rosenlund Fjernvarme" in view.words
    promised(house, "Send the spare parts list")
    done = Job("log-1", "log", {"user": house.person(PRIYA).id, "team": house.slack.team_id}, NOW)
    refresh(house.reception, done)
    assert "Send the spare parts list" in home_of(house, PRIYA).words


def test_home_speaks_the_language_of_whoever_opens_it(house: House) -> None:
    german = house.slack.workspace.person(
        "Tomasz Wierzba", "tomasz.wierzba@varnholt.example", locale="de-DE"
    )
    house.slack.open_home(german)
    house.settled()
    view = house.slack.home(german)
    assert view is not None
    assert "die Kunden des Teams" in view.words
    assert "Sonderkonditionen" in view.words or "Kunden" in view.words


def test_home_that_cannot_be_shown_says_so_with_a_number(house: House) -> None:
    house.service.desk.steering.office.__dict__["briefs"] = None
    view = at_home(house, PRIYA)
    assert "name the number" in view.words
