"""A conversation as people have it in Slack: asked, answered with sources, followed up, stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.journal.conversations import ConversationFeedback
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House, serving, shown
from tests.doubles.model import ScriptedOpenAI, fail
from tests.doubles.slack import Message
from tests.scenarios.slack.conftest import MORNING

DANIEL, STRANGER = "Daniel Reyes", "Nora Quist"
DECIDES = "Who decides at Meridian Breweries?"
PROMISED = "Water balance for Norwich"


def further(house: House, name: str, text: str, thread: Message) -> Message:
    """Say more in a thread, and what was answered last."""
    house.slack.say(house.person(name), thread.channel, text, thread_ts=thread.ts)
    house.settled()
    return house.answers(thread)[-1]


def test_a_rep_watches_her_answer_being_made_and_opens_what_it_cites(house: House) -> None:
    question = house.ask(PRIYA, DECIDES)
    answer = house.answer(question)
    assert "Rachel Amadi" in answer.words
    assert any("crm.varnholt.example" in link for link in answer.links)
    assert "Computing from the records" in [one["title"] for one in answer.tasks.values()]
    assert {one["status"] for one in answer.tasks.values()} == {"complete"}
    assert answer.pings == []
    methods = [call.method for call in house.slack.calls]
    assert methods.index("chat.startStream") < methods.index("chat.stopStream")
    session = house.slack.session(question.channel, question.ts)
    assert session is not None
    assert session.status == "active"


def test_she_asks_on_in_the_thread_without_naming_the_account_again(house: House) -> None:
    question = house.ask(PRIYA, DECIDES)
    promised = further(house, PRIYA, "and what did we promise them?", question)
    assert PROMISED in promised.words
    assert "Meridian Breweries" in promised.words


def test_who_asks_in_german_is_answered_in_german(house: House) -> None:
    answer = house.answer(house.ask(PRIYA, "Was haben wir Meridian versprochen?"))
    assert "fällig am 29. September 2026" in answer.words
    assert "Rechne aus den Daten" in answer.words


def test_what_nobody_recorded_is_not_invented_and_she_hears_what_would_help(house: House) -> None:
    answer = house.answer(house.ask(PRIYA, "What does Meridian's CFO earn?"))
    assert "Nothing on record about Meridian Breweries answers that." in answer.words
    assert "What would help:" in answer.words
    assert "Priya Natarajan looks after the account" in answer.words


def test_a_name_that_fits_three_accounts_is_chosen_with_a_click(house: House) -> None:
    question = house.ask(DANIEL, "What did we promise Borealis?")
    chooser = house.answer(question)
    names = ["Borealis Cheese", "Borealis Dairy Group", "Borealis Ingredients"]
    assert all(name in chooser.words for name in names)
    house.slack.click(house.person(DANIEL), chooser, "answer.choose.2")
    house.settled()
    _, answer = house.answers(question)
    assert "Borealis Dairy Group" in answer.words
    assert "Jens Overgaard" in answer.words or "due on" in answer.words


def test_a_name_that_fits_three_accounts_is_chosen_with_a_word_in_the_thread(house: House) -> None:
    question = house.ask(DANIEL, "Who decides at Borealis, and when did we last meet them?")
    house.answer(question)
    answer = further(house, DANIEL, "the dairy group", question)
    assert "Birgit Aagaard" in answer.words
    assert "last in touch" in answer.words


@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "ru-RU"])
def test_whatever_is_suggested_is_answered_for_a_rep_a_manager_and_a_stranger(
    house: House, locale: str
) -> None:
    offered: dict[str, list[str]] = {}
    for name in (PRIYA, CLAIRE, STRANGER):
        email = f"{name.lower().replace(' ', '.')}@varnholt.example"
        person = house.slack.workspace.person(name, email, locale=locale)
        house._people[name] = person
        house.slack.look_at(person, house.slack.workspace.channel("acct-meridian", [person]))
        house.settled()
        prompts = house.slack.prompts(person)
        assert prompts is not None
        offered[name] = [one["message"] for one in prompts.prompts]
        for message in offered[name]:
            answer = house.answer(house.ask(name, message))
            assert "[1]" in answer.words, (message, answer.words)
    assert len({tuple(one) for one in offered.values()}) == len(offered)


def test_she_presses_stop_and_nothing_more_comes(house: House) -> None:
    gate = house.slack.faults.hold("chat.appendStream")
    priya = house.person(PRIYA)
    question = house.slack.say(priya, house.dm(PRIYA), DECIDES)
    gate.wait_reached()
    house.slack.stop(priya, question.channel, question.ts)
    house.slack.wait_for(lambda: not house.slack.unacknowledged())
    gate.open()
    house.settled()
    answer = house.answer(question)
    assert "Stopped." in answer.words
    assert not answer.is_streaming
    assert "Rachel Amadi" in further(house, PRIYA, DECIDES, question).words


def test_her_judgement_is_kept_with_the_run_that_made_the_answer(house: House) -> None:
    answer = house.answer(house.ask(PRIYA, DECIDES))
    house.slack.click(house.person(PRIYA), answer, "feedback", "Right and useful")
    house.settled()
    with house.service.desk.workspace.database.reading() as session:
        (kept,) = session.scalars(select(ConversationFeedback)).all()
    assert (kept.giver, kept.value) == ("priya.natarajan@varnholt.example", "good")


def test_in_a_channel_everybody_reads_what_everybody_there_may_see(house: House) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    question = house.ask(PRIYA, f"{house.slack.bot.mention} {DECIDES}", team)
    assert "Rachel Amadi" in house.answer(question).words
    assert house.slack.ephemerals(house.person(PRIYA)) == []


def test_where_a_colleague_of_another_team_reads_along_she_alone_is_told(house: House) -> None:
    floor = house.channel("sales", PRIYA, JONAS)
    question = house.ask(PRIYA, f"{house.slack.bot.mention} {DECIDES}", floor)
    assert "Rachel Amadi" not in shown(house.answer(question))
    (alone,) = house.slack.ephemerals(house.person(PRIYA))
    assert "Rachel Amadi" in alone.words
    assert "not everybody here may see this account" in alone.words
    assert house.slack.ephemerals(house.person(JONAS)) == []


@pytest.mark.parametrize("reader", ["a guest", "another organisation"])
def test_where_strangers_read_along_nothing_of_an_account_is_said(
    house: House, reader: str
) -> None:
    guest = house.slack.workspace.person("Gus Guest", "gus@else.example", is_restricted=True)
    if reader == "a guest":
        mixed = house.slack.workspace.channel("mixed", [house.person(PRIYA), guest])
    else:
        mixed = house.channel("with-them", PRIYA, shared_with="T0ELSEWHERE")
    question = house.ask(PRIYA, f"{house.slack.bot.mention} {DECIDES}", mixed)
    everything = " ".join(shown(one) for one in house.slack.messages(mixed))
    assert "Rachel Amadi" not in everything
    assert "direct message" in house.answer(question).words
    (direct,) = house.slack.answers(house.dm(PRIYA))
    assert "Rachel Amadi" in direct.words


def test_somebody_the_records_do_not_know_gets_the_playbook_and_a_way_in(house: House) -> None:
    about = house.answer(house.ask(STRANGER, DECIDES))
    assert "Rachel Amadi" not in about.words
    assert "stands in no record here" in about.words
    assert "argues for you" in house.answer(house.ask(STRANGER, "What is a champion?")).words


def test_with_a_model_that_is_down_she_is_answered_all_the_same(home: Path) -> None:
    toml = home / "liaison.toml"
    quick = "\n[model]\nattempts = 1\nlongest_wait = 1\n"
    toml.write_text(toml.read_text(encoding="utf-8") + quick, encoding="utf-8")
    with (
        ScriptedOpenAI(then=fail(500, message="out of order")) as model,
        serving(home, model.environment, starts_at=MORNING) as house,
    ):
        house.slack.wait_connected()
        assert "Rachel Amadi" in house.answer(house.ask(PRIYA, DECIDES)).words
        history = house.answer(house.ask(PRIYA, "What did Oliver say about the Hydrax offer?"))
        assert "Oliver" in history.words
        assert "[1]" in history.words
        assert "out of order" not in shown(history)
        assert model.sent
