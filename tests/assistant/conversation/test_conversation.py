"""A rep talks with the product: answers with sources, follow-ups, and honest refusals."""

from __future__ import annotations

import pytest

from assistant.claims import Claim
from assistant.conversation import Answer, Conversation, Step
from assistant.desk import Desk
from knowledge.errors import NotFound
from knowledge.records import Viewer

EVERYBODY = Viewer.operator()


@pytest.fixture
def talk(sample_desk: Desk) -> Conversation:
    return sample_desk.conversation


def said(answer: Answer) -> str:
    return answer.text.replace("\u00a0", " ")


def test_a_rep_asks_who_decides_and_gets_names_with_their_sources(talk: Conversation) -> None:
    answer = talk.reply(EVERYBODY, "who desides at Corvane?")
    assert "Thomas Wouters" in answer.claims[0].text
    assert answer.route == "computed"
    assert all(claim.verdict == "supported" for claim in answer.claims)
    assert {source.kind for source in answer.sources} >= {"contact"}
    assert answer.account_name == "Corvane Chemicals"


def test_a_thread_knows_who_they_are_and_what_was_asked(talk: Conversation) -> None:
    talk.reply(EVERYBODY, "who decides at Corvane?", thread_id="follow")
    assert "Elise Vandamme" in said(talk.reply(EVERYBODY, "and who left?", thread_id="follow"))
    meridian = talk.reply(EVERYBODY, "and Meridian?", thread_id="follow")
    assert meridian.account_name == "Meridian Breweries"
    decides = talk.reply(EVERYBODY, "who decides there?", thread_id="follow")
    assert "Rachel Amadi" in said(decides)
    quarter = talk.reply(EVERYBODY, "what about last quarter?", thread_id="follow")
    assert "1 April 2026 to 30 June 2026" in said(quarter)
    source = talk.reply(EVERYBODY, "who told you that?", thread_id="follow")
    assert source.claims[0].text.startswith("That comes from")
    assert source.claims[0].evidence


def test_two_questions_in_one_message_are_both_answered(talk: Conversation) -> None:
    answer = talk.reply(EVERYBODY, "what do we owe Lindauer Papierwerke and who decides there?")
    assert "82 days ago" in said(answer)
    assert "Claudia Ziegler" in said(answer)


def test_the_answer_is_in_the_language_of_the_question(talk: Conversation) -> None:
    german = talk.reply(EVERYBODY, "Wer entscheidet bei Corvane?")
    assert german.language == "de"
    assert "zuletzt getroffen" in said(german)
    russian = talk.reply(EVERYBODY, "какая выручка у Алтын в прошлом году?")
    assert russian.language == "ru"
    assert "1 января 2025" in said(russian)


def test_a_name_that_fits_several_is_asked_back_with_questions_that_are_clear(
    talk: Conversation,
) -> None:
    answer = talk.reply(EVERYBODY, "Borealis revenue?")
    assert answer.abstained
    assert [choice.label for choice in answer.choices] == [
        "Borealis Cheese",
        "Borealis Dairy Group",
        "Borealis Ingredients",
    ]
    assert not talk.reply(EVERYBODY, answer.choices[1].question).abstained


def test_not_allowed_and_not_there_are_the_same_words(
    sample_desk: Desk, talk: Conversation
) -> None:
    priya = sample_desk.viewer("priya.natarajan@varnholt.example")
    hidden = talk.reply(priya, "who decides at Corvane?")
    absent = talk.reply(priya, "who decides at Fjordlund?")
    assert hidden.abstained
    assert (hidden.reason or "").replace("Corvane", "X") == (absent.reason or "").replace(
        "Fjordlund", "X"
    )
    with pytest.raises(NotFound):
        talk.reply(priya, "who decides?", account="Corvane Chemicals")


def test_a_thread_about_a_hidden_account_tells_a_newcomer_nothing(
    sample_desk: Desk, talk: Conversation
) -> None:
    talk.reply(EVERYBODY, "who decides at Corvane?", thread_id="shared")
    priya = sample_desk.viewer("priya.natarajan@varnholt.example")
    for question in ("who left there?", "why?", "who told you that?", "what do they owe us?"):
        answer = talk.reply(priya, question, thread_id="shared")
        assert "Corvane" not in str(answer.to_json())
        assert "Vandamme" not in str(answer.to_json())


def test_an_outsider_gets_the_playbook_and_nothing_else(talk: Conversation) -> None:
    stranger = Viewer.outsider("x@elsewhere.example")
    article = talk.reply(stranger, "what is a champion?")
    assert article.route == "playbook"
    assert {source.kind for source in article.sources} == {"playbook"}
    for question in ("who decides at Corvane?", "top 5 accounts", "which accounts need attention?"):
        answer = talk.reply(stranger, question)
        assert {source.kind for source in answer.sources} <= {"playbook"}


def test_a_few_deals_make_no_percentage(talk: Conversation) -> None:
    few = talk.reply(EVERYBODY, "win rate at Meridian?")
    assert few.claims[0].text == "Closed deals with Meridian Breweries: 2 won, 1 lost."
    assert any(claim.text.startswith("No percentage") for claim in few.claims)
    assert "3 of 8" in said(talk.reply(EVERYBODY, "win rate at Penhallow?"))


def test_a_discount_is_held_against_the_policy_of_the_tier(talk: Conversation) -> None:
    assert said(talk.reply(EVERYBODY, "can I give Stratton 15 %?")).startswith("No:")
    asked = said(talk.reply(EVERYBODY, "can I give Stratton 10 % discount?"))
    assert asked.startswith("Not alone")
    assert "Claire Okafor" in asked
    assert said(talk.reply(EVERYBODY, "can I give Stratton 5 % discount?")).startswith("Yes")


def test_what_a_passage_says_is_quoted_to_the_letter(sample_desk: Desk, talk: Conversation) -> None:
    answer = talk.reply(EVERYBODY, "what did Katrin say about single sourcing?")
    assert answer.route == "retrieved"
    evidence = answer.claims[0].evidence[0]
    _, version = sample_desk.workspace.ledger.source_text(EVERYBODY, evidence.ref)
    span = evidence.ref.rpartition("[")[2].rstrip("]").split(":")
    assert version.text[int(span[0]) : int(span[1])] == evidence.quote


@pytest.mark.parametrize(
    "question",
    ["will it rain tomorrow?", "tell me a joke", "what is Henrik Dalgaard's shoe size?"],
)
def test_what_cannot_be_known_is_a_short_no_with_a_reason(
    talk: Conversation, question: str
) -> None:
    answer = talk.reply(EVERYBODY, question)
    assert answer.abstained
    assert answer.reason
    assert answer.help


def test_a_draft_that_is_asked_for_is_named_with_its_account(talk: Conversation) -> None:
    answer = talk.reply(EVERYBODY, "draft me a plan for Altyn pls")
    assert answer.draft == "plan"
    assert answer.account_name == "Altyn Mineral"


def test_feedback_is_kept_under_the_answer(talk: Conversation) -> None:
    answer = talk.reply(EVERYBODY, "who decides at Altyn?")
    talk.record_feedback(answer.id, "daniel@varnholt.example", "up", None)
    assert talk.journal.feedback(answer.id) == (("daniel@varnholt.example", "up", None),)


class Onlooker:
    """Watches, and stops after so many steps."""

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.steps: list[Step] = []
        self.sentences: list[Claim] = []

    def step(self, step: Step) -> None:
        self.steps.append(step)

    def sentence(self, claim: Claim) -> None:
        self.sentences.append(claim)

    def stopped(self) -> bool:
        return len(self.steps) >= self.patience


def test_the_asker_watches_the_work_and_the_sentences_as_they_pass(talk: Conversation) -> None:
    watcher = Onlooker(patience=99)
    answer = talk.reply(EVERYBODY, "who decides at Corvane?", watcher=watcher)
    assert [step.work for step in watcher.steps if step.done] == ["computing", "checking"]
    assert tuple(watcher.sentences) == answer.claims


def test_an_asker_who_stops_gets_no_further_work(talk: Conversation) -> None:
    watcher = Onlooker(patience=0)
    answer = talk.reply(EVERYBODY, "who decides at Corvane?", watcher=watcher)
    assert answer.abstained
    assert not watcher.steps
