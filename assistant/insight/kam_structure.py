"""Who talks to whom: the shape of the account, from the touches of the last twelve months.

Source: McDonald, Millman & Rogers (1997) name the types; one paired study found that contact
structure told key relationships apart better than intent did, on small samples. The cut-offs
are defaults of ours. Functions are counted on the customer's side, and at least `own_functions`
of ours must take part: a rep who alone meets all of theirs is one bridge, however busy.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.claims import Evidence, Finding, Gist, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import recorded
from assistant.insight.figures import number
from assistant.insight.meetings import (
    Meeting,
    Thread,
    attended,
    bridges,
    busiest_thread,
    functions_met,
    functions_of_ours,
    meetings,
    nameless,
)
from assistant.insight.periods import window
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Commitment

RULE = "kam_structure"


@dataclass(frozen=True)
class _Shape:
    """What the type is read from."""

    met: tuple[Meeting, ...]
    thread: Thread | None
    theirs: Evidence
    ours: Evidence
    plan: tuple[Evidence, ...]
    shared: tuple[Evidence, ...]

    @property
    def single(self) -> int:
        """The share of the busiest pair in whole per cent, rounded down."""
        return int(number(self.thread.share) or 0) if self.thread else 0


def kam_structure(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The type of the relationship's structure.

    Outcome: `integrated` (shared teams or systems are on record); `basic` (`single_thread_share`
    % of the touches or more between one pair alone, or too few functions for more);
    `interdependent` (with a joint plan); `cooperative`; `unknown` without touches, or when the
    functions that are missing on people we met would decide it. Counts are of twelve months.
    """
    shape = _shape(file)
    if not shape.met and not shape.shared:
        return _silent(file)
    outcome = _type(shape, thresholds)
    everybody, touched = centre.recent(file, centre.touches(file), 12), attended(file, shape.met)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={
            "pair": (shape.thread.ours, shape.thread.theirs) if shape.thread else None,
            "pair_share": shape.thread.share.value if shape.thread else None,
            "functions_theirs": shape.theirs.value,
            "functions_ours": shape.ours.value,
            "bridges": bridges(file, shape.met),
            "joint_plan": bool(shape.plan),
            "touches": touched.value,
        },
        evidence=(*_evidence(shape, outcome), touched),
        against=_against(shape, outcome, thresholds),
        confidence=round(len(shape.met) / len(everybody), 2) if everybody else 0.5,
        would_change=_would_change(file, shape, outcome, thresholds),
        thresholds={
            "single_thread_share": thresholds.single_thread_share,
            "own_functions": thresholds.own_functions,
            "cooperative_functions": thresholds.cooperative_functions,
            "interdependent_functions": thresholds.interdependent_functions,
        },
        questions=_questions(file, shape),
    )


def joint_plan(file: AccountFile) -> tuple[Evidence, ...]:
    """One action of each side of a mutual plan that lives: open, or moved within a year."""
    year = window(file.as_of, 12)

    def lives(row: Commitment) -> bool:
        moved = (row.made_on, row.moved_on, row.done_on)
        return row.type == "action" and (row.done_on is None or any(day in year for day in moved))

    living = sorted((row for row in file.commitments if lives(row)), key=lambda row: row.id)
    sides = {row.side: row for row in reversed(living)}
    if not {"ours", "theirs"} <= sides.keys():
        return ()
    return tuple(recorded(sides[side], "text") for side in ("ours", "theirs"))


def shared_ground(file: AccountFile) -> tuple[Evidence, ...]:
    """Teams or systems that the two firms share, from adaptations of those types."""
    rows = sorted(file.adaptations, key=lambda row: (str(row.made_on), row.id))
    return tuple(
        recorded(row, "description")
        for row in rows
        if any(word in (row.type or "").casefold() for word in ("team", "system"))
    )


def _shape(file: AccountFile) -> _Shape:
    met = meetings(file)
    return _Shape(
        met=met,
        thread=busiest_thread(file, met),
        theirs=functions_met(file, met),
        ours=functions_of_ours(file, met),
        plan=joint_plan(file),
        shared=shared_ground(file),
    )


def _type(shape: _Shape, thresholds: Thresholds) -> str:
    if shape.shared:
        return "integrated"
    if shape.single >= thresholds.single_thread_share:
        return "basic"
    theirs, ours = len(shape.theirs.inputs), len(shape.ours.inputs)
    if ours >= thresholds.own_functions and theirs >= thresholds.cooperative_functions:
        full = theirs >= thresholds.interdependent_functions and shape.plan
        return "interdependent" if full else "cooperative"
    return "unknown" if _might_be_more(shape, thresholds) else "basic"


def _might_be_more(shape: _Shape, thresholds: Thresholds) -> bool:
    """Whether functions that are not on record could lift the type."""
    theirs = len(shape.theirs.inputs) + len(nameless(shape.met))
    unnamed = {meeting.ours.id for meeting in shape.met if not meeting.ours.function}
    ours = len(shape.ours.inputs) + len(unnamed)
    return theirs >= thresholds.cooperative_functions and ours >= thresholds.own_functions


def _evidence(shape: _Shape, outcome: str) -> tuple[Evidence, ...]:
    thread = (shape.thread.share,) if shape.thread else ()
    counts = (shape.theirs, shape.ours)
    shown: dict[str, tuple[Evidence, ...]] = {
        "integrated": (*shape.shared, *counts, *thread),
        "interdependent": (*counts, *shape.plan),
        "cooperative": counts,
        "unknown": (*counts, *thread),
        "basic": (*thread, *counts),
    }
    return shown[outcome]


def _against(shape: _Shape, outcome: str, thresholds: Thresholds) -> tuple[Evidence, ...]:
    thread = (shape.thread.share,) if shape.thread else ()
    if outcome == "integrated":
        few = len(shape.theirs.inputs) < thresholds.cooperative_functions
        single = shape.single >= thresholds.single_thread_share
        return (*(thread if single else ()), *((shape.theirs,) if few else ()))
    if outcome == "basic":
        return shape.plan
    return thread


def _would_change(
    file: AccountFile, shape: _Shape, outcome: str, thresholds: Thresholds
) -> Gist | None:
    if outcome in {"integrated", "unknown"}:
        return None
    name, alone = file.account.name, shape.single >= thresholds.single_thread_share
    if outcome == "basic" and shape.thread and alone:
        pair = {"ours": shape.thread.ours, "theirs": shape.thread.theirs}
        return Gist("would_change.wider", account=name, **pair)
    if outcome == "basic":
        theirs, ours = thresholds.cooperative_functions, thresholds.own_functions
        return Gist("would_change.cooperative", account=name, theirs=theirs, ours=ours)
    if outcome == "cooperative":
        theirs = thresholds.interdependent_functions
        return Gist("would_change.interdependent", account=name, theirs=theirs)
    return Gist("would_change.integrated", account=name)


def _questions(file: AccountFile, shape: _Shape) -> tuple[Question, ...]:
    return tuple(
        Question("function", Gist("question.function", who=person.name), centre.rep(file))
        for person in nameless(shape.met)
    )


def _silent(file: AccountFile) -> Finding:
    talked = Gist("question.talked", account=file.account.name)
    asked = Question("touches", talked, centre.rep(file))
    return Finding(RULE, file.account.id, "unknown", confidence=0.0, questions=(asked,))
