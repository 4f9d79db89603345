"""Plan quality: which elements of the account plan have substance in the records.

About our own document, not about the customer: it is never added to customer health. A blank in
the charter is a red flag. The elements follow the sections of an account plan; that one plan
template beats another is not shown by any study known to us.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.claims import Evidence, Finding, Gist, Input, Question, Term
from assistant.insight import buying_centre as centre
from assistant.insight.alternatives import alternatives
from assistant.insight.evidence import recorded
from assistant.insight.figures import counted
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
        would_change=_would_change(blank),
        questions=tuple(_question(file, name) for name in blank),
    )


def _would_change(blank: list[str]) -> Gist | None:
    if not blank:
        return None
    return Gist("would_change.element", element=Term("plan_element", blank[0]))


def _question(file: AccountFile, name: str) -> Question:
    asked = Gist(f"question.{_ELEMENTS[name][2]}", account=file.account.name)
    return Question(name, asked, centre.rep(file))


def _count(file: AccountFile, what: str, elements: list[PlanElement]) -> Evidence:
    return counted(
        f"plan_elements_{what.replace(' ', '_')}:{file.account.id}:{file.as_of}",
        title=f"Plan elements {what}, {file.account.name}",
        item="element",
        unit="elements",
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
#: Name: the section it belongs to, how to find it, and the question while it is blank.
_ELEMENTS: dict[str, tuple[str, _Look, str]] = {
    "customer_goal": (
        "customer",
        lambda file: _fields([file.account], "goals"),
        "goal",
    ),
    "potential": (
        "revenue",
        lambda file: _fields([file.account], "potential"),
        "potential",
    ),
    "spend_estimate": (
        "revenue",
        lambda file: _fields(_by_id(file.spend), "high", "source_note"),
        "spend_source",
    ),
    "key_players": ("stakeholders", _key_players, "key_players"),
    "alternative": ("competition", _alternative, "without_us"),
    "charter": (
        "charter",
        lambda file: _fields([file.account], "charter"),
        "charter",
    ),
    "confirmed_figure": ("strengths", _confirmed, "confirmed"),
    "mutual_actions": ("actions", _both_sides, "both_sides"),
    "next_steps": ("deals", _next_steps, "next_steps"),
    "next_review": (
        "unknown",
        lambda file: _fields([file.account], "next_review_on"),
        "review",
    ),
}
