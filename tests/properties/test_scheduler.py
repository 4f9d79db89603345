"""Cards come back in time: none is lost, intervals grow, a miss shortens, learners do not meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.desk import Desk
from assistant.settings import read_settings
from assistant.tutoring import GRADES, Grade, Tutor, shipped_questions
from assistant.tutoring.schedule import LONGEST_DAYS, review
from knowledge.journal.learning import LearningJournal
from knowledge.records import Viewer

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OPEN = [q.id for q in shipped_questions().values() if not q.options][:6]
_names = count()
_slow = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
grades = st.sampled_from(GRADES)
answers = st.lists(
    st.tuples(st.sampled_from(OPEN), grades, st.integers(0, 40)), min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk.open(read_settings(tmp_path_factory.mktemp("scheduler")))
    yield desk
    desk.close()


def newcomer() -> Viewer:
    return Viewer.outsider(f"learner-{next(_names)}@firm.example")


@given(st.lists(st.sampled_from(("good", "easy")), min_size=2, max_size=12))
def test_intervals_grow_while_a_card_is_known_when_it_is_due(known: list[Grade]) -> None:
    state, now, last = None, START, timedelta(0)
    for grade in known:
        after = review(state, grade, now)
        interval = after.due - now
        assert interval > last or interval == timedelta(days=LONGEST_DAYS)
        state, now, last = after.state, after.due, interval


@given(st.integers(1, 8), st.integers(0, 30))
def test_a_miss_brings_a_card_back_within_the_hour_and_shortens_what_follows(
    successes: int, late: int
) -> None:
    state, now = None, START
    for _ in range(successes):
        after = review(state, "good", now)
        state, now = after.state, after.due + timedelta(days=late)
    kept = review(state, "good", now)
    missed = review(state, "again", now)
    assert missed.due - now <= timedelta(hours=1)
    relearnt = review(missed.state, "good", missed.due)
    assert relearnt.due - missed.due <= kept.due - now
    assert relearnt.state["stability"] < kept.state["stability"]


@given(st.lists(st.tuples(grades, st.integers(0, 400)), min_size=1, max_size=15))
def test_the_scheduler_leaves_nothing_to_chance_and_never_goes_back(
    history: list[tuple[Grade, int]],
) -> None:
    def run() -> list[datetime]:
        state, now, dues = None, START, []
        for grade, days in history:
            after = review(state, grade, now)
            assert after.due > now
            state, now = after.state, now + timedelta(days=days)
            dues.append(after.due)
        return dues

    assert run() == run()


@_slow
@given(answers)
def test_no_card_is_lost(desk: Desk, history: list[tuple[str, Grade, int]]) -> None:
    learner, now = newcomer(), START
    for card, grade, days in history:
        desk.tutor.answer(learner, card, grade=grade, now=now)
        now += timedelta(days=days)
    journal = LearningJournal(desk.workspace.database)
    kept = journal.cards(str(learner.email))
    assert {card.question_id for card in kept} == {card for card, _, _ in history}
    assert {review.question_id for review in journal.reviews(str(learner.email))} == {
        card for card, _, _ in history
    }
    last = max(card.due for card in kept)
    waiting = desk.tutor.due(learner, last, limit=30)
    assert {card.id for card in waiting if not card.fresh} == {card.question_id for card in kept}


@_slow
@given(answers, st.sets(st.sampled_from(OPEN), max_size=4))
def test_a_question_that_goes_and_comes_back_finds_its_card_as_it_was(
    desk: Desk, history: list[tuple[str, Grade, int]], gone: set[str]
) -> None:
    learner, now = newcomer(), START
    for card, grade, days in history:
        desk.tutor.answer(learner, card, grade=grade, now=now)
        now += timedelta(days=days)
    before = _cards(desk, learner)
    later = now + timedelta(days=400)
    fewer = {k: q for k, q in shipped_questions().items() if k not in gone}
    asked = {card.id for card in Tutor(desk.office, questions=fewer).due(learner, later)}
    assert not asked & gone
    retired = {card for card, (_, at) in _cards(desk, learner).items() if at}
    assert retired == gone & before.keys()
    desk.tutor.due(learner, later)
    assert _cards(desk, learner) == before


@_slow
@given(answers, answers, st.randoms(use_true_random=False))
def test_learners_do_not_meet_in_whatever_order_they_answer(
    desk: Desk,
    hers: list[tuple[str, Grade, int]],
    his: list[tuple[str, Grade, int]],
    chance: Random,
) -> None:
    apart = [_alone(desk, newcomer(), hers), _alone(desk, newcomer(), his)]
    both = [newcomer(), newcomer()]
    queues = [_dated(hers), _dated(his)]
    while any(queues):
        turn = chance.choice([i for i in (0, 1) if queues[i]])
        card, grade, now = queues[turn].pop(0)
        desk.tutor.answer(both[turn], card, grade=grade, now=now)
    assert [_cards(desk, learner) for learner in both] == apart


def _alone(desk: Desk, learner: Viewer, history: Sequence[tuple[str, Grade, int]]) -> object:
    for card, grade, now in _dated(history):
        desk.tutor.answer(learner, card, grade=grade, now=now)
    return _cards(desk, learner)


def _dated(history: Sequence[tuple[str, Grade, int]]) -> list[tuple[str, Grade, datetime]]:
    now, dated = START, []
    for card, grade, days in history:
        dated.append((card, grade, now))
        now += timedelta(days=days)
    return dated


def _cards(desk: Desk, learner: Viewer) -> dict[str, tuple[object, datetime | None]]:
    kept = LearningJournal(desk.workspace.database).cards(str(learner.email))
    return {card.question_id: (card.state, card.retired) for card in kept}
