"""The shipped personas: every turn can be reached, every road ends, and none gives itself away."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadTemplate
from assistant.tutoring.role_play.marking import RULES
from assistant.tutoring.role_play.personas import (
    FOLDER,
    TOP,
    Persona,
    _persona,
    read_personas,
    read_rubric,
)
from knowledge.playbook import read_playbook

PERSONAS = sorted(read_personas())


@pytest.fixture(params=PERSONAS)
def persona(request: pytest.FixtureRequest) -> Persona:
    return read_personas()[request.param]


def test_a_new_hire_can_talk_to_a_sceptic_a_silent_one_and_a_former_champion() -> None:
    assert PERSONAS == ["former-champion", "sceptical-buyer", "silent-cfo"]


def test_every_turn_and_every_ending_can_be_reached(persona: Persona) -> None:
    seen, waiting = set(), [persona.opening]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [m.goes for m in persona.turns[here].moves] if here in persona.turns else []
    assert seen == {*persona.turns, *persona.endings}
    assert len(persona.endings) >= 3


def test_every_turn_offers_three_or_four_things_to_say_and_the_best_is_not_always_first(
    persona: Persona,
) -> None:
    assert all(3 <= len(turn.moves) <= 4 for turn in persona.turns.values())
    best = [
        max(range(len(turn.moves)), key=lambda at: sum(turn.moves[at].marks.values()))
        for turn in persona.turns.values()
    ]
    assert len(set(best)) >= 3


def test_somebody_who_does_everything_right_scores_full_marks_on_each_criterion(
    persona: Persona,
) -> None:
    """A road along the best moves exists for each criterion."""
    reachable = dict.fromkeys(persona.criteria, 0)
    for turn in persona.turns.values():
        for move in turn.moves:
            for criterion, mark in move.marks.items():
                reachable[criterion] = max(reachable[criterion], mark)
    assert set(reachable.values()) == {TOP}


def test_what_is_hidden_does_not_stand_in_what_the_learner_is_told(persona: Persona) -> None:
    told = " ".join((persona.summary, persona.goal, *persona.facts))
    assert persona.hidden.never_unasked not in told
    assert not any(known in told for known in persona.hidden.knows)


def test_each_criterion_has_looks_a_rule_and_an_article_to_reread(persona: Persona) -> None:
    for criterion, slug in persona.criteria.items():
        assert criterion in RULES
        assert len(set(read_rubric()[criterion].looks.values())) == 3
        assert slug in read_playbook()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('goes = "need"', "neither turn nor ending"),
        ("worth = 3", "outside 0 to 4"),
        ("asked_first = 4, objection = 3", "not scored on"),
    ],
)
def test_a_persona_that_does_not_fit_together_is_refused(
    tmp_path: Path, wrong: str, told: str
) -> None:
    spoilt = {
        'goes = "need"': 'goes = "nowhere"',
        "worth = 3": "worth = 9",
        "asked_first = 4, objection = 3": "charm = 4",
    }
    text = (FOLDER / "sceptical-buyer.toml").read_text(encoding="utf-8")
    path = tmp_path / "spoilt.toml"
    path.write_text(text.replace(wrong, spoilt[wrong], 1), encoding="utf-8")
    with pytest.raises(BadTemplate, match=told):
        _persona(path)
