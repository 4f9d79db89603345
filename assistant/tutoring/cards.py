"""What passes between a learner and the tutor: a card, a question, an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.claims import Claim
from assistant.tutoring.bank import Kind
from assistant.tutoring.schedule import Grade


@dataclass(frozen=True)
class Card:
    """A question that is waiting for a learner. `fresh`: it was never asked before."""

    id: str
    lesson: str
    kind: Kind
    due: datetime
    fresh: bool


@dataclass(frozen=True)
class Asked:
    """A question as it is shown. `options` are empty where one answers in one's own words."""

    card: str
    lesson: str
    title: str
    kind: Kind
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What an answer led to.

    Attributes:
        right: whether the right option was chosen; None for a reply in one's own words.
        correct: the right option, where there are options.
        here: what the rule comes to in the invented case of the question, if it has one.
        explanation: the answer, checked, with the passage it rests on.
        grade: the grade given; None while `suggestion` waits for the learner's own.
        due: when the card comes up again; None if nothing was kept.
    """

    card: str
    right: bool | None
    correct: str | None
    here: str | None
    explanation: tuple[Claim, ...]
    suggestion: Grade
    grade: Grade | None
    due: datetime | None
