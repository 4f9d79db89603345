"""Lists for whoever leads, and what a rep sees of the same: their own entry, word for word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.slack.views import ids
from assistant.steering import Asks
from assistant.tutoring import learner_of
from knowledge.records import Viewer
from tests.assistant.slack.house import CLAIRE, PRIYA, House
from tests.doubles.slack import Message, View
from tests.scenarios.slack.telling import click, listed, on_home, posted, use

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)


def form(house: House, shown: Message, action: str) -> View:
    """The form behind a button of a list."""
    claire = house.person(CLAIRE)
    house.slack.click(claire, shown, action)
    return house.slack.wait_for(lambda: house.slack.open_views(claire))[-1]


def test_a_lead_sees_by_name_what_plans_lack_and_each_rep_sees_the_same_of_themselves(
    house: House,
) -> None:
    team = listed(house, "coaching")
    names = ["Daniel Reyes", "Marcus Bell", "Priya Natarajan", "Sofia Lindqvist"]
    told = team.words + "".join(
        one.words for one in house.slack.answers(team.channel, team.ts) if one.ts != team.ts
    )
    places = [told.index(name) for name in names]
    assert places == sorted(places)
    assert "no ranking" in told
    own = on_home(house, PRIYA, ids.LISTS).words
    assert "Marcus Bell" not in own
    entry = own.partition("Priya Natarajan")[2].partition("\n•")[2].partition("\n")[0]
    assert entry
    assert entry in told


def test_an_open_ask_is_answered_in_a_form_and_leaves_the_list(house: House) -> None:
    desk = house.service.desk
    priya = desk.viewer(house.person(PRIYA).email)
    text = "A one-page case on the water loop"
    day = desk.day(None)
    Asks(desk.office).make(priya, "Meridian", text, target="marketing", on=day, now=NOW)
    asks = listed(house, "asks")
    assert text in asks.words
    assert "asked of marketing by Priya Natarajan" in asks.words
    places = {
        one["accessory"]["action_id"]: one["text"]["text"]
        for one in asks.blocks
        if "accessory" in one
    }
    action = next(key for key, told in places.items() if text in told)
    answer = form(house, asks, action)
    assert house.slack.submit(house.person(CLAIRE), answer, {ids.TEXT: " "}).errors
    sent = house.slack.submit(house.person(CLAIRE), answer, {ids.TEXT: "It is on the website."})
    house.slack.redeliver(sent.delivery)
    house.settled()
    (after,) = posted(house, house.dm(CLAIRE))
    assert text not in after.words


def test_asks_that_do_not_fit_come_with_the_next_message(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.views.coaching._MOST_ASKS", 1)
    desk = house.service.desk
    priya, day = desk.viewer(house.person(PRIYA).email), desk.day(None)
    for text, on in (
        ("A case on the water loop", day - timedelta(1)),
        ("A visit of the plant", day),
    ):
        Asks(desk.office).make(priya, "Meridian", text, target="marketing", on=on, now=NOW)
    first = listed(house, "asks")
    assert "A case on the water loop" in first.words
    assert "A visit of the plant" not in first.words
    assert "and 1 more ask" in first.words
    click(house, CLAIRE, first, ids.LISTS)
    _, second = posted(house, house.dm(CLAIRE))
    assert "A visit of the plant" in second.words
    assert "A case on the water loop" not in second.words


def test_coaching_names_a_few_accounts_and_all_of_one_person_on_a_click(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = listed(house, "coaching")
    monkeypatch.setattr("assistant.slack.views.coaching._MOST_NAMED", 1)
    few = listed(house, "coaching")
    assert "+1" in few.words
    buttons = [one for block in few.blocks for one in block.get("elements", ())]
    offered = next(one["value"] for one in buttons if one.get("action_id") == ids.LISTS)
    house.slack.click(house.person(CLAIRE), few, ids.LISTS, offered)
    house.settled()
    of_one = posted(house, house.dm(CLAIRE))[-1]
    entry = of_one.words.partition("\n•")[2].partition("\n")[0]
    assert "+" not in entry
    assert entry in whole.words


def test_a_rep_cannot_open_the_plans_of_a_colleague_with_a_forged_button(house: House) -> None:
    users = house.service.desk.workspace.ledger.catalogue(Viewer.operator()).users
    marcus = next(one.id for one in users.values() if one.name == "Marcus Bell")
    payload = {"user": house.person(PRIYA).id, "team": house.slack.team_id, "list": "coaching"}
    house.service.work.enqueue("forged", "list", {**payload, "of": marcus})
    house.settled()
    (shown,) = posted(house, house.dm(PRIYA))
    assert "Priya Natarajan" in shown.words
    assert "Marcus Bell" not in shown.words


def test_a_new_ask_is_made_in_a_form_and_stands_in_the_list_once(house: House) -> None:
    asks = listed(house, "asks")
    new = form(house, asks, ids.NEW_ASK)
    claire = house.person(CLAIRE)
    meridian = house.slack.options(claire, new, ids.ACCOUNT, "Meridian")[0]["value"]
    told = {ids.ACCOUNT: meridian, ids.KIND: "service", ids.TEXT: "A night shift in Norwich"}
    sent = house.slack.submit(claire, new, {**told, ids.DUE: "2026-10-20"})
    house.slack.redeliver(sent.delivery)
    house.settled()
    (after,) = posted(house, house.dm(CLAIRE))
    assert after.words.count("A night shift in Norwich") == 1
    assert "Meridian Breweries: asked of service by Claire Okafor" in after.words
    assert "due on 20 October 2026" in after.words


def test_the_self_check_is_answered_with_what_it_rests_on_and_goes_into_a_file(
    house: House,
) -> None:
    check = listed(house, "imperatives")
    assert "questions about the house, not about people" in check.words
    answer = form(house, check, ids.CHECK)
    told = {ids.IMPERATIVE: "integration", ids.SCORE: "2"}
    claire = house.person(CLAIRE)
    assert list(house.slack.submit(claire, answer, {**told, ids.TEXT: " "}).errors) == [ids.TEXT]
    house.slack.submit(claire, answer, {**told, ids.TEXT: "=Meridian, 21 September"})
    house.settled()
    (after,) = posted(house, house.dm(CLAIRE))
    assert "2 of 3 (mostly), 30 September 2026, Claire Okafor" in after.words
    click(house, CLAIRE, after, ids.LIST_CSV)
    (file,) = house.slack.files(house.dm(CLAIRE))
    assert file.name == "imperatives-2026-09-30.csv"
    assert b"\"'=Meridian" in file.content


def test_exceptions_for_the_pricing_committee_are_counted(house: House) -> None:
    shown = listed(house, "exceptions")
    assert "discount for Pumps: granted 2 times" in shown.words
    assert "at most 14" in shown.words
    assert "last on 6 August 2026" in shown.words
    assert "Winter package tailings" in shown.words


def test_a_lead_sees_how_far_those_are_who_agreed_and_nobody_else(house: House) -> None:
    assert "Nobody has agreed to share" in listed(house, "learners").words
    desk = house.service.desk
    priya = desk.viewer(house.person(PRIYA).email)
    desk.tutor.finish(priya, "account-plan", NOW)
    desk.tutor.agree(priya, house.person(CLAIRE).email, NOW, yes=True)
    assert desk.tutor.learners(desk.viewer(house.person(CLAIRE).email)) == [learner_of(priya)]
    shown = listed(house, "learners")
    assert "Learning: Priya Natarajan" in shown.words
    assert "1 of " in shown.words
    assert "nobody is compared" in shown.words


def test_a_command_opens_the_lists_too_where_the_lead_alone_sees_them(house: House) -> None:
    team = house.channel("sales", CLAIRE, PRIYA)
    use(house, CLAIRE, "/review", "lists", team)
    assert posted(house, team) == []
    (offered,) = house.slack.ephemerals(house.person(CLAIRE))
    assert "Which list?" in offered.words
    values = {
        one["value"]: one["action_id"]
        for block in offered.blocks
        for one in block.get("elements", ())
    }
    names = ("coaching", "learners", "asks", "exceptions", "imperatives")
    assert list(values) == [ids.pack(name) for name in names]
    click(house, CLAIRE, offered, values[ids.pack("exceptions")])
    (shown,) = posted(house, house.dm(CLAIRE))
    assert "discount for Pumps: granted 2 times" in shown.words


def test_a_rep_who_asks_for_the_lists_reads_one_kind_sentence(house: House) -> None:
    use(house, PRIYA, "/review", "Lists")
    (told,) = posted(house, house.dm(PRIYA))
    assert "for whoever leads people" in told.words
    assert told.words.count(".") == 1
    assert all(block["type"] == "section" for block in told.blocks)


def test_a_stranger_who_asks_for_the_lists_gets_a_way_in(house: House) -> None:
    use(house, "Nora Quist", "/review", "lists")
    (told,) = posted(house, house.dm("Nora Quist"))
    assert "stands in no record here" in told.words
