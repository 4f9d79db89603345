"""Open complaints: how many, how old, how serious.

Nothing on record is `unknown`, not content: a silent customer may have given up complaining.
Which priorities are serious follows the exporting systems' words; everything else is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import counted
from assistant.insight.periods import window
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.references import source_of
from knowledge.records.tables import Case

RULE = "cases"
SERIOUS = frozenset({"high", "critical", "urgent", "escalated", "1", "p1", "hoch", "kritisch"})


@dataclass(frozen=True)
class Complaint:
    """One open case. `age` is days since it was opened, None where that day is not recorded."""

    ref: str
    subject: str
    priority: str | None
    serious: bool
    opened_on: date | None
    age: int | None
    who: str | None
    evidence: tuple[Evidence, ...]


def cases(file: AccountFile, thresholds: Thresholds) -> Finding:  # noqa: ARG001 - one shape
    """Open cases, serious and old ones first.

    Outcome: `serious` (an open case of high priority), `open`, `clear` (all solved), or
    `unknown` when no case is on record.
    """
    unsolved = [_complaint(file, row) for row in file.cases if row.closed_at is None]
    unsolved.sort(key=lambda one: (not one.serious, -(one.age or 0), one.ref))
    span = window(file.as_of, 12)
    lately = [row for row in file.cases if row.opened_at and row.opened_at.date() in span]
    year = _count(file, "cases of twelve months", sorted(row.ref for row in lately))
    still = _count(file, "open cases", [one.ref for one in unsolved])
    serious = _count(file, "open serious cases", [one.ref for one in unsolved if one.serious])
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(file, unsolved),
        values={
            "open": tuple(unsolved),
            "open_count": len(unsolved),
            "serious_count": serious.value,
            "oldest_days": max((one.age for one in unsolved if one.age is not None), default=None),
            "year_count": len(lately),
        },
        evidence=(still, serious, year, *(e for one in unsolved for e in one.evidence)),
        confidence=1.0 if file.cases else 0.0,
        would_change=_would_change(file, unsolved),
        questions=_questions(file, unsolved),
    )


def _complaint(file: AccountFile, row: Case) -> Complaint:
    evidence = [recorded(row, "subject")]
    opened = row.opened_at.date() if row.opened_at else None
    if row.priority:
        evidence.append(recorded(row, "priority"))
    if opened:
        evidence += [recorded(row, "opened_at"), _age(file, row, opened)]
    person = file.contact(row.contact_id)
    return Complaint(
        ref=row.ref,
        subject=row.subject,
        priority=row.priority,
        serious=(row.priority or "").strip().casefold() in SERIOUS,
        opened_on=opened,
        age=(file.as_of - opened).days if opened else None,
        who=person.name if person else None,
        evidence=tuple(evidence),
    )


def _age(file: AccountFile, row: Case, opened: date) -> Evidence:
    return computed(
        f"case_age:{row.id}:{file.as_of}",
        title=f"Days open: {row.subject}",
        value=(file.as_of - opened).days,
        unit="days",
        formula="days(opened, as_of)",
        inputs=[Input("opened", opened, (f"{row.ref}#opened_at",)), Input("as_of", file.as_of)],
        as_of=file.as_of,
    )


def _count(file: AccountFile, what: str, refs: list[str]) -> Evidence:
    return counted(
        f"{what.replace(' ', '_')}:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: {what}",
        item="case",
        inputs=[Input("case", source_of(ref), (f"{ref}#opened_at",)) for ref in refs],
        unit="cases",
        as_of=file.as_of,
    )


def _outcome(file: AccountFile, unsolved: list[Complaint]) -> str:
    if not file.cases:
        return "unknown"
    if any(one.serious for one in unsolved):
        return "serious"
    return "open" if unsolved else "clear"


def _would_change(file: AccountFile, unsolved: list[Complaint]) -> Gist:
    if unsolved:
        return Gist("would_change.solved", who=unsolved[0].who or file.account.name)
    return Gist("would_change.complaint", account=file.account.name)


def _questions(file: AccountFile, unsolved: list[Complaint]) -> tuple[Question, ...]:
    if not file.cases:
        anybody = Gist("question.complained", account=file.account.name)
        return (Question("cases", anybody, centre.rep(file)),)
    return tuple(
        Question("cases", Gist("question.solution", what=one.subject), one.who)
        for one in unsolved
        if one.who
    )
