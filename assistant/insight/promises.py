"""The ledger of promises: what we said we would do, what they asked for, and what became of it.

A step of the mutual plan that is ours is a promise like any other: both sides have written it
down. Everybody who counts what we owe counts from here.

Source of the idea: seed research on why sales teams win (slow answers eliminate, kept promises
are forgotten and broken ones are not). A kept share is told as a percentage only from
`lessons_minimum` promises on; under that, as a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import counted
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Commitment

RULE = "promises"
Status = Literal["kept", "late", "open", "overdue"]


@dataclass(frozen=True)
class Promise:
    """One promise or request. `days` late: past its due date until done, or until today.

    `type` is `promise`, `action` (our step of the mutual plan) or `request` (they asked). Done
    without a due date is `kept`, not done without one is `open`.
    """

    ref: str
    type: str
    text: str
    owner: str | None
    made_on: date | None
    due_on: date | None
    done_on: date | None
    status: Status
    days: int
    evidence: tuple[Evidence, ...]


def promises(file: AccountFile, thresholds: Thresholds) -> Finding:
    """What we promised, our steps of the mutual plan among it, and what they asked for.

    Outcome: `overdue` (a promise or request is), `late` (kept, though not in time), `open`
    (nothing due yet), `kept`, or `unknown` when no promise and no request is on record.
    """
    made = _ledger(file, "promise", "action")
    asked = requests(file)
    by_status: dict[Status, list[Promise]] = {"kept": [], "late": [], "open": [], "overdue": []}
    for promise in made:
        by_status[promise.status].append(promise)
    late_requests = tuple(request for request in asked if request.status == "overdue")
    settled = [*by_status["kept"], *by_status["late"], *by_status["overdue"]]
    counts = [_count(file, status, some) for status, some in by_status.items()]
    counts.append(_count(file, "settled", settled))
    enough = len(settled) >= thresholds.lessons_minimum
    share = _kept_share(file, by_status["kept"], settled) if enough else None
    trouble = (*by_status["overdue"], *late_requests, *by_status["late"])
    fine = (*by_status["kept"], *by_status["open"])
    speaking = trouble or fine
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(by_status, asked),
        values={
            "kept": len(by_status["kept"]),
            "late": len(by_status["late"]),
            "open": len(by_status["open"]),
            "overdue": len(by_status["overdue"]),
            "settled": len(settled),
            "kept_share": share.value if share else None,
            "promises": made,
            "requests": asked,
            "requests_overdue": late_requests,
        },
        evidence=(*counts, *((share,) if share else ()), *_evidence(speaking)),
        against=_evidence(fine) if trouble else (),
        confidence=1.0 if made or asked else 0.0,
        would_change=_would_change(trouble),
        thresholds={"lessons_minimum": thresholds.lessons_minimum},
        questions=_questions(file, made, asked),
    )


def requests(file: AccountFile) -> tuple[Promise, ...]:
    """What they asked of us, the oldest first."""
    return _ledger(file, "request")


def overdue_days(file: AccountFile, row: Commitment) -> Evidence:
    """Days past the due date, until it was done or until today; the row has a due date."""
    until = Input("as_of", file.as_of)
    if row.done_on is not None:
        until = Input("done", row.done_on, (f"{row.ref}#done_on",))
    days = ((row.done_on or file.as_of) - row.due_on).days if row.due_on else 0
    return computed(
        f"overdue:{row.id}:{file.as_of}",
        title=f"Days past due: {row.text}",
        value=max(days, 0),
        unit="days",
        formula=f"max(0, days(due, {until.name}))",
        inputs=[Input("due", row.due_on, (f"{row.ref}#due_on",)), until],
        as_of=file.as_of,
    )


def _ledger(file: AccountFile, *types: str) -> tuple[Promise, ...]:
    rows = (row for row in file.commitments if row.type in types and row.side == "ours")
    return tuple(
        _promise(file, row)
        for row in sorted(rows, key=lambda r: (str(r.made_on), str(r.due_on), r.id))
    )


def _promise(file: AccountFile, row: Commitment) -> Promise:
    status = _status(row, file.as_of)
    evidence = [recorded(row, "text")]
    if row.due_on is not None:
        evidence += [recorded(row, "due_on"), overdue_days(file, row)]
    if row.done_on is not None:
        evidence.append(recorded(row, "done_on"))
    late = (row.done_on or file.as_of) - row.due_on if row.due_on else None
    return Promise(
        ref=row.ref,
        type=row.type,
        text=row.text,
        owner=row.owner_name,
        made_on=row.made_on,
        due_on=row.due_on,
        done_on=row.done_on,
        status=status,
        days=max(late.days, 0) if late else 0,
        evidence=tuple(evidence),
    )


def _status(row: Commitment, as_of: date) -> Status:
    if row.done_on is not None:
        return "late" if row.due_on is not None and row.done_on > row.due_on else "kept"
    return "overdue" if row.due_on is not None and row.due_on < as_of else "open"


def _count(file: AccountFile, status: str, some: list[Promise]) -> Evidence:
    return counted(
        f"promises_{status}:{file.account.id}:{file.as_of}",
        title=f"Promises to {file.account.name}: {status}",
        item="promise",
        inputs=[Input("promise", promise.text, (f"{promise.ref}#text",)) for promise in some],
        unit="promises",
        as_of=file.as_of,
    )


def _kept_share(file: AccountFile, kept: list[Promise], settled: list[Promise]) -> Evidence:
    return computed(
        f"kept_share:{file.account.id}:{file.as_of}",
        title=f"Promises to {file.account.name} kept in time",
        value=(Decimal(len(kept)) / len(settled) * 100).quantize(Decimal(1)),
        unit="%",
        formula="round(count(kept) / count(settled) * 100, 0)",
        inputs=[
            *(Input("kept", promise.text, (f"{promise.ref}#done_on",)) for promise in kept),
            *(Input("settled", promise.text, (f"{promise.ref}#due_on",)) for promise in settled),
        ],
        as_of=file.as_of,
    )


def _outcome(by_status: dict[Status, list[Promise]], asked: tuple[Promise, ...]) -> str:
    if by_status["overdue"] or any(request.status == "overdue" for request in asked):
        return "overdue"
    for status in ("late", "open", "kept"):
        if by_status[status]:
            return status
    if not asked:
        return "unknown"
    return "open" if any(request.status == "open" for request in asked) else "kept"


def _evidence(some: tuple[Promise, ...]) -> tuple[Evidence, ...]:
    return tuple(e for promise in some for e in promise.evidence)


def _would_change(trouble: tuple[Promise, ...]) -> Gist:
    if trouble and trouble[0].status == "overdue":
        return Gist("would_change.kept", what=trouble[0].text)
    return Gist("would_change.promise")


def _questions(
    file: AccountFile, made: tuple[Promise, ...], asked: tuple[Promise, ...]
) -> tuple[Question, ...]:
    ours = centre.rep(file)
    if not (made or asked):
        return (Question("promises", Gist("question.promised", account=file.account.name), ours),)
    undated = (p for p in (*made, *asked) if p.status == "open" and p.due_on is None)
    return tuple(
        Question("due date", Gist("question.due", what=promise.text), promise.owner or ours)
        for promise in undated
    )
