"""Personas: who is played, what they hide, and the scenario to play without a model.

One TOML file a persona, one rubric for all. A file that does not fit together raises when it is
read: a turn that leads nowhere, a mark for a criterion the persona is not scored on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import BadTemplate

FOLDER = Path(__file__).parent / "personas"
RUBRIC = Path(__file__).parent / "rubric.toml"
TOP = 4


@dataclass(frozen=True)
class Criterion:
    """One thing that is scored. `looks` says what 0, 2 and 4 look like."""

    id: str
    title: str
    looks: Mapping[int, str]

    def look(self, score: int) -> str:
        """What the nearest described score looks like; between two, the lower one."""
        return self.looks[score - score % 2]


@dataclass(frozen=True)
class Move:
    """Something the learner could say. `marks` are scores from 0 to 4 by criterion."""

    say: str
    goes: str
    marks: Mapping[str, int]


@dataclass(frozen=True)
class Turn:
    """What the persona says, and what could be answered."""

    says: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Hidden:
    """What the learner is not told before the debrief."""

    wants: str
    fears: str
    knows: tuple[str, ...]
    moved_by: str
    never_unasked: str


@dataclass(frozen=True)
class Persona:
    """An invented person at a fictional account.

    Attributes:
        goal: what the learner practises; `facts` what the learner knows beforehand.
        criteria: what is scored, each with the slug of the article to reread.
        turns: the scenario as a graph; `endings` are its last words, by name.
    """

    id: str
    name: str
    title: str
    account: str
    summary: str
    goal: str
    facts: tuple[str, ...]
    hidden: Hidden
    criteria: Mapping[str, str]
    opening: str
    puzzled: str
    turns: Mapping[str, Turn]
    endings: Mapping[str, str]


@lru_cache(maxsize=1)
def read_personas(folder: Path = FOLDER) -> Mapping[str, Persona]:
    """Every persona by id; raises `BadTemplate` naming the file and what does not fit."""
    return {path.stem: _persona(path) for path in sorted(folder.glob("*.toml"))}


@lru_cache(maxsize=1)
def read_rubric(path: Path = RUBRIC) -> Mapping[str, Criterion]:
    """The criteria by id."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Criterion(name, given["title"], {n: given[str(n)] for n in (0, 2, TOP)})
        for name, given in raw.items()
    }


def _persona(path: Path) -> Persona:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        read = _read(path.stem, raw)
    except (KeyError, TypeError) as error:
        raise BadTemplate(f"{path.name}: {error} is missing or does not belong there.") from None
    for fault in _faults(read):
        raise BadTemplate(f"{path.name}: {fault}")
    return read


def _read(name: str, raw: Mapping[str, Any]) -> Persona:
    hidden = raw["hidden"]
    return Persona(
        id=name,
        name=raw["name"],
        title=raw["title"],
        account=raw["account"],
        summary=raw["summary"],
        goal=raw["goal"],
        facts=tuple(raw["facts"]),
        hidden=Hidden(**{**hidden, "knows": tuple(hidden["knows"])}),
        criteria=raw["criteria"],
        opening=raw["opening"],
        puzzled=raw["puzzled"],
        turns={
            turn: Turn(given["says"], tuple(Move(**move) for move in given["move"]))
            for turn, given in raw["turn"].items()
        },
        endings={ending: given["says"] for ending, given in raw["ending"].items()},
    )


def _faults(persona: Persona) -> Iterator[str]:
    if persona.opening not in persona.turns:
        yield f"no turn “{persona.opening}” to begin with."
    for unknown in sorted(persona.criteria.keys() - read_rubric().keys()):
        yield f"no criterion “{unknown}” in the rubric."
    for name, turn in persona.turns.items():
        for move in turn.moves:
            if move.goes not in persona.turns and move.goes not in persona.endings:
                yield f"turn “{name}” leads to “{move.goes}”, which is neither turn nor ending."
            if move.marks.keys() - persona.criteria.keys():
                yield f"turn “{name}” marks what {persona.name} is not scored on."
            if not all(0 <= mark <= TOP for mark in move.marks.values()):
                yield f"turn “{name}” has a mark outside 0 to {TOP}."
