"""Customer health: one score from 0 to 100 that always shows its parts.

A weighted mean over the parts that are known. A missing part is left out and lowers confidence;
it never scores 0. What is too loud to be averaged (something overdue, an open serious complaint,
a word of insolvency) stands beside the score. Plan quality is another question and never mixed
in. Parts, points and weights are defaults of ours; research on such scores is thin and mostly
from vendors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight.cases import cases
from assistant.insight.evidence import computed
from assistant.insight.mutual_actions import mutual_actions
from assistant.insight.promises import promises
from assistant.insight.revenue import revenue
from assistant.insight.rhythm import rhythm
from assistant.insight.solvency import solvency
from assistant.insight.stakeholders import stakeholders
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "health"


@dataclass(frozen=True)
class HealthPart:
    """One part of the score. `score` is 0 to 100, None while it cannot be computed."""

    name: str
    weight: int
    score: Decimal | None
    evidence: tuple[Evidence, ...]


def health(file: AccountFile, thresholds: Thresholds) -> Finding:
    """How the customer is doing with us.

    Outcome: `red` (something too loud to be averaged, whatever the score), `good` (from
    `health_good`), `fair`, `poor` (below `health_poor`), or `unknown` when the known parts carry
    less than `health_known` per cent of the weight.
    """
    found = {
        "revenue": revenue(file, thresholds),
        "rhythm": rhythm(file, thresholds),
        "coverage": stakeholders(file, thresholds),
        "promises": promises(file, thresholds),
        "cases": cases(file, thresholds),
        "mutual_plan": mutual_actions(file, thresholds),
    }
    parts = tuple(_part(file, name, found[name], thresholds) for name in found)
    known = [part for part in parts if part.score is not None]
    weight, whole = sum(part.weight for part in known), sum(part.weight for part in parts)
    total = _total(file, known) if weight * 100 >= whole * thresholds.health_known else None
    strong = [
        e for part in known if (part.score or 0) >= thresholds.health_good for e in part.evidence
    ]
    weak = [
        e for part in known if (part.score or 0) < thresholds.health_good for e in part.evidence
    ]
    trouble = solvency(file, thresholds)
    red = (*_too_loud(found), *(("insolvency",) if trouble.outcome == "doubtful" else ()))
    good = not red and total is not None and Decimal(str(total.value)) >= thresholds.health_good
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome="red" if red else _outcome(total, thresholds),
        values={
            "score": total.value if total else None,
            "parts": parts,
            "missing": tuple(part.name for part in parts if part.score is None),
            "red": red,
        },
        evidence=(
            *((total,) if total else ()),
            *(strong if good else weak),
            *(trouble.evidence if trouble.outcome == "doubtful" else ()),
        ),
        against=tuple(weak if good else strong),
        confidence=round(weight / whole, 2) if whole else 0.0,
        would_change=_would_change(known, found),
        thresholds={
            "health_good": thresholds.health_good,
            "health_poor": thresholds.health_poor,
            "health_known": thresholds.health_known,
        },
        questions=_questions(parts, found),
    )


def _part(file: AccountFile, name: str, finding: Finding, thresholds: Thresholds) -> HealthPart:
    sum_of = _SUMS[name](finding, thresholds.health_points) if finding.known else None
    weight = thresholds.health_weights.get(name, 0)
    if sum_of is None:
        return HealthPart(name, weight, None, ())
    formula, inputs, score = sum_of
    bounded = min(Decimal(100), max(Decimal(0), score)).quantize(Decimal(1))
    evidence = computed(
        f"health_{name}:{file.account.id}:{file.as_of}",
        title=f"Health of {file.account.name}: {name.replace('_', ' ')}",
        value=bounded,
        unit="points",
        formula=f"round(min(100, max(0, {formula})), 0)",
        inputs=inputs,
        as_of=file.as_of,
    )
    return HealthPart(name, weight, bounded, (evidence,))


_Sum = tuple[str, list[Input], Decimal]
_Points = Mapping[str, Decimal]


def _revenue(finding: Finding, points: _Points) -> _Sum | None:
    change = finding.values["change"]
    if change is None:
        return None
    inputs = [
        Input("steady", points["steady_revenue"]),
        Input("per_percent", points["revenue_percent"]),
        Input("change", change, _refs(finding), "%"),
    ]
    score = points["steady_revenue"] + points["revenue_percent"] * change
    return "steady + per_percent * change", inputs, score


def _rhythm(finding: Finding, _: _Points) -> _Sum | None:
    """Full marks up to the limit, none from twice the limit on."""
    days, limit = finding.values["days"], finding.values["limit"]
    if days is None or not limit:
        return None
    inputs = [
        Input("silence", days, _refs(finding), "days"),
        Input("limit", limit, _refs(finding), "days"),
    ]
    return "200 - 100 * silence / limit", inputs, 200 - 100 * Decimal(days) / limit


def _coverage(finding: Finding, _: _Points) -> _Sum | None:
    share = finding.values["coverage"]
    return "coverage", [Input("coverage", share, _refs(finding), "%")], Decimal(share)


def _promises(finding: Finding, points: _Points) -> _Sum | None:
    """Points off for each, not a share: one promise is too few for a share."""
    overdue = finding.values["overdue"] + len(finding.values["requests_overdue"])
    late = finding.values["late"]
    if not (overdue or late or finding.values["settled"]):
        return None  # Nothing was due yet.
    inputs = [
        Input("overdue", overdue, _refs(finding)),
        Input("per_overdue", points["overdue_promise"]),
        Input("late", late, _refs(finding)),
        Input("per_late", points["late_promise"]),
    ]
    score = 100 - overdue * points["overdue_promise"] - late * points["late_promise"]
    return "100 - overdue * per_overdue - late * per_late", inputs, score


def _cases(finding: Finding, points: _Points) -> _Sum | None:
    serious = finding.values["serious_count"]
    other = finding.values["open_count"] - serious
    inputs = [
        Input("serious", serious, _refs(finding)),
        Input("per_serious", points["serious_case"]),
        Input("other", other, _refs(finding)),
        Input("per_other", points["open_case"]),
    ]
    score = 100 - serious * points["serious_case"] - other * points["open_case"]
    return "100 - serious * per_serious - other * per_other", inputs, score


def _mutual_plan(finding: Finding, points: _Points) -> _Sum | None:
    reasons = [Input("reason", reason, _refs(finding)) for reason in finding.values["red"]]
    inputs = [*reasons, Input("per_reason", points["red_plan"])]
    return "100 - count(reason) * per_reason", inputs, 100 - len(reasons) * points["red_plan"]


_SUMS: Mapping[str, Callable[[Finding, _Points], _Sum | None]] = {
    "revenue": _revenue,
    "rhythm": _rhythm,
    "coverage": _coverage,
    "promises": _promises,
    "cases": _cases,
    "mutual_plan": _mutual_plan,
}


def _refs(finding: Finding) -> tuple[str, ...]:
    """The stored sources a finding rests on, on either side."""
    both = (*finding.evidence, *finding.against)
    return tuple(dict.fromkeys(ref for evidence in both for ref in evidence.refs))


def _total(file: AccountFile, known: list[HealthPart]) -> Evidence:
    weight = sum(part.weight for part in known)
    points = sum((part.weight * (part.score or Decimal(0)) for part in known), Decimal(0))
    above = " + ".join(f"{part.name} * {part.name}_weight" for part in known)
    below = " + ".join(f"{part.name}_weight" for part in known)
    inputs = []
    for part in known:
        inputs.append(Input(part.name, part.score, part.evidence[0].refs, "points"))
        inputs.append(Input(f"{part.name}_weight", part.weight))
    return computed(
        f"health:{file.account.id}:{file.as_of}",
        title=f"Health of {file.account.name}, from {len(known)} of {len(_SUMS)} parts",
        value=(points / weight).quantize(Decimal(1)),
        unit="points",
        formula=f"round(({above}) / ({below}), 0)",
        inputs=inputs,
        as_of=file.as_of,
    )


def _outcome(total: Evidence | None, thresholds: Thresholds) -> str:
    if total is None:
        return "unknown"
    score = Decimal(str(total.value))
    if score >= thresholds.health_good:
        return "good"
    return "poor" if score < thresholds.health_poor else "fair"


def _too_loud(found: Mapping[str, Finding]) -> Iterator[str]:
    """What no average may hide."""
    if found["rhythm"].outcome == "red":
        yield "request_overdue"
    if found["promises"].values["overdue"]:
        yield "promise_overdue"
    if found["cases"].outcome == "serious":
        yield "serious_case"


def _would_change(known: list[HealthPart], found: Mapping[str, Finding]) -> Gist | None:
    """What would change the lowest part."""
    if not known:
        return None
    lowest = min(known, key=lambda part: (part.score or Decimal(0), part.name))
    return found[lowest.name].would_change


def _questions(parts: tuple[HealthPart, ...], found: Mapping[str, Finding]) -> tuple[Question, ...]:
    """For each missing part the first thing its own rule would ask."""
    missing = (part.name for part in parts if part.score is None)
    return tuple(q for name in missing for q in found[name].questions[:1])
