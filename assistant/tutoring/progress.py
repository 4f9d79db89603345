"""How far somebody has come: for the learner in full, for a manager what the learner agreed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.tutoring.path import Path, Role, Step
from assistant.tutoring.schedule import mastered
from knowledge.journal.learning import LearningCard, LearningReview

#: How far back a summary counts answers.
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class UnitProgress:
    """A unit of the path: lessons read and questions mastered, of how many."""

    id: str
    title: str
    read: int
    lessons: int
    mastered: int
    questions: int


@dataclass(frozen=True)
class Summary:
    """What a manager sees of a learner who agreed, and the learner sees of themselves.

    Counts only: no reply, no single question, no rank among others. `right` counts the answers
    of the last 30 days that were not graded `again`, of `answered`.
    """

    learner: str
    role: Role
    as_of: datetime
    units: tuple[UnitProgress, ...]
    answered: int
    right: int
    last_active: datetime | None
    next_lesson: Step | None

    @property
    def read(self) -> int:
        """Lessons read."""
        return sum(unit.read for unit in self.units)

    @property
    def lessons(self) -> int:
        """Lessons on the path."""
        return sum(unit.lessons for unit in self.units)

    @property
    def mastered(self) -> int:
        """Questions mastered."""
        return sum(unit.mastered for unit in self.units)

    @property
    def questions(self) -> int:
        """Questions on the path."""
        return sum(unit.questions for unit in self.units)


@dataclass(frozen=True)
class Reread:
    """A lesson worth reading again: how often its questions were missed lately."""

    lesson: str
    title: str
    missed: int


@dataclass(frozen=True)
class Progress:
    """What a learner sees of themselves.

    Attributes:
        summary: exactly what a manager they agreed to sees.
        due: cards waiting now; `fresh` of them were never asked before.
        left_today: answers until the day's limit.
        retired: cards whose question has left the playbook.
        reread: the lessons missed most in the last 30 days, at most three.
        shared_with: the managers who may see the summary, and since when.
    """

    summary: Summary
    due: int
    fresh: int
    left_today: int
    retired: int
    reread: tuple[Reread, ...]
    shared_with: Mapping[str, datetime]


def summary_of(
    learner: str,
    path: Path,
    reviews: Sequence[LearningReview],
    now: datetime,
) -> Summary:
    """Somebody's summary from their path and all their answers."""
    recent = [review for review in reviews if review.at > now - RECENT]
    return Summary(
        learner=learner,
        role=path.role,
        as_of=now,
        units=tuple(
            UnitProgress(
                unit.id,
                unit.title,
                sum(step.read for step in unit.steps),
                len(unit.steps),
                sum(step.mastered for step in unit.steps),
                sum(step.questions for step in unit.steps),
            )
            for unit in path.units
        ),
        answered=len(recent),
        right=sum(review.grade != "again" for review in recent),
        last_active=reviews[-1].at if reviews else None,
        next_lesson=path.next,
    )


def most_missed(
    cards: Sequence[LearningCard],
    reviews: Sequence[LearningReview],
    titles: Mapping[str, str],
    now: datetime,
) -> tuple[Reread, ...]:
    """The three lessons whose questions were missed most often in the last 30 days."""
    article = {card.question_id: card.article for card in cards if card.retired is None}
    missed: dict[str, int] = {}
    for review in reviews:
        slug = article.get(review.question_id, "")
        if review.grade == "again" and review.at > now - RECENT and slug in titles:
            missed[slug] = missed.get(slug, 0) + 1
    worst = sorted(missed, key=lambda slug: (-missed[slug], slug))[:3]
    return tuple(Reread(slug, titles[slug], missed[slug]) for slug in worst)


def counted(
    asked: Mapping[str, Sequence[str]], cards: Sequence[LearningCard]
) -> dict[str, tuple[int, int]]:
    """For each lesson its number of questions and how many of them are mastered."""
    known = {card.question_id for card in cards if card.retired is None and mastered(card.state)}
    return {slug: (len(ids), len(known.intersection(ids))) for slug, ids in asked.items()}
