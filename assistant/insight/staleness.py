"""Whether a plan still stands: how old it is, and whether what it rests on has changed since.

A plan cites versions of its sources. When a source has a newer version, the plan rests on a fact
that is no longer the current one; whether the sentence is still true is for a person to read. A
plan is old when the tier's next review (`review_days`) has passed. Practice of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed
from assistant.insight.figures import counted
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "plan_state"


@dataclass(frozen=True)
class Foundation:
    """A plan as it was made: the day it looked from, and the sources that changed since.

    `changed` pairs what a source is called with the reference of its current version.
    """

    made_on: date
    changed: Sequence[tuple[str, str]] = ()


def review_days(file: AccountFile, thresholds: Thresholds) -> int:
    """Days between reviews that the account's tier asks for."""
    days = {name.casefold(): value for name, value in thresholds.review_days.items()}
    return days.get((file.account.tier or "").strip().casefold(), days[""])


def next_review(file: AccountFile, held_on: date, thresholds: Thresholds) -> date:
    """The day of the next review by the tier's cadence; a weekend's moves to the Monday."""
    day = held_on + timedelta(days=review_days(file, thresholds))
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004


def plan_state(file: AccountFile, foundation: Foundation | None, thresholds: Thresholds) -> Finding:
    """Whether the newest plan of an account can still be worked from.

    Outcome: `none` (no plan was kept), `changed` (rests on changed facts), `old`, or `current`.
    Values: `made_on`, `age` and `limit` in days, `changed` (what the sources are called), `old`.
    """
    limit = review_days(file, thresholds)
    if foundation is None:
        writer = Gist("question.plan", account=file.account.name)
        asked = Question("plan", writer, centre.rep(file))
        return Finding(RULE, file.account.id, "none", {"limit": limit}, questions=(asked,))
    age = (file.as_of - foundation.made_on).days
    names = tuple(dict.fromkeys(name for name, _ in foundation.changed))
    outcome = "changed" if names else "old" if age > limit else "current"
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={
            "made_on": foundation.made_on,
            "age": age,
            "limit": limit,
            "changed": names,
            "old": age > limit,
        },
        evidence=(_changed(file, foundation), _age(file, foundation, age)),
        thresholds={"review_days": limit},
        would_change=Gist("would_change.plan", account=file.account.name),
    )


def _age(file: AccountFile, foundation: Foundation, age: int) -> Evidence:
    return computed(
        f"plan_age:{file.account.id}:{file.as_of}",
        title=f"Days since the plan for {file.account.name} was made",
        value=age,
        unit="days",
        formula="days(made, as_of)",
        inputs=[Input("made", foundation.made_on), Input("as_of", file.as_of)],
        as_of=file.as_of,
    )


def _changed(file: AccountFile, foundation: Foundation) -> Evidence:
    return counted(
        f"plan_changed:{file.account.id}:{file.as_of}",
        title=f"Sources of the plan for {file.account.name} that changed since it was made",
        item="source",
        inputs=[Input("source", name, (ref,)) for name, ref in foundation.changed],
        unit="sources",
        as_of=file.as_of,
    )
