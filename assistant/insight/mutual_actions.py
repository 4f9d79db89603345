"""The mutual action plan: who of both sides does what, and whether it moves.

Red when every open action is ours, or when nothing moved for `plan_idle_days`. Source: practice
of joint plans; that both sides own actions is the idea, the days are a default of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import counted
from assistant.insight.promises import overdue_days
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Commitment

RULE = "mutual_actions"


@dataclass(frozen=True)
class Action:
    """One step of the plan. `side` is `ours` or `theirs`; `overdue` are days past its date."""

    ref: str
    text: str
    side: str
    owner: str | None
    due_on: date | None
    done_on: date | None
    overdue: int
    evidence: tuple[Evidence, ...]


def mutual_actions(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The plan both sides work on.

    Outcome: `red` (one-sided or idle), `moving`, `done` (nothing open), or `unknown` when no
    action is on record.
    """
    rows = _rows(file)
    actions = tuple(_action(file, row) for row in rows)
    still = [action for action in actions if action.done_on is None]
    ours = [action for action in still if action.side == "ours"]
    theirs = [action for action in still if action.side != "ours"]
    idle = _idle(file, rows)
    red = _red(ours, theirs, idle, thresholds)
    sides = (_count(file, "ours", ours), _count(file, "theirs", theirs))
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(actions, still, red),
        values={
            "actions": actions,
            "ours": len(ours),
            "theirs": len(theirs),
            "overdue": tuple(action for action in still if action.overdue),
            "idle_days": idle.value if idle else None,
            "red": red,
        },
        evidence=(*sides, *((idle,) if idle else ()), *(e for a in still for e in a.evidence)),
        against=tuple(e for action in theirs for e in action.evidence) if red else (),
        confidence=1.0 if actions else 0.0,
        would_change=_would_change(file, red),
        thresholds={"plan_idle_days": thresholds.plan_idle_days},
        questions=_questions(file, actions, theirs),
    )


def _rows(file: AccountFile) -> list[Commitment]:
    rows = (row for row in file.commitments if row.type == "action")
    return sorted(rows, key=lambda row: (str(row.due_on), str(row.made_on), row.id))


def _action(file: AccountFile, row: Commitment) -> Action:
    overdue = 0
    evidence = [recorded(row, "text"), recorded(row, "side")]
    if row.due_on is not None:
        evidence.append(recorded(row, "due_on"))
        if row.done_on is None and row.due_on < file.as_of:
            overdue = (file.as_of - row.due_on).days
            evidence.append(overdue_days(file, row))
    if row.done_on is not None:
        evidence.append(recorded(row, "done_on"))
    return Action(
        ref=row.ref,
        text=row.text,
        side=row.side,
        owner=row.owner_name,
        due_on=row.due_on,
        done_on=row.done_on,
        overdue=overdue,
        evidence=tuple(evidence),
    )


def _idle(file: AccountFile, rows: list[Commitment]) -> Evidence | None:
    """Days since anything in the plan was agreed, moved or done."""
    moves = [
        (day, f"{row.ref}#{field}")
        for row in rows
        for field in ("made_on", "moved_on", "done_on")
        if (day := getattr(row, field)) is not None and day <= file.as_of
    ]
    if not moves:
        return None
    last, ref = max(moves)
    return computed(
        f"plan_idle:{file.account.id}:{file.as_of}",
        title=f"Days since the mutual plan with {file.account.name} moved",
        value=(file.as_of - last).days,
        unit="days",
        formula="days(last_move, as_of)",
        inputs=[Input("last_move", last, (ref,)), Input("as_of", file.as_of)],
        as_of=file.as_of,
    )


def _count(file: AccountFile, side: str, actions: list[Action]) -> Evidence:
    return counted(
        f"actions_{side}:{file.account.id}:{file.as_of}",
        title=f"Open actions of the mutual plan with {file.account.name}: {side}",
        item="action",
        inputs=[Input("action", a.text, (f"{a.ref}#side",)) for a in actions],
        unit="actions",
        as_of=file.as_of,
    )


def _red(
    ours: list[Action], theirs: list[Action], idle: Evidence | None, thresholds: Thresholds
) -> tuple[str, ...]:
    reasons = []
    if ours and not theirs:
        reasons.append("one_sided")
    if (ours or theirs) and idle and isinstance(idle.value, int):
        reasons += ["idle"] if idle.value >= thresholds.plan_idle_days else []
    return tuple(reasons)


def _outcome(actions: tuple[Action, ...], still: list[Action], red: tuple[str, ...]) -> str:
    if not actions:
        return "unknown"
    if not still:
        return "done"
    return "red" if red else "moving"


def _would_change(file: AccountFile, red: tuple[str, ...]) -> Gist:
    if "one_sided" in red:
        return Gist("would_change.their_action", account=file.account.name)
    if "idle" in red:
        return Gist("would_change.step")
    return Gist("would_change.dates", account=file.account.name)


def _questions(
    file: AccountFile, actions: tuple[Action, ...], theirs: list[Action]
) -> tuple[Question, ...]:
    ours = centre.rep(file)
    if not actions:
        steps = Gist("question.steps", account=file.account.name)
        return (Question("mutual plan", steps, ours),)
    return tuple(
        Question("mutual plan", Gist("question.held_up", what=action.text), action.owner or ours)
        for action in theirs
        if action.overdue
    )
