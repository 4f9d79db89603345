"""A role play without a model: a scenario, its endings and its debrief."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.desk import Desk
from assistant.tutoring.role_play import Debrief, RolePlay, Scene, read_personas
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
_learners = count()


@pytest.fixture
def stage(school: Desk) -> RolePlay:
    return RolePlay(school.workspace.database)


@pytest.fixture
def lena() -> Viewer:
    """A new hire; each test has one of its own."""
    return Viewer.outsider(f"lena{next(_learners)}@example.com")


def talk(stage: RolePlay, who: Viewer, persona: str, *said: str) -> Scene:
    scene = stage.begin(who, persona, NOW)
    for words in said:
        scene = stage.say(who, scene.id, words, NOW)
    return scene


def scores(debrief: Debrief) -> dict[str, int]:
    return {one.criterion: one.score for one in debrief.scores}


def test_a_new_hire_asks_before_pitching_and_leaves_with_a_day(
    stage: RolePlay, lena: Viewer
) -> None:
    scene = talk(stage, lena, "sceptical-buyer", "b", "b", "b", "c")
    assert scene.over
    assert (
        scene.lines[-1].text
        == "Thursday at ten. Bring the list, and leave the brochures in the car."
    )
    debrief = stage.end(lena, scene.id, NOW)
    assert scores(debrief) == {
        "asked_first": 4,
        "alternative": 4,
        "worth": 4,
        "objection": 4,
        "next_step": 4,
    }
    assert not any(one.reread for one in debrief.scores)


def test_a_discount_given_at_once_ends_the_talk_and_names_the_article(
    stage: RolePlay, lena: Viewer
) -> None:
    scene = talk(stage, lena, "sceptical-buyer", "a", "a")
    debrief = stage.end(lena, scene.id, NOW)
    objection = next(one for one in debrief.scores if one.criterion == "objection")
    assert (objection.score, objection.reread) == (0, "grow-instead-of-discount")
    assert objection.seen[0] == (2, scene.lines[1].text)
    assert objection.looks.startswith("You gave in")
    worth = next(one for one in debrief.scores if one.criterion == "worth")
    assert (worth.score, worth.seen) == (0, ())


def test_the_silent_finance_chief_opens_up_to_somebody_who_waits(
    stage: RolePlay, lena: Viewer
) -> None:
    scene = talk(stage, lena, "silent-cfo", "c", "b", "c", "b", "c", "c", "b")
    assert scene.over
    assert scores(stage.end(lena, scene.id, NOW))["silence"] == 4


def test_words_of_ones_own_are_understood_as_the_nearest_thing_to_say(
    stage: RolePlay, lena: Viewer
) -> None:
    said = "What has to go better with the pumps next year?"
    scene = talk(stage, lena, "sceptical-buyer", said)
    assert scene.lines[1].text == said
    assert scene.lines[2].text.startswith("Next year I want no stop in December.")


def test_words_that_fit_nothing_leave_the_talk_where_it_is(stage: RolePlay, lena: Viewer) -> None:
    scene = talk(stage, lena, "sceptical-buyer", "Lovely weather in Leicester today.")
    assert scene.lines[-1].text == scene.persona.puzzled
    assert [one.letter for one in scene.options] == ["a", "b", "c", "d"]
    assert stage.say(lena, scene.id, "b", NOW).lines[-1].text.startswith("Next year")


def test_a_role_play_is_there_after_a_restart(school: Desk, stage: RolePlay, lena: Viewer) -> None:
    left = talk(stage, lena, "former-champion", "b")
    back = RolePlay(school.workspace.database).resume(lena, "former-champion")
    assert back == left
    stage.end(lena, left.id, NOW)
    assert stage.resume(lena, "former-champion") is None


def test_ending_twice_gives_the_same_debrief(stage: RolePlay, lena: Viewer) -> None:
    scene = talk(stage, lena, "former-champion", "d", "a")
    first = stage.end(lena, scene.id, NOW)
    assert stage.end(lena, scene.id, NOW + timedelta(days=1)) == first
    assert first.revealed
    with pytest.raises(BadInput, match="over"):
        stage.say(lena, scene.id, "a", NOW)


def test_nobody_else_sees_a_role_play(stage: RolePlay, lena: Viewer) -> None:
    scene = talk(stage, lena, "silent-cfo", "b")
    for stranger in (Viewer.outsider("boss@example.com"), Viewer.operator()):
        with pytest.raises(NotFound):
            stage.scene(stranger, scene.id)
        with pytest.raises(NotFound):
            stage.end(stranger, scene.id, NOW)


@pytest.mark.parametrize(("said", "why"), [("  ", "Say something"), ("x" * 1201, "speech")])
def test_nothing_and_a_speech_are_refused(
    stage: RolePlay, lena: Viewer, said: str, why: str
) -> None:
    scene = stage.begin(lena, "silent-cfo", NOW)
    with pytest.raises(BadInput, match=why):
        stage.say(lena, scene.id, said, NOW)


def test_an_unknown_persona_is_not_found(stage: RolePlay, lena: Viewer) -> None:
    with pytest.raises(NotFound):
        stage.begin(lena, "a-real-customer", NOW)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    persona=st.sampled_from(sorted(read_personas())),
    said=st.lists(st.one_of(st.sampled_from("abcd"), st.text(min_size=1, max_size=60)), max_size=9),
)
def test_every_quote_of_a_debrief_stands_word_for_word_in_the_talk(
    stage: RolePlay, persona: str, said: list[str]
) -> None:
    who = Viewer.outsider(f"p{next(_learners)}@example.com")
    scene = stage.begin(who, persona, NOW)
    for words in said:
        if scene.over:
            break
        if words.strip():
            scene = stage.say(who, scene.id, words, NOW)
    debrief = stage.end(who, scene.id, NOW)
    own = {(line.number, line.text) for line in scene.lines if line.speaker == "learner"}
    assert {quote for one in debrief.scores for quote in one.seen} <= own
    assert all(0 <= one.score <= 4 for one in debrief.scores)
    assert all((one.reread is not None) == (one.score < 3) for one in debrief.scores)
