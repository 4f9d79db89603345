"""The tutor's values as JSON documents, for the command line and for tests over the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.claims import claims_to_json, number_sources
from assistant.tutoring.cards import Asked, Card, Outcome
from assistant.tutoring.lessons import Lesson
from assistant.tutoring.path import Path, Step
from assistant.tutoring.progress import Progress, Summary


def path_to_json(path: Path) -> dict[str, Any]:
    """Units and lessons in order, and the lesson to read now."""
    return {
        "role": path.role,
        "next": path.next.lesson if path.next else None,
        "units": [
            {
                "id": unit.id,
                "title": unit.title,
                "purpose": unit.purpose,
                "needs": list(unit.needs),
                "lessons": [_step_to_json(step) for step in unit.steps],
            }
            for unit in path.units
        ],
    }


def lesson_to_json(lesson: Lesson) -> dict[str, Any]:
    """A lesson, each part with the passages it is made of."""
    return {
        "id": lesson.id,
        "title": lesson.title,
        "summary": lesson.summary,
        "minutes": lesson.minutes,
        "words": lesson.words,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "text": part.text,
                "refs": [passage.ref for passage in part.evidence],
            }
            for part in lesson.parts
        ],
        "questions": list(lesson.questions),
        "fits": [
            {"account": {"id": fit.account_id, "name": fit.account}, "because": fit.because}
            for fit in lesson.fits
        ],
        "evidence": lesson.evidence,
        "evidence_note": lesson.note,
        "works": [
            f"{work.author} ({work.year or 'n.d.'}). {work.title}" for work in lesson.sources
        ],
        "related": list(lesson.related),
    }


def quiz_to_json(quiz: Sequence[tuple[Card, Asked]]) -> dict[str, Any]:
    """Questions that are waiting, without their answers."""
    return {
        "questions": [
            {
                "card": card.id,
                "lesson": card.lesson,
                "kind": card.kind,
                "new": card.fresh,
                "due": card.due.isoformat(),
                "text": asked.text,
                "options": list(asked.options),
            }
            for card, asked in quiz
        ]
    }


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """What an answer led to, with the passage that settles it."""
    labels = number_sources(outcome.explanation)
    return {
        "card": outcome.card,
        "right": outcome.right,
        "correct": outcome.correct,
        "here": outcome.here,
        "claims": claims_to_json(outcome.explanation, labels),
        "sources": [
            {"id": label, "ref": passage.ref, "title": passage.title, "quote": passage.quote}
            for passage, label in labels.items()
        ],
        "suggestion": outcome.suggestion,
        "grade": outcome.grade,
        "due": outcome.due.isoformat() if outcome.due else None,
    }


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """What a manager sees, and the learner sees of themselves."""
    active = summary.last_active
    return {
        "learner": summary.learner,
        "role": summary.role,
        "as_of": summary.as_of.isoformat(),
        "lessons": {"read": summary.read, "of": summary.lessons},
        "questions": {"mastered": summary.mastered, "of": summary.questions},
        "last_30_days": {"answered": summary.answered, "right": summary.right},
        "last_active": active.isoformat() if active else None,
        "next_lesson": summary.next_lesson.lesson if summary.next_lesson else None,
        "units": [
            {
                "id": unit.id,
                "title": unit.title,
                "lessons": {"read": unit.read, "of": unit.lessons},
                "questions": {"mastered": unit.mastered, "of": unit.questions},
            }
            for unit in summary.units
        ],
    }


def progress_to_json(progress: Progress) -> dict[str, Any]:
    """What a learner sees of themselves."""
    return {
        "summary": summary_to_json(progress.summary),
        "due": progress.due,
        "new": progress.fresh,
        "left_today": progress.left_today,
        "retired": progress.retired,
        "reread": [{"lesson": one.lesson, "missed": one.missed} for one in progress.reread],
        "shared_with": {who: since.isoformat() for who, since in progress.shared_with.items()},
    }


def _step_to_json(step: Step) -> dict[str, Any]:
    return {
        "id": step.lesson,
        "title": step.title,
        "minutes": step.minutes,
        "read": step.read,
        "questions": {"mastered": step.mastered, "of": step.questions},
    }
