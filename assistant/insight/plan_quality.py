"""Plan quality: which elements of the account plan have substance in the records.

About our own document, not about the customer: it is never added to customer health. A blank in
the charter is a red flag. The elements follow the sections of an account plan; that one plan
template beats another is not shown by any study known to us.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.claims import Evidence, Finding, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.alternatives import alternatives
from assistant.insight.evidence import computed, recorded
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Record

RULE = "plan_quality"


@dataclass(frozen=True)
class PlanElement:
    """One element: `substance` is whether the records hold it, `section` where it belongs."""

    name: str
    section: str
    substance: bool
    evidence: tuple[Evidence, ...]


def plan_quality(file: AccountFile, thresholds: Thresholds) -> Finding:  # noqa: ARG001 - one shape
    """The elements with substance, as k of n.

    Outcome: `full`, `partial`, or `empty`.
    """
    elements = tuple(
        PlanElement(name, section, bool(found), found)
        for name, (section, look, _) in _ELEMENTS.items()
        for found in (tuple(look(file)),)
    )
    solid = [element for element in elements if element.substance]
    k = _count(file, "with substance", solid)
    n = _count(file, "asked for", list(elements))
    blank = [element.name for element in elements if not element.substance]
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome="full" if not blank else "partial" if solid else "empty",
        values={"elements": elements, "k": k.value, "n": n.value, "blank": tuple(blank)},
        evidence=(k, n, *(e for element in solid for e in element.evidence)),
        would_change=f"A record of the {blank[0].replace('_', ' ')}." if blank else None,
        questions=tuple(
            Question(name, _ELEMENTS[name][2].format(name=file.account.name), centre.rep(file))
            for name in blank
        ),
    )


def _count(file: AccountFile, what: str, elements: list[PlanElement]) -> Evidence:
    return computed(
        f"plan_elements_{what.replace(' ', '_')}:{file.account.id}:{file.as_of}",
        title=f"Plan elements {what}, {file.account.name}",
        value=len(elements),
        unit="elements",
        formula="count(element)",
        inputs=[Input("element", e.name, tuple(x.ref for x in e.evidence)) for e in elements],
        as_of=file.as_of,
    )


def _fields(rows: list[Record], *names: str) -> list[Evidence]:
    """The first row that has all of these fields."""
    for row in rows:
        values = [getattr(row, name) for name in names]
        if all(centre.says_something(str(v)) if v is not None else False for v in values):
            return [recorded(row, name) for name in names]
    return []


def _key_players(file: AccountFile) -> list[Evidence]:
    """Somebody in each part that an account needs."""
    people = {
        part: [p for p in centre.present(file) if part in centre.roles(p)]
        for part in centre.KEY_PARTS
    }
    if not all(people.values()):
        return []
    return list(dict.fromkeys(recorded(some[0], "buying_roles") for some in people.values()))


def _both_sides(file: AccountFile) -> list[Evidence]:
    actions = [row for row in file.commitments if row.type == "action" and row.due_on]
    sides = {row.side: recorded(row, "side") for row in sorted(actions, key=lambda row: row.id)}
    return [sides[side] for side in sorted(sides)] if {"ours", "theirs"} <= set(sides) else []


def _by_id(rows: tuple[Record, ...]) -> list[Record]:
    return sorted(rows, key=lambda row: row.id)


def _confirmed(file: AccountFile) -> list[Evidence]:
    sound = [row for row in file.value_inputs if row.confirmed_by and not row.contested]
    return _fields(_by_id(tuple(sound)), "value", "confirmed_by")


def _next_steps(file: AccountFile) -> list[Evidence]:
    """A next step and a closing date in every open deal."""
    deals = centre.open_deals(file)
    found = [_fields([deal], "next_step", "closes_on") for deal in deals]
    return [e for pair in found for e in pair] if all(found) else []


def _alternative(file: AccountFile) -> list[Evidence]:
    return [e for rival in alternatives(file)[:1] for e in rival.evidence[:1]]


_Look = Callable[[AccountFile], list[Evidence]]
#: Name: the section it belongs to, how to find it, and what to ask while it is blank.
_ELEMENTS: dict[str, tuple[str, _Look, str]] = {
    "customer_goal": (
        "customer",
        lambda file: _fields([file.account], "goals"),
        "What does {name} itself want to reach, by when, and who said so?",
    ),
    "potential": (
        "revenue",
        lambda file: _fields([file.account], "potential"),
        "What could {name} buy from us in a year?",
    ),
    "spend_estimate": (
        "revenue",
        lambda file: _fields(_by_id(file.spend), "high", "source_note"),
        "What does {name} spend on what we sell, and who says so?",
    ),
    "key_players": (
        "stakeholders",
        _key_players,
        "Who decides, who sponsors us and who argues for us at {name}?",
    ),
    "alternative": ("competition", _alternative, "What would {name} do without us?"),
    "charter": (
        "charter",
        lambda file: _fields([file.account], "charter"),
        "What is our field of play at {name}, what is it worth to them, how, and what to us?",
    ),
    "confirmed_figure": (
        "strengths",
        _confirmed,
        "Which figure of {name} has somebody there confirmed?",
    ),
    "mutual_actions": (
        "actions",
        _both_sides,
        "What will {name} do, and what will we, by when?",
    ),
    "next_steps": ("deals", _next_steps, "What is the next step in each deal with {name}?"),
    "next_review": (
        "unknown",
        lambda file: _fields([file.account], "next_review_on"),
        "When do we review the plan for {name}?",
    ),
}
