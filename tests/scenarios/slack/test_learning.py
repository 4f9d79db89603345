"""Learning in Slack: a lesson, a question at a time, and a say in who may see how far one is."""

from __future__ import annotations

import pytest
from dbos import DBOS
from sqlalchemy import func, select

from assistant.slack.views import ids
from assistant.tutoring import Tutor
from knowledge.journal.learning import LearningReview
from knowledge.records import Viewer
from tests.assistant.slack.house import CLAIRE, PRIYA, House
from tests.doubles.slack import Message
from tests.scenarios.slack.telling import actions_of, click, latest, on_home, posted


def answers(house: House) -> int:
    """How many answers to questions are kept."""
    with house.service.desk.workspace.database.reading() as session:
        return session.scalar(select(func.count(LearningReview.id))) or 0


def card(house: House, *, own_words: bool) -> Message:
    """The first question with options, or the first for one's own words; others are answered."""
    shown = on_home(house, PRIYA, ids.CARDS)
    for _ in range(12):
        if (ids.CARD_REVEAL in actions_of(shown)) == own_words:
            return shown
        if ids.CARD_REVEAL in actions_of(shown):
            click(house, PRIYA, shown, ids.CARD_REVEAL)
            click(house, PRIYA, latest(house, shown), f"{ids.CARD_GRADE}.3")
        else:
            click(house, PRIYA, shown, f"{ids.CARD_CHOICE}.1")
        click(house, PRIYA, latest(house, shown), ids.CARDS)
        shown = posted(house, house.dm(PRIYA))[-1]
    raise AssertionError("no such question among a dozen")


def test_a_new_hire_reads_a_lesson_and_its_questions_come(house: House) -> None:
    lesson = on_home(house, PRIYA, f"{ids.LESSON}.1")
    assert "What it is" in lesson.words
    assert "Do it tomorrow with your account" in lesson.words
    everything = [lesson, *house.slack.answers(lesson.channel, lesson.ts)]
    ending = next(one for one in everything if ids.LESSON_READ in actions_of(one))
    click(house, PRIYA, ending, ids.LESSON_READ)
    click(house, PRIYA, ending, ids.LESSON_READ)
    *_, kept = posted(house, house.dm(PRIYA))
    assert "is kept as read" in kept.words
    assert len(posted(house, house.dm(PRIYA))) == 2, "a double click says it once"
    progress = house.service.desk.tutor.path(viewer(house, PRIYA))
    assert sum(step.read for step in progress.steps) == 1
    click(house, PRIYA, kept, ids.CARDS)
    assert "Question from" in posted(house, house.dm(PRIYA))[-1].words


def viewer(house: House, name: str) -> Viewer:
    return house.service.desk.viewer(house.person(name).email)


def test_an_option_is_judged_at_once_with_its_passage_and_a_double_click_counts_once(
    house: House,
) -> None:
    asked = card(house, own_words=False)
    before = answers(house)
    priya = house.person(PRIYA)
    house.slack.click(priya, asked, f"{ids.CARD_CHOICE}.2")
    house.slack.click(priya, asked, f"{ids.CARD_CHOICE}.2")
    house.settled()
    outcome = latest(house, asked)
    assert "Right." in outcome.words or "Not quite. Right is:" in outcome.words
    assert "From “" in outcome.words
    assert "This question comes up again on" in outcome.words
    assert ids.numbered(ids.CARD_CHOICE, 2) not in actions_of(outcome)
    assert answers(house) == before + 1


def test_in_own_words_one_compares_with_the_answer_and_says_how_well_one_knew(
    house: House,
) -> None:
    asked = card(house, own_words=True)
    before = answers(house)
    click(house, PRIYA, asked, ids.CARD_REVEAL)
    shown = latest(house, asked)
    assert "The answer" in shown.words
    assert "How well did you know it?" in shown.words
    assert answers(house) == before, "looking is not answering"
    priya = house.person(PRIYA)
    house.slack.click(priya, shown, f"{ids.CARD_GRADE}.1")
    house.slack.click(priya, shown, f"{ids.CARD_GRADE}.4")
    house.settled()
    assert answers(house) == before + 1
    assert "comes up again on" in latest(house, asked).words


def test_the_playbook_command_leads_to_lessons_and_questions(house: House) -> None:
    priya = house.person(PRIYA)
    house.slack.command(priya, "/playbook", "", house.dm(PRIYA))
    topics = house.slack.wait_for(lambda: house.slack.open_views(priya))[-1]
    house.slack.click(priya, topics, ids.CARDS)
    house.settled()
    assert "Question from" in posted(house, house.dm(PRIYA))[-1].words
    house.slack.click(priya, topics, f"{ids.PLAYBOOK}.1")
    article = house.slack.wait_for(
        lambda: [one for one in house.slack.open_views(priya) if one is not topics]
    )[-1]
    house.slack.click(priya, article, ids.LESSON)
    house.settled()
    assert "What it is" in posted(house, house.dm(PRIYA))[-1].words


def test_an_answer_counts_once_even_if_slack_loses_what_was_said(house: House) -> None:
    asked = card(house, own_words=False)
    before = answers(house)
    house.slack.faults.lose_reply("chat.update", 1)
    click(house, PRIYA, asked, f"{ids.CARD_CHOICE}.1")
    assert answers(house) == before + 1
    assert "comes up again on" in latest(house, asked).words


def test_a_learner_sees_what_the_manager_would_see_before_agreeing_and_can_take_it_back(
    house: House,
) -> None:
    desk = house.service.desk
    offer = on_home(house, PRIYA, ids.SHARING)
    assert "This is all that Claire Okafor would see:" in offer.words
    assert "0 of" in offer.words
    assert desk.tutor.learners(viewer(house, CLAIRE)) == []
    click(house, PRIYA, offer, ids.SHARE)
    assert desk.tutor.learners(viewer(house, CLAIRE)) == ["priya.natarajan@varnholt.example"]
    shared = latest(house, offer)
    assert "Claire Okafor sees this, because you agreed" in shared.words
    assert "can see this summary from now on" in posted(house, house.dm(PRIYA))[-1].words
    click(house, PRIYA, shared, ids.UNSHARE)
    assert desk.tutor.learners(viewer(house, CLAIRE)) == []
    assert "no longer sees your summary" in posted(house, house.dm(PRIYA))[-1].words


def test_a_click_on_home_that_fails_is_told_in_ones_own_conversation(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DBOS, "sleep", lambda _: None)
    monkeypatch.setattr(Tutor, "lesson", lambda *_: 1 / 0)
    told = on_home(house, PRIYA, f"{ids.LESSON}.1")
    assert "name the number" in told.words
