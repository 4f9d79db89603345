"""The learning path of a role: units of lessons in an order, and what has been read of it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as File
from typing import Any, Literal

from assistant.errors import BadTemplate
from knowledge.playbook import Article

_FILE = File(__file__).with_name("path.toml")
Role = Literal["new hire", "rep", "manager"]
ROLES: tuple[Role, ...] = ("new hire", "rep", "manager")


@dataclass(frozen=True)
class Step:
    """A lesson on the path."""

    lesson: str
    title: str
    minutes: int
    read: bool
    questions: int
    mastered: int


@dataclass(frozen=True)
class Unit:
    """Lessons that belong together. `needs` are the ids of the units to have read before."""

    id: str
    title: str
    purpose: str
    needs: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def read(self) -> bool:
        """Whether every lesson of the unit has been read."""
        return all(step.read for step in self.steps)


@dataclass(frozen=True)
class Path:
    """Everything a role is to learn, in order. `next` is the lesson to read now."""

    role: Role
    units: tuple[Unit, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lessons of all units, in order."""
        return tuple(step for unit in self.units for step in unit.steps)

    @property
    def next(self) -> Step | None:
        """The first unread lesson of a unit whose needs are met; None when all is read."""
        done = {unit.id for unit in self.units if unit.read}
        ready = (unit for unit in self.units if done.issuperset(unit.needs))
        return next((step for unit in ready for step in unit.steps if not step.read), None)


def path_of(
    role: Role,
    playbook: Mapping[str, Article],
    read: Collection[str] = (),
    questions: Mapping[str, tuple[int, int]] | None = None,
) -> Path:
    """The path of a role.

    Args:
        role: whose path; an article is on it if it is written for the role.
        playbook: the articles by slug; what is not among them is not on the path.
        read: the lessons read so far.
        questions: for a lesson, how many questions there are and how many are mastered.
    """
    plan = _plan()
    counted = questions or {}
    units = []
    for unit_id in plan["order"][role]:
        given = plan["unit"][unit_id]
        steps = tuple(
            Step(
                slug,
                playbook[slug].title,
                playbook[slug].minutes,
                slug in read,
                *counted.get(slug, (0, 0)),
            )
            for slug in given["lessons"]
            if slug in playbook and role in playbook[slug].roles
        )
        if steps:
            units.append(Unit(unit_id, given["title"], given["purpose"], (*given["needs"],), steps))
    kept = {unit.id for unit in units}
    met = [
        Unit(u.id, u.title, u.purpose, tuple(n for n in u.needs if n in kept), u.steps)
        for u in units
    ]
    return Path(role, tuple(met))


@lru_cache(maxsize=1)
def _plan() -> Mapping[str, Any]:
    plan = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for role in ROLES:
        if set(plan["order"].get(role, ())) != plan["unit"].keys():
            raise BadTemplate(
                f"{_FILE.name}: the order for “{role}” does not name every unit once."
            )
    return plan
