"""Paths and lessons: every article in its place, each read in five minutes."""

from __future__ import annotations

import pytest

from assistant.tutoring import ROLES, Role
from assistant.tutoring.lessons import lesson_of
from assistant.tutoring.path import path_of
from knowledge.playbook import Article, read_playbook

PLAYBOOK = read_playbook()
_MOST_WORDS = 900


@pytest.mark.parametrize("role", ROLES)
def test_a_path_has_every_article_written_for_the_role_once(role: Role) -> None:
    lessons = [step.lesson for step in path_of(role, PLAYBOOK).steps]
    assert len(lessons) == len(set(lessons))
    assert set(lessons) == {slug for slug, a in PLAYBOOK.items() if role in a.roles}


@pytest.mark.parametrize("role", ROLES)
def test_what_a_unit_needs_comes_before_it(role: Role) -> None:
    met: set[str] = set()
    for unit in path_of(role, PLAYBOOK).units:
        assert met.issuperset(unit.needs)
        met.add(unit.id)


@pytest.mark.parametrize("role", ROLES)
def test_reading_lesson_after_lesson_leads_through_the_whole_path(role: Role) -> None:
    read: list[str] = []
    while (step := path_of(role, PLAYBOOK, read).next) is not None:
        read.append(step.lesson)
    assert read == [step.lesson for step in path_of(role, PLAYBOOK).steps]


def test_a_unit_waits_for_what_it_needs() -> None:
    ahead = ["constant-communication", "follow-up-message", "integrity"]
    following = path_of(
        "new hire", PLAYBOOK, [*ahead, "whitespace", "relationship-life-cycle"]
    ).next
    assert following is not None
    assert following.lesson == "stakeholder-map"


def test_an_article_that_is_gone_is_simply_not_on_the_path() -> None:
    fewer = {slug: a for slug, a in PLAYBOOK.items() if slug != "whitespace"}
    path = path_of("new hire", fewer)
    assert "growth" not in {unit.id for unit in path.units}
    assert "whitespace" not in {step.lesson for step in path.steps}


@pytest.mark.parametrize("article", PLAYBOOK.values(), ids=lambda article: article.slug)
def test_a_lesson_is_a_five_minute_piece_that_ends_in_something_to_do(article: Article) -> None:
    lesson = lesson_of(article, 1)
    assert [p.id for p in lesson.parts] == ["what", "how", "example", "mistakes", "tomorrow"]
    assert lesson.words <= _MOST_WORDS
    assert lesson.minutes <= 5
    assert 3 <= len(lesson.questions) <= 6
    for part in lesson.parts:
        for passage in part.evidence:
            start, end = passage.ref.partition("[")[2].rstrip("]").split(":")
            assert article.text[int(start) : int(end)] == passage.quote
            assert passage.quote in part.text
