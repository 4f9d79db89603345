"""The learning path of whoever looks, with how far they have come."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from assistant.slack.views.blocks import Block
from assistant.slack.views.home import Tab
from assistant.slack.views.home_learning import LearnerHome, Lesson, learner_home
from assistant.tutoring import Tutor
from assistant.tutoring.path import Path, Step
from knowledge.records import Viewer


def learning_home(
    tutor: Tutor, viewer: Viewer, now: datetime, language: str, tabs: tuple[Tab, ...]
) -> Block:
    """The viewer's path, the next lesson first, and what is to be repeated today."""
    path, progress = tutor.path(viewer), tutor.progress(viewer, now)
    return learner_home(
        LearnerHome(
            name=viewer.name,
            path=path.role.capitalize(),
            lessons=_lessons(path),
            due=progress.due,
            weak=tuple(one.title for one in progress.reread),
            shared_with=", ".join(progress.shared_with) or None,
            language=language,
            tabs=tabs,
        )
    )


def _lessons(path: Path) -> tuple[Lesson, ...]:
    """The lessons in the order of the path, each unit's purpose with the first to be read."""
    coming = path.next
    return tuple(
        Lesson(
            step.lesson,
            step.title,
            step.minutes,
            _state(step, coming),
            unit.purpose if step == next((s for s in unit.steps if not s.read), None) else None,
        )
        for unit in path.units
        for step in unit.steps
    )


def _state(step: Step, coming: Step | None) -> Literal["done", "next", "later"]:
    if step.read:
        return "done"
    return "next" if step == coming else "later"
