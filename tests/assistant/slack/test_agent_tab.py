"""The messages tab suggests what is natural to ask."""

from __future__ import annotations

from tests.assistant.slack.house import CLAIRE, PRIYA, House


def suggested(house: House, name: str) -> list[str]:
    house.settled()
    shown = house.slack.prompts(house.person(name))
    assert shown is not None
    return [prompt["title"] for prompt in shown.prompts]


def test_a_rep_and_a_manager_are_offered_different_questions(house: House) -> None:
    house.slack.open_messages(house.person(PRIYA))
    assert suggested(house, PRIYA)[0] == "What needs my attention"
    house.slack.open_messages(house.person(CLAIRE))
    assert suggested(house, CLAIRE)[0] == "How my team is doing"


def test_who_looks_at_an_accounts_channel_is_offered_questions_about_it(house: House) -> None:
    channel = house.channel("acct-meridian", PRIYA)
    house.slack.look_at(house.person(PRIYA), channel)
    assert suggested(house, PRIYA)[:2] == [
        "Where Meridian Breweries stands",
        "Who decides at Meridian Breweries",
    ]


def test_somebody_unknown_is_offered_the_playbook(house: House) -> None:
    house.slack.open_messages(house.person("Ivo Fremd"))
    assert suggested(house, "Ivo Fremd") == [
        "What a champion is",
        "What MEDDPICC is",
    ]


def test_the_home_tab_is_not_our_business(house: House) -> None:
    house.slack.open_home(house.person(PRIYA))
    house.settled()
    assert house.slack.prompts(house.person(PRIYA)) is None
