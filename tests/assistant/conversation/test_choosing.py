"""A name that fits several: asked back once, answered by a click or by a word."""

from __future__ import annotations

import pytest

from assistant.conversation import Answer, Conversation
from assistant.conversation.understanding import Directory, Pending
from assistant.desk import Desk
from knowledge.records import Viewer
from knowledge.records.roster import Named

EVERYBODY = Viewer.operator()
PROMISED = "what did we promise Borealis?"


@pytest.fixture
def talk(sample_desk: Desk) -> Conversation:
    return sample_desk.conversation


def asked(talk: Conversation, thread: str, *messages: str) -> Answer:
    *before, last = messages
    for message in before:
        talk.reply(EVERYBODY, message, thread_id=thread)
    return talk.reply(EVERYBODY, last, thread_id=thread)


@pytest.mark.parametrize(
    "reply", ["Borealis Dairy Group", "the group", "dairy", "2", "the second one", "второй"]
)
def test_a_typed_reply_answers_the_question_that_was_left_open(
    talk: Conversation, reply: str
) -> None:
    answer = asked(talk, f"typed {reply}", PROMISED, reply)
    assert answer.account_name == "Borealis Dairy Group"
    assert "Daniel Reyes owes" in answer.text


def test_another_name_answers_it_as_well(talk: Conversation) -> None:
    answer = asked(talk, "another", PROMISED, "Corvane then")
    assert "Corvane" in answer.text
    answer = asked(talk, "none named", "when did we last meet them?", "Altyn")
    assert answer.account_name == "Altyn Mineral"
    assert "last in touch" in answer.text or "Last touch" in answer.text


def test_a_new_question_leaves_the_open_one_behind(talk: Conversation) -> None:
    answer = asked(talk, "left", PROMISED, "who decides at Corvane?", "Borealis Cheese")
    assert answer.account_name == "Borealis Cheese"
    assert "Who decides at Borealis Cheese" in answer.text


def test_the_choice_asks_the_whole_message_again(talk: Conversation) -> None:
    answer = talk.reply(EVERYBODY, "Who decides at Borealis, and when did we last meet them?")
    assert answer.abstained
    assert "Quiet" not in answer.text
    question = answer.choices[1].question
    assert question == "Who decides at Borealis Dairy Group, and when did we last meet them?"
    whole = talk.reply(EVERYBODY, question)
    assert "Birgit Aagaard" in whole.text
    assert "last in touch" in whole.text


def test_a_name_nobody_bears_takes_no_other_answer_with_it(talk: Conversation) -> None:
    asked(talk, "astray", "who decides at Corvane?")
    answer = asked(talk, "astray", "who decides at Fjordlund, and when did we last meet them?")
    assert answer.abstained
    assert "Fjordlund" in (answer.reason or "")


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("what did we promise the borealis group?", "Borealis Dairy Group"),
        ("Was haben wir der Borealis-Gruppe versprochen?", "Borealis Dairy Group"),
        ("что мы обещали группе Lindauer?", "Lindauer Papierwerke"),
        ("Corvane-Umsatz letztes Quartal", "Corvane Chemicals"),
    ],
)
def test_a_group_said_to_be_one_is_the_account_on_top(
    talk: Conversation, question: str, account: str
) -> None:
    assert talk.reply(EVERYBODY, question).account_name == account


def test_who_may_not_see_the_choices_cannot_take_one() -> None:
    pending = Pending("what do we owe ", "?", ("Borealis Cheese", "Borealis Dairy Group"))
    mine = Directory.of([Named("account", "a1", "Meridian Breweries", "a1")])
    both = Directory.of([Named("account", str(n), name) for n, name in enumerate(pending.labels)])
    assert pending.answered("cheese", both) == "what do we owe Borealis Cheese?"
    assert pending.answered("cheese", mine) is None
    assert pending.answered("1", mine) is None
    assert pending.answered("thanks", both) is None
    assert pending.answered("borealis", both) is None


def test_a_last_word_is_not_said_twice() -> None:
    pending = Pending("what do we owe the ", " group?", ("Borealis Dairy Group",))
    assert pending.with_name(pending.labels[0]) == "what do we owe the Borealis Dairy Group?"
