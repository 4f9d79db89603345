"""Learners, their lessons and cards, and what a manager may see of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.desk import Desk
from assistant.tutoring import Tutor, shipped_questions
from assistant.tutoring.tutor import DAILY, DAILY_NEW
from knowledge.errors import BadInput, NotFound
from knowledge.journal.learning import LearningJournal
from knowledge.playbook import read_playbook
from knowledge.records import Viewer

MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
QUESTIONS = shipped_questions()


def test_a_new_hire_without_records_reads_a_lesson_and_is_asked_about_it(school: Desk) -> None:
    mira = Viewer.outsider("Mira@firm.example")
    path = school.tutor.path(mira)
    assert path.role == "new hire"
    assert path.next is not None
    lesson = school.tutor.lesson(mira, path.next.lesson)
    school.tutor.finish(mira, lesson.id, MONDAY)
    cards = school.tutor.due(mira, MONDAY)
    assert {card.lesson for card in cards[:7]} == {lesson.id}
    after = school.tutor.path(mira)
    assert after.steps[0].read
    assert after.next == after.steps[1]


def test_a_right_letter_counts_as_good_and_a_wrong_one_comes_back_in_ten_minutes(
    school: Desk,
) -> None:
    learner = Viewer.outsider("letters@firm.example")
    question = next(q for q in QUESTIONS.values() if q.options)
    right = "ABCD"[question.right or 0]
    wrong = next(letter for letter in "abcd" if letter != right.lower())
    missed = school.tutor.answer(learner, question.id, reply=wrong, now=MONDAY)
    assert (missed.right, missed.grade) == (False, "again")
    assert missed.due == MONDAY + timedelta(minutes=10)
    known = school.tutor.answer(learner, question.id, reply=right, now=missed.due)
    assert (known.right, known.grade) == (True, "good")
    assert known.due is not None
    assert known.due - missed.due >= timedelta(days=1)


def test_the_explanation_is_checked_and_quotes_the_stored_article(school: Desk) -> None:
    learner = Viewer.outsider("curious@firm.example")
    question = next(q for q in QUESTIONS.values() if q.article == "decline" and q.here)
    outcome = (
        school.tutor.answer(learner, question.id, grade="good", now=MONDAY)
        if (not question.options)
        else school.tutor.answer(learner, question.id, reply="a", now=MONDAY)
    )
    (claim,) = outcome.explanation
    assert claim.verdict == "supported"
    (passage,) = claim.evidence
    ref, _, span = passage.ref.partition("[")
    start, end = (int(part) for part in span.rstrip("]").split(":"))
    _, version = school.workspace.ledger.source_text(learner, ref)
    assert version.text[start:end] == passage.quote == question.quote
    assert outcome.here == question.here


def test_own_words_are_only_suggested_a_grade_until_the_learner_gives_one(school: Desk) -> None:
    learner = Viewer.outsider("words@firm.example")
    question = next(q for q in QUESTIONS.values() if q.kind == "recall" and q.article == "charter")
    judged = school.tutor.answer(learner, question.id, reply=question.answer, now=MONDAY)
    assert (judged.suggestion, judged.grade, judged.due) == ("good", None, None)
    idle = school.tutor.answer(learner, question.id, reply="No idea at all.", now=MONDAY)
    assert idle.suggestion == "again"
    kept = school.tutor.answer(
        learner, question.id, reply="where we play", grade="hard", now=MONDAY
    )
    assert kept.grade == "hard"
    (review,) = LearningJournal(school.workspace.database).reviews("words@firm.example")
    assert (review.reply, review.grade) == ("where we play", "hard")


def test_a_second_click_changes_nothing(school: Desk) -> None:
    learner = Viewer.outsider("twice@firm.example")
    question = next(q for q in QUESTIONS.values() if not q.options)
    once = school.tutor.answer(learner, question.id, grade="good", now=MONDAY)
    again = school.tutor.answer(learner, question.id, grade="again", now=MONDAY)
    assert again.due == once.due
    assert len(LearningJournal(school.workspace.database).reviews("twice@firm.example")) == 1


def test_nobody_is_asked_more_than_the_day_allows(school: Desk) -> None:
    learner = Viewer.outsider("eager@firm.example")
    for slug in ("decline", "charter", "whitespace", "meddpicc", "win-loss", "champions"):
        school.tutor.finish(learner, slug, MONDAY)
    now = MONDAY
    assert len(school.tutor.due(learner, now)) == DAILY_NEW
    answered = 0
    while cards := school.tutor.due(learner, now):
        card = cards[0]
        open_ended = not QUESTIONS[card.id].options
        school.tutor.answer(
            learner, card.id, grade="again", reply=None if open_ended else "a", now=now
        )
        answered += 1
        now += timedelta(minutes=15)
    assert answered == DAILY
    assert school.tutor.progress(learner, now).left_today == 0
    assert school.tutor.due(learner, MONDAY + timedelta(days=1))


def test_a_retired_article_takes_its_cards_along_and_their_history_stays(school: Desk) -> None:
    learner = Viewer.outsider("archive@firm.example")
    mine = [q for q in QUESTIONS.values() if q.article == "charter" and not q.options]
    for question in mine:
        school.tutor.answer(learner, question.id, grade="good", now=MONDAY)
    left = {slug: a for slug, a in read_playbook().items() if slug != "charter"}
    kept = {key: q for key, q in QUESTIONS.items() if q.article != "charter"}
    smaller = Tutor(school.office, playbook=left, questions=kept)
    later = MONDAY + timedelta(days=90)
    assert not {card.id for card in smaller.due(learner, later)} & {q.id for q in mine}
    assert smaller.progress(learner, later).retired == len(mine)
    with pytest.raises(NotFound):
        smaller.ask(learner, mine[0].id)
    journal = LearningJournal(school.workspace.database)
    assert {c.prompt for c in journal.cards("archive@firm.example")} == {q.ask for q in mine}
    assert len(journal.reviews("archive@firm.example")) == len(mine)


def test_progress_counts_what_is_mastered_and_names_what_to_read_again(school: Desk) -> None:
    learner = Viewer.outsider("steady@firm.example")
    question = next(q for q in QUESTIONS.values() if q.article == "integrity" and not q.options)
    now = MONDAY
    for _ in range(4):
        due = school.tutor.answer(learner, question.id, grade="good", now=now).due
        assert due is not None
        now = due
    progress = school.tutor.progress(learner, now)
    assert progress.summary.mastered == 1
    school.tutor.answer(learner, question.id, grade="again", now=now)
    missed = school.tutor.progress(learner, now + timedelta(minutes=1))
    assert [one.lesson for one in missed.reread] == ["integrity"]
    assert missed.summary.mastered == 0
    assert missed.summary.last_active == now


def test_a_manager_sees_the_summary_while_the_learner_agrees_and_not_a_word_more(
    sample_desk: Desk,
) -> None:
    tutor = sample_desk.tutor
    claire = sample_desk.viewer("claire.okafor@varnholt.example")
    priya = sample_desk.viewer("priya.natarajan@varnholt.example")
    learner = "priya.natarajan@varnholt.example"
    with pytest.raises(NotFound) as refused:
        tutor.summary(claire, learner, MONDAY)
    with pytest.raises(NotFound) as unknown:
        tutor.summary(claire, "nobody@varnholt.example", MONDAY)
    assert str(refused.value).replace(learner, "X") == str(unknown.value).replace(
        "nobody@varnholt.example", "X"
    )
    tutor.agree(priya, "claire.okafor@varnholt.example", MONDAY, yes=True)
    seen = tutor.summary(claire, learner, MONDAY)
    assert seen == tutor.progress(priya, MONDAY).summary
    assert tutor.learners(claire) == [learner]
    shared = tutor.agree(priya, "Claire.Okafor@varnholt.example", MONDAY, yes=False)
    assert shared == {}
    with pytest.raises(NotFound):
        tutor.summary(claire, learner, MONDAY)


def test_a_lesson_names_the_reps_own_accounts_it_fits(sample_desk: Desk) -> None:
    priya = sample_desk.viewer("priya.natarajan@varnholt.example")
    lesson = sample_desk.tutor.lesson(priya, "constant-communication")
    assert [fit.account for fit in lesson.fits] == ["Meridian Breweries"]
    assert sample_desk.tutor.lesson(Viewer.outsider("x@y.example"), lesson.id).fits == ()


def test_what_cannot_be_answered_is_refused_in_a_sentence(school: Desk) -> None:
    learner = Viewer.outsider("lost@firm.example")
    choice = next(q for q in QUESTIONS.values() if q.options)
    with pytest.raises(BadInput, match="a letter from A to D"):
        school.tutor.answer(learner, choice.id, reply="z", now=MONDAY)
    with pytest.raises(BadInput, match="needs a reply"):
        school.tutor.answer(learner, choice.id, now=MONDAY)
    with pytest.raises(NotFound):
        school.tutor.answer(learner, "no-such-card", grade="good", now=MONDAY)
    with pytest.raises(NotFound):
        school.tutor.lesson(learner, "no-such-lesson")
    with pytest.raises(NotFound):
        school.tutor.agree(learner, "nobody@firm.example", MONDAY, yes=True)
    with pytest.raises(NotFound):
        school.tutor.due(Viewer.outsider(), MONDAY)
