"""When a card comes up again: FSRS, with a fixed ten-minute step after a miss and no chance in it.

FSRS is the scheduler of Anki and others (Ye, Su & Cao, 2022); `fsrs` is its maintained Python
library. The retention aimed at is its default, nine answers in ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from fsrs import Scheduler

Grade = Literal["again", "hard", "good", "easy"]
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")
#: From this stability on (days until nine in ten would still know it) a card counts as mastered.
MASTERED_DAYS = 21
#: Nothing is left alone for longer than this: playbooks and people change in a year.
LONGEST_DAYS = 365
_STEP = timedelta(minutes=10)


@dataclass(frozen=True)
class Scheduled:
    """What a review did to a card: the scheduler's state (JSON) and the next time it is due."""

    state: dict[str, Any]
    due: datetime


def review(state: dict[str, Any] | None, grade: Grade, now: datetime) -> Scheduled:
    """The card after a review; `state` is None for a question never answered before.

    The same state, grade and instant give the same result on every machine. A clock that was
    turned back counts as no time passed.
    """
    from fsrs import Card, Rating

    ratings = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
    moment = now.astimezone(UTC)
    card = Card.from_dict(state) if state else Card(card_id=0, due=moment)  # type: ignore[arg-type]
    if card.last_review is not None:
        moment = max(moment, card.last_review)
    after, _ = _scheduler().review_card(card, ratings[grade], moment)
    return Scheduled(dict(after.to_dict()), after.due)


def mastered(state: dict[str, Any]) -> bool:
    """Whether a card is known well enough to be left alone for three weeks."""
    return float(state.get("stability") or 0) >= MASTERED_DAYS


def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        learning_steps=(_STEP,),
        relearning_steps=(_STEP,),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
