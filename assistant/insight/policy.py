"""Customisation limits: what of an account's deals is inside policy, and what is not.

Source: Shapiro asks for clear limits to what is adapted for one customer and a written approval
process. The limits are the company's own, read from its policy; only the life of an approval
without an expiry (`approval_days`) is a default of ours. Beyond the last limit a request stays
forbidden, whoever signed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.claims import Evidence, Finding, Gist, Quantity, Question, Term
from assistant.insight.evidence import recorded
from assistant.insight.limits import Cover, approver, binding, covers, offer_of
from assistant.insight.special_terms import Request, special_terms
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Policy

RULE = "policy"

Status = Literal["forbidden", "expired", "needs_approval", "unknown", "approved", "inside"]
_WORST_FIRST: tuple[Status, ...] = (
    "forbidden",
    "expired",
    "needs_approval",
    "unknown",
    "approved",
    "inside",
)


@dataclass(frozen=True)
class Ruling:
    """What the policy says of one request. `until` is the last day its approval holds.

    `flaws` say what is wrong with the approvals on record: `self_approved`, `wrong_approver`,
    `value_not_covered`, `undated`, `not_yet`, `after_the_offer`.
    """

    request: Request
    status: Status
    policy: Policy | None
    until: date | None
    flaws: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


def policy(file: AccountFile, thresholds: Thresholds) -> Finding:
    """Every discount and special term of an account against the limits.

    Outcome: the worst ruling (`forbidden`, `expired`, `needs_approval`, `unknown`, `approved`,
    `inside`), or `none` when nothing is asked for. Values: `rulings`, worst first.
    """
    rulings = sorted(
        (_rule(file, thresholds, request) for request in special_terms(file, thresholds)),
        key=lambda ruling: _WORST_FIRST.index(ruling.status),
    )
    known = [ruling for ruling in rulings if ruling.status != "unknown"]
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=rulings[0].status if rulings else "none",
        values={"rulings": tuple(rulings)},
        evidence=_once(rulings, "evidence"),
        against=_once(rulings, "against"),
        confidence=round(len(known) / len(rulings), 2) if rulings else 1.0,
        would_change=_would_change(rulings[0]) if rulings else None,
        thresholds={"approval_days": thresholds.approval_days},
        questions=_questions(file, rulings),
    )


def _rule(file: AccountFile, thresholds: Thresholds, request: Request) -> Ruling:
    line = binding(file, request.subject, request.family)
    if line is None or (line.inside_up_to is None and line.approval_up_to is None):
        return Ruling(request, "unknown", line, None, (), (request.evidence,), ())
    found = covers(
        file,
        thresholds,
        subject=request.subject,
        value=request.value,
        deal=request.deal,
        deal_id=request.deal_id,
        policy=line,
    )
    status, cover = _status(request, line, found)
    limit = (
        "inside_up_to" if status == "inside" or line.approval_up_to is None else "approval_up_to"
    )
    return Ruling(
        request=request,
        status=status,
        policy=line,
        until=cover.expires_on if cover else None,
        flaws=() if status in {"inside", "approved"} else _flaws(found),
        evidence=(
            replace(request.evidence, unit=request.evidence.unit or line.unit),
            recorded(line, limit),
            *_signed(cover),
            *_sent(file, request),
        ),
        against=tuple(e for c in found if c is not cover for e in _signed(c)),
    )


def _status(
    request: Request, line: Policy, found: tuple[Cover, ...]
) -> tuple[Status, Cover | None]:
    if line.inside_up_to is not None and request.value <= line.inside_up_to:
        return "inside", None
    if line.approval_up_to is not None and request.value > line.approval_up_to:
        return "forbidden", None
    for cover in found:
        if cover.holds:
            return "approved", cover
    lapsed = [cover for cover in found if cover.expired and not cover.flaws]
    return ("expired", lapsed[-1]) if lapsed else ("needs_approval", None)


def _sent(file: AccountFile, request: Request) -> tuple[Evidence, ...]:
    """The day the offer left: an approval counts only from before it."""
    offer = offer_of(file, request.deal)
    return (recorded(offer, "occurred_at"),) if offer else ()


def _signed(cover: Cover | None) -> tuple[Evidence, ...]:
    if cover is None:
        return ()
    fields = ("decided_on", "value", "expires_on")
    return tuple(
        recorded(cover.approval, field) for field in fields if getattr(cover.approval, field)
    )


def _flaws(found: tuple[Cover, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flaw for cover in found for flaw in cover.flaws))


def _once(rulings: list[Ruling], side: Literal["evidence", "against"]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(e for ruling in rulings for e in getattr(ruling, side)))


def _would_change(worst: Ruling) -> Gist | None:
    line, what = worst.policy, _asked_for(worst)
    if line is None or worst.status in {"inside", "unknown"}:
        return None
    if worst.status == "forbidden" and line.approval_up_to is not None:
        highest = Quantity(line.approval_up_to, _unit(worst))
        return Gist("would_change.policy", what=what, highest=highest)
    if worst.status == "approved" and worst.until is not None:
        return Gist("would_change.lapse", what=what, day=worst.until)
    role = Term("approver", line.approver_role or "manager")
    return Gist("would_change.approval", what=what, role=role)


def _asked_for(ruling: Ruling) -> Gist:
    request = ruling.request
    value, subject = Quantity(request.value, _unit(ruling)), Term("subject", request.subject)
    if request.deal is None:
        return Gist("request.standing", value=value, subject=subject)
    return Gist("request.of_deal", value=value, subject=subject, deal=request.deal.name)


def _unit(ruling: Ruling) -> str | None:
    return ruling.request.evidence.unit or (ruling.policy.unit if ruling.policy else None)


def _questions(file: AccountFile, rulings: list[Ruling]) -> tuple[Question, ...]:
    asked = []
    for ruling in rulings:
        request = ruling.request
        deal = request.deal
        where = Gist("word.quoted", words=deal.name) if deal else file.account.name
        subject = Term("subject", request.subject)
        if ruling.status == "unknown":
            asked.append(Question("policy", Gist("question.limit", subject=subject, where=where)))
        elif ruling.policy and ruling.status in {"needs_approval", "expired"}:
            by = request.asked.requested_by_id if request.asked else None
            value = Quantity(request.value, _unit(ruling))
            granted = Gist("question.approved", value=value, subject=subject, where=where)
            whom = approver(file, ruling.policy, by)
            asked.append(Question("policy", granted, whom, ruling.evidence[:1]))
    return tuple(dict.fromkeys(asked))
