"""The relationship score: how much two firms are shown to work together, 0 to 100.

The seven parts and their points are defaults of ours. Only what is on record earns points,
because "strategic" has to be shown; a part the records are silent about is named as unrecorded
and may be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight import relationship as between
from assistant.insight.evidence import computed
from assistant.insight.figures import cited, number
from assistant.insight.kam_structure import joint_plan, shared_ground
from assistant.insight.meetings import functions_met, meetings
from assistant.thresholds import RELATIONSHIP_POINTS, Thresholds
from knowledge.records import AccountFile

YEAR = 12


@dataclass(frozen=True)
class Bond:
    """One part of the score: points earned of the most it can bring; None earned: unrecorded."""

    name: str
    most: int
    earned: Evidence | None


def bonds(file: AccountFile, thresholds: Thresholds) -> tuple[Bond, ...]:
    """The parts of the relationship score."""
    full = RELATIONSHIP_POINTS
    found: dict[str, Evidence | None] = {
        "tenure": _tenure(file, thresholds, full.tenure),
        "contract": _signed(file, "contract", between.agreements(file), full.contract),
        "adaptations": _adaptations(file, full.adaptations),
        "breadth": _breadth(file, thresholds, full.breadth),
        "decider": _decider(file, full.decider),
        "support": _support(file, full.support),
        "joint_work": _signed(
            file, "joint_work", (*joint_plan(file), *shared_ground(file)), full.joint_work
        ),
    }
    return tuple(Bond(name, getattr(full, name), earned) for name, earned in found.items())


def score(file: AccountFile, parts: tuple[Bond, ...]) -> Evidence:
    """The sum of the points earned."""
    earned = [cited("points", part.earned) for part in parts if part.earned is not None]
    return computed(
        f"relationship:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: relationship score",
        value=sum(int(number(part.earned) or 0) for part in parts),
        unit="points",
        formula="sum(points)",
        inputs=earned,
        as_of=file.as_of,
    )


def _tenure(file: AccountFile, thresholds: Thresholds, most: int) -> Evidence | None:
    """Full points from twice the tenure of a long-term relationship."""
    age = between.tenure(file, thresholds)
    if age is None:
        return None
    return _scaled(file, "tenure", cited("have", age), thresholds.long_term_months * 60, most)


def _signed(
    file: AccountFile, name: str, shown: tuple[Evidence, ...], most: int
) -> Evidence | None:
    """All points for anything on record."""
    if not shown:
        return None
    refs = tuple(dict.fromkeys(ref for each in shown for ref in each.refs))
    return _scaled(file, name, Input("have", len(refs), refs), 1, most)


def _adaptations(file: AccountFile, most: int) -> Evidence | None:
    """Half the points for changes by one side, all for changes by both."""
    rows = sorted(file.adaptations, key=lambda row: row.id)
    if not rows:
        return None
    sides = {row.side for row in rows}
    both = "both" in sides or {"ours", "theirs"} <= sides
    refs = tuple(f"{row.ref}#side" for row in rows)
    return _scaled(file, "adaptations", Input("have", 2 if both else 1, refs, "sides"), 2, most)


def _breadth(file: AccountFile, thresholds: Thresholds, most: int) -> Evidence | None:
    met = meetings(file)
    if not met:
        return None
    have = cited("have", functions_met(file, met))
    return _scaled(file, "breadth", have, thresholds.interdependent_functions, most)


def _decider(file: AccountFile, most: int) -> Evidence | None:
    """All points if somebody who decides took part in a touch within twelve months."""
    deciders = [person for person in centre.present(file) if "decider" in centre.roles(person)]
    if not deciders:
        return None
    lately = [
        touch.ref
        for person in deciders
        for touch in centre.recent(file, centre.touches_with(file, person), YEAR)
    ]
    refs = tuple(lately[-1:]) or tuple(f"{person.ref}#buying_roles" for person in deciders)
    return _scaled(file, "decider", Input("have", len(lately), refs, "touches"), 1, most)


def _support(file: AccountFile, most: int) -> Evidence | None:
    """The supporters' share of those whose stance somebody set; it is never guessed."""
    assessed = [person for person in centre.present(file) if person.stance]
    if not assessed:
        return None
    supports = [int(person.stance == "supporter") for person in assessed]
    share = Decimal(sum(supports)) / len(supports)
    return computed(
        f"bond:support:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: points for support",
        value=round(share * most),
        unit="points",
        formula="round(mean(supports) * most)",
        inputs=[
            *(
                Input("supports", answer, (f"{person.ref}#stance",))
                for person, answer in zip(assessed, supports, strict=True)
            ),
            Input("most", most, (), "points"),
        ],
        as_of=file.as_of,
    )


def _scaled(file: AccountFile, name: str, have: Input, full: int, most: int) -> Evidence:
    """Points in proportion to what there is, all of them from `full` on."""
    amount = have.value if isinstance(have.value, (int, Decimal)) else 0
    return computed(
        f"bond:{name}:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: points for {name.replace('_', ' ')}",
        value=round(min(Decimal(1), Decimal(amount) / full) * most),
        unit="points",
        formula="round(min(1, have / full) * most)",
        inputs=[have, Input("full", full, (), have.unit), Input("most", most, (), "points")],
        as_of=file.as_of,
    )
