"""Questions in Slack: asked in a conversation of one's own, by mention, and down a thread."""

from __future__ import annotations

from sqlalchemy import select

from assistant.slack.listeners.messages import meant
from knowledge.journal.conversations import ConversationFeedback
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House, shown
from tests.assistant.slack.teller import MOVE, OWNER


def test_a_rep_asks_in_her_own_conversation_and_is_answered_once_with_sources(
    house: House,
) -> None:
    question = house.ask(PRIYA, "Who owns Meridian?")
    answer = house.answer(question)
    assert OWNER in answer.text
    assert "pays late" in answer.text
    assert "<!channel>" not in shown(answer)
    assert "[1]" in shown(answer)
    assert [block["type"] for block in answer.shown_blocks][-1] == "context_actions"
    assert house.teller.asked == [(PRIYA, "Who owns Meridian?")]


def test_she_watches_the_answer_being_made_and_the_session_ends(house: House) -> None:
    question = house.ask(PRIYA, "Who owns Meridian?")
    methods = [call.method for call in house.slack.calls]
    assert "chat.startStream" in methods
    assert "chat.appendStream" in methods
    assert methods[-1] == "chat.stopStream"
    session = house.slack.session(question.channel, question.ts)
    assert session is not None
    assert session.status == "active"


def test_a_mention_reaches_us_twice_and_is_answered_once(house: House) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    question = house.ask(PRIYA, f"{house.slack.bot.mention} who owns Meridian?", team)
    assert len(question.deliveries) == 2
    assert OWNER in shown(house.answer(question))
    assert house.teller.asked == [(PRIYA, "who owns Meridian?")]


def test_a_follow_up_in_the_thread_needs_no_mention(house: House) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    question = house.ask(PRIYA, f"{house.slack.bot.mention} who owns Meridian?", team)
    more = house.slack.say(house.person(PRIYA), team, "And a meeting?", thread_ts=question.ts)
    house.settled()
    first, second = house.answers(question)
    assert MOVE in shown(second)
    assert more.ts < second.ts
    assert OWNER in shown(first)


def test_colleagues_who_talk_to_each_other_in_the_thread_are_left_alone(house: House) -> None:
    team = house.channel("meridian", PRIYA, CLAIRE)
    question = house.ask(PRIYA, f"{house.slack.bot.mention} who owns Meridian?", team)
    claire = house.person(CLAIRE)
    house.slack.say(claire, team, "Nice, is that right?", thread_ts=question.ts)
    house.slack.say(house.person(PRIYA), team, f"{claire.mention} yes", thread_ts=question.ts)
    house.slack.say(house.person(PRIYA), team, "Who owns Meridian now?")
    house.settled()
    assert len(house.answers(question)) == 1
    assert len(house.teller.asked) == 1


def test_a_call_without_a_question_gets_a_greeting(house: House) -> None:
    team = house.channel("meridian", PRIYA)
    question = house.ask(PRIYA, house.slack.bot.mention, team)
    assert "Ask me about an account" in house.answer(question).text


def test_what_another_bot_says_is_not_a_question(house: House) -> None:
    robot = house.slack.workspace.person("Robot", "", is_bot=True)
    team = house.slack.workspace.channel("meridian", [house.person(PRIYA), robot])
    house.slack.say(robot, team, f"{house.slack.bot.mention} who owns Meridian?")
    house.settled()
    assert house.teller.asked == []


def test_a_suggested_question_is_asked_with_a_click(house: House) -> None:
    question = house.ask(PRIYA, "Who owns Meridian?")
    answer = house.answer(question)
    house.slack.click(house.person(PRIYA), answer, "answer.ask.1")
    house.settled()
    _, second = house.answers(question)
    assert "Who decides at Meridian Breweries?" in shown(second)
    assert house.teller.asked[-1] == (PRIYA, "Who decides at Meridian Breweries?")


def test_an_answer_is_judged_and_the_judgement_is_kept_with_its_run(house: House) -> None:
    question = house.ask(PRIYA, "Who owns Meridian?")
    house.slack.click(house.person(PRIYA), house.answer(question), "feedback", "Wrong or unhelpful")
    house.settled()
    [thanks] = house.slack.ephemerals(house.person(PRIYA))
    assert "Thank you" in thanks.text
    with house.service.desk.workspace.database.reading() as session:
        hers = ConversationFeedback.giver == "priya.natarajan@varnholt.example"
        kept = session.scalars(select(ConversationFeedback).where(hers)).all()
    assert [one.value for one in kept] == ["bad"]


def test_somebody_whose_accounts_are_others_gets_an_honest_no(house: House) -> None:
    question = house.ask(JONAS, "Who owns Meridian?")
    assert "No account “Meridian” that you may see" in shown(house.answer(question))


def test_a_name_that_fits_several_accounts_is_chosen_with_a_click(house: House) -> None:
    question = house.ask(PRIYA, "Who owns Northwold?")
    chooser = house.answer(question)
    assert "Northwold Foods Ireland" in shown(chooser)
    house.slack.click(house.person(PRIYA), chooser, "answer.choose.2")
    house.settled()
    assert house.teller.asked[-1] == (PRIYA, "Who owns Northwold Foods Ireland?")
    assert len(house.answers(question)) == 2


def test_a_chosen_name_stands_where_its_part_stood() -> None:
    assert meant("how is borealis doing?", "Borealis Cheese") == "how is Borealis Cheese doing?"
    assert meant("Who decides?", "Halvorsen Tissue") == "Who decides (Halvorsen Tissue)?"
