"""Constant communication: an account's own rhythm, when we call, and what we owe an answer to.

Silence is measured against the tier's days and against the account's own median gap. One overdue
request is red; fast answers earn nothing. Source of the idea: Sathoff's debriefs (2007): those in
constant contact beat those who call only when there is a deal, slow answers eliminate, and fast
ones rarely win. The figures are defaults of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.promises import Promise, requests
from assistant.insight.selling import Selling, selling_share
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Activity

RULE = "rhythm"


@dataclass(frozen=True)
class Silence:
    """The gap since the last touch against what is usual. All in days."""

    last: date
    days: int
    limit: Decimal
    median_gap: Decimal | None
    evidence: tuple[Evidence, ...]

    @property
    def stale(self) -> bool:
        """Whether the silence is longer than the tier and the account's habit allow."""
        return self.days > self.limit


def rhythm(file: AccountFile, thresholds: Thresholds) -> Finding:
    """How constantly we talk.

    Outcome: `red` (a request of theirs is overdue), `only_when_selling`, `stale`, `steady`, or
    `unknown` without a touch on record. `red` speaks loudest; the values tell the rest.
    """
    silence = silence_of(file, thresholds)
    selling = selling_share(file, thresholds)
    overdue = tuple(request for request in requests(file) if request.status == "overdue")
    answered = _response(file)
    speaks_for, speaks_against = _sides(silence, selling)
    late = tuple(e for request in overdue for e in request.evidence)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(silence, selling, overdue),
        values={
            "last": silence.last if silence else None,
            "days": silence.days if silence else None,
            "limit": silence.limit if silence else None,
            "median_gap": silence.median_gap if silence else None,
            "stale": silence.stale if silence else None,
            "selling_share": selling.share if selling else None,
            "days_share": selling.days_share if selling else None,
            "only_when_selling": selling.only if selling else None,
            "overdue_requests": overdue,
            "response_days": answered.value if answered else None,
        },
        evidence=(*late, *speaks_for),
        against=(*speaks_against, *((answered,) if answered else ())),
        confidence=_confidence(silence, selling),
        would_change=_would_change(file, silence, selling, overdue),
        thresholds={
            "contact_days": tier_days(file, thresholds),
            "median_gap_factor": thresholds.median_gap_factor,
            "selling_share": thresholds.selling_share,
            "rhythm_months": thresholds.rhythm_months,
            "rhythm_touches": thresholds.rhythm_touches,
        },
        questions=() if silence else (_never(file),),
    )


def tier_days(file: AccountFile, thresholds: Thresholds) -> int:
    """Days between touches that the account's tier asks for."""
    tier = (file.account.tier or "").strip()
    known = {name.casefold(): days for name, days in thresholds.contact_days.items()}
    return known.get(tier.casefold(), known.get("", 45))


def silence_of(file: AccountFile, thresholds: Thresholds) -> Silence | None:
    """The silence since the last touch; None when there was none."""
    touches = centre.touches(file)
    if not touches:
        return None
    last = touches[-1]
    since = centre.silence(file, last, f"silence:{file.account.id}", file.account.name)
    gaps = _gaps(centre.recent(file, touches, thresholds.rhythm_months))
    usual = _median_gap(file, gaps) if len(gaps) + 1 >= thresholds.rhythm_touches else None
    limit = _limit(file, thresholds, gaps if usual else [])
    return Silence(
        last=centre.day(last),
        days=(file.as_of - centre.day(last)).days,
        limit=Decimal(str(limit.value)),
        median_gap=Decimal(str(usual.value)) if usual else None,
        evidence=tuple(e for e in (recorded(last, "occurred_at"), since, usual, limit) if e),
    )


def _gaps(touches: tuple[Activity, ...]) -> list[Input]:
    """Days from each day with a touch to the next."""
    days = {centre.day(touch): touch for touch in reversed(touches)}
    ordered = sorted(days.items())
    return [
        Input(
            "gap",
            (later - earlier).days,
            (f"{first.ref}#occurred_at", f"{second.ref}#occurred_at"),
            "days",
        )
        for (earlier, first), (later, second) in pairwise(ordered)
    ]


def _median_gap(file: AccountFile, gaps: list[Input]) -> Evidence:
    return computed(
        f"median_gap:{file.account.id}:{file.as_of}",
        title=f"Usual gap between touches with {file.account.name}",
        value=median(Decimal(str(gap.value)) for gap in gaps),
        unit="days",
        formula="median(gap)",
        inputs=gaps,
        as_of=file.as_of,
    )


def _limit(file: AccountFile, thresholds: Thresholds, gaps: list[Input]) -> Evidence:
    days = tier_days(file, thresholds)
    inputs = [Input("tier_days", days, (f"{file.account.ref}#tier",), "days")]
    value, formula = Decimal(days), "tier_days"
    if gaps:
        usual = median(Decimal(str(gap.value)) for gap in gaps)
        value = max(value, thresholds.median_gap_factor * usual)
        formula = "max(tier_days, factor * median(gap))"
        inputs += [Input("factor", thresholds.median_gap_factor), *gaps]
    return computed(
        f"silence_limit:{file.account.id}:{file.as_of}",
        title=f"Silence beyond which {file.account.name} is neglected",
        value=value,
        unit="days",
        formula=formula,
        inputs=inputs,
        as_of=file.as_of,
    )


def _response(file: AccountFile) -> Evidence | None:
    """The median time their requests took us; a bonus for nobody, but a fact."""
    done = [r for r in requests(file) if r.made_on is not None and r.done_on is not None]
    if not done:
        return None
    inputs = [
        Input(
            "answer", (r.done_on - r.made_on).days, (f"{r.ref}#made_on", f"{r.ref}#done_on"), "days"
        )
        for r in done
        if r.done_on is not None and r.made_on is not None
    ]
    return computed(
        f"response:{file.account.id}:{file.as_of}",
        title=f"Days until a request of {file.account.name} was answered",
        value=median(Decimal(str(given.value)) for given in inputs),
        unit="days",
        formula="median(answer)",
        inputs=inputs,
        as_of=file.as_of,
    )


def _outcome(silence: Silence | None, selling: Selling | None, overdue: tuple[Promise, ...]) -> str:
    if overdue:
        return "red"
    if silence is None:
        return "unknown"
    if selling is not None and selling.only:
        return "only_when_selling"
    return "stale" if silence.stale else "steady"


def _sides(
    silence: Silence | None, selling: Selling | None
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What speaks for neglect, and what against it; a steady rhythm has its evidence in front."""
    troubled: list[Evidence] = []
    calm: list[Evidence] = []
    if silence is not None:
        (troubled if silence.stale else calm).extend(silence.evidence)
    if selling is not None:
        (troubled if selling.only else calm).extend(selling.evidence)
    return (tuple(troubled), tuple(calm)) if troubled else (tuple(calm), ())


def _confidence(silence: Silence | None, selling: Selling | None) -> float:
    known = [silence, silence.median_gap if silence else None, selling]
    return round(sum(part is not None for part in known) / len(known), 2)


def _would_change(
    file: AccountFile,
    silence: Silence | None,
    selling: Selling | None,
    overdue: tuple[Promise, ...],
) -> Gist:
    name = file.account.name
    if overdue:
        return Gist("would_change.answer", what=overdue[0].text)
    if silence is None or silence.stale:
        return Gist("would_change.contact", account=name)
    if selling is not None and selling.only:
        return Gist("would_change.without_deal", account=name)
    return Gist("would_change.hears", account=name)


def _never(file: AccountFile) -> Question:
    spoke = Gist("question.last_talk", account=file.account.name)
    return Question("touches", spoke, centre.rep(file))
