"""The learning path of whoever looks, with how far they have come."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from assistant.rendering.captions import Captions
from assistant.slack.views.blocks import Block
from assistant.slack.views.home import Tab
from assistant.slack.views.home_learning import LearnerHome, Lesson, learner_home
from assistant.slack.words import words
from assistant.tutoring import Tutor
from assistant.tutoring.path import Path, Step, Unit
from knowledge.records import Viewer


def learning_home(
    tutor: Tutor, viewer: Viewer, now: datetime, language: str, tabs: tuple[Tab, ...]
) -> Block:
    """The viewer's path, the next lesson first, and what is to be repeated today."""
    path, progress = tutor.path(viewer), tutor.progress(viewer, now)
    return learner_home(
        LearnerHome(
            name=viewer.name,
            path=words(language).text(f"path.{path.role.replace(' ', '_')}"),
            lessons=_lessons(path, words(language)),
            due=progress.due,
            weak=tuple(one.title for one in progress.reread),
            shared_with=", ".join(progress.shared_with) or None,
            language=language,
            tabs=tabs,
        )
    )


def _lessons(path: Path, told: Captions) -> tuple[Lesson, ...]:
    """The lessons in the order of the path, each unit's purpose with the first to be read."""
    coming = path.next
    return tuple(
        Lesson(
            step.lesson,
            step.title,
            step.minutes,
            _state(step, coming),
            _purpose(unit, step, told),
        )
        for unit in path.units
        for step in unit.steps
    )


def _purpose(unit: Unit, step: Step, told: Captions) -> str | None:
    first = next((one for one in unit.steps if not one.read), None)
    return told.text(f"purpose.{unit.id}") if step == first else None


def _state(step: Step, coming: Step | None) -> Literal["done", "next", "later"]:
    if step.read:
        return "done"
    return "next" if step == coming else "later"
