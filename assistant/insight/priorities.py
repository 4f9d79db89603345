"""What to do first: the findings that ask for an action, in the order of their urgency.

The order is ours and open to argument: a customer who may not be able to pay comes before all
else, and one who leaves before any new offer; what the customer waits for comes before what we
want; what a closing deal needs comes before what can wait; and a stopped promise is dearer than a
new one. Each priority has an owner, a day and the evidence it rests on. Nothing is added that no
record asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from assistant.claims import Evidence
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded, ruled
from assistant.insight.notice import notice_of
from assistant.insight.policy import Ruling
from assistant.insight.revenue import amount
from assistant.insight.study import Study
from assistant.insight.successors import highest, replaced, successor
from knowledge.records import AccountFile
from knowledge.records.tables import Contact, Opportunity

_SATURDAY = 5


@dataclass(frozen=True)
class Priority:
    """Something to do. `weight` orders; `by` is the day; `values` are what the sentence names.

    `kind` is the key of its phrase; `situation` the playbook's word for it.
    """

    kind: str
    weight: int
    by: date
    owner: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    situation: str | None = None


#: Rulings that mean an offer stands outside the policy.
OUTSIDE = frozenset({"forbidden", "expired"})
#: A forbidden offer comes before our own promises, one whose approval has run out after them.
_TERMS = {"forbidden": 98, "expired": 90, "needs_approval": 76}


def worst_rulings(study: Study) -> tuple[Ruling, ...]:
    """One ruling for each deal and subject, the worst: what its other lines ask for is covered."""
    worst: dict[tuple[str | None, str], Ruling] = {}
    for ruling in study["policy"].values["rulings"]:
        deal = ruling.request.deal.id if ruling.request.deal else None
        worst.setdefault((deal, ruling.request.subject), ruling)
    return tuple(worst.values())


def priorities(study: Study) -> tuple[Priority, ...]:
    """Everything that the records ask us to do, the most urgent first."""
    found = [
        *_trouble(study),
        *_owed(study),
        *_terms(study),
        *_complaints(study),
        *_people(study),
        *_deals(study),
        *_rhythm(study),
        *_contracts(study),
        *_plan(study),
    ]
    return tuple(sorted(found, key=lambda p: (-p.weight, p.by, p.kind, str(sorted(p.values)))))


def _trouble(study: Study) -> Iterator[Priority]:
    """Who may be insolvent is finance's first; who buys less and less is asked why, in person."""
    account = study.file.account.name
    if study["solvency"].outcome == "doubtful":
        yield Priority(
            "ask_finance",
            110,
            _soon(study, study.thresholds.urgent_days),
            centre.rep(study.file),
            {"account": account},
            study["solvency"].evidence,
            "customer_in_trouble",
        )
    elif study["decline"].outcome == "declining":
        fallen = [one for one in study["decline"].values["periods"] if one.fell and one.change]
        months, person = study.thresholds.period_months, highest(study.file)
        for latest in fallen[:1]:
            yield Priority(
                "ask_decline",
                99,
                _soon(study, study.thresholds.urgent_days),
                centre.rep(study.file),
                {
                    "who": person.name if person else account,
                    "share": abs(amount(latest.change)),
                    "months": months,
                },
                (
                    latest.change,
                    ruled("period", months, "months"),
                    *((excerpt(person, "name", "title", "buying_roles"),) if person else ()),
                ),
                "decline",
            )


def _owed(study: Study) -> Iterator[Priority]:
    """Requests first: somebody of theirs is waiting. Then our own promises, then our steps."""
    values = study["promises"].values
    late = [one for one in values["promises"] if one.status == "overdue"]
    overdue = [("answer_request", 100, one) for one in values["requests_overdue"]]
    overdue += [("keep_promise", 95, one) for one in late if one.type == "promise"]
    overdue += [("do_action", 91, one) for one in late if one.type == "action"]
    for kind, weight, one in overdue:
        yield Priority(
            kind=kind,
            weight=weight,
            by=_soon(study, study.thresholds.urgent_days),
            owner=one.owner or centre.rep(study.file),
            values={"what": one.text, "due": one.due_on, "days": one.days},
            evidence=one.evidence,
            situation="overdue_promise",
        )


def _terms(study: Study) -> Iterator[Priority]:
    """An offer outside the policy is a promise nobody was allowed to make."""
    for ruling in worst_rulings(study):
        deal = ruling.request.deal
        if deal is None or ruling.status not in _TERMS:
            continue
        outside = ruling.status in OUTSIDE
        yield Priority(
            kind="settle_terms" if outside else "ask_approval",
            weight=_TERMS[ruling.status],
            by=_soon(study, study.thresholds.urgent_days),
            owner=_owner(study.file, deal),
            values={
                "deal": deal.name,
                "value": ruling.request.value,
                "subject": ruling.request.subject,
                "unit": ruling.policy.unit if ruling.policy else None,
            },
            evidence=(*ruling.evidence, *ruling.against),
            situation="outside_policy",
        )


def _complaints(study: Study) -> Iterator[Priority]:
    for case in study["cases"].values["open"]:
        yield Priority(
            kind="close_case",
            weight=92 if case.serious else 60,
            by=_soon(study, study.thresholds.urgent_days if case.serious else 30),
            owner=centre.rep(study.file),
            values={"what": case.subject, "days": case.age or 0},
            evidence=case.evidence,
            situation="complaint_open",
        )


def _people(study: Study) -> Iterator[Priority]:
    """The successor of a champion who left, key players nobody met, a single thread."""
    successors = {}
    for gap in study["stakeholders"].values["gaps"]:
        if gap.kind == "departed" and (heir := successor(study.file, gap.who)):
            successors[heir.name] = gap
            yield Priority(
                "meet_successor",
                93 if _named_in_deal(study, gap.who) else 87,
                _soon(study, study.thresholds.urgent_days),
                centre.rep(study.file),
                {"who": gap.who, "part": gap.part, "heir": heir.name},
                (*gap.evidence, excerpt(heir, "name", "title"), *_never_met(study, heir)),
                "champion_left",
            )
        elif gap.kind == "departed" and not replaced(study.file, gap.who):
            yield Priority(
                "replace_champion",
                88 if _left_lately(study, gap.who) else 58,
                _soon(study, study.thresholds.soon_days),
                centre.rep(study.file),
                {"who": gap.who, "part": gap.part, "deal": gap.deal},
                gap.evidence,
                "champion_left",
            )
        elif gap.who in successors:
            continue
        elif gap.kind in {"never_met", "not_met_lately"}:
            nearest = _next_close(study.file)
            urgent = nearest is not None and nearest - study.file.as_of <= timedelta(days=90)
            yield Priority(
                "meet_key_player" if gap.kind == "not_met_lately" else "meet_for_the_first_time",
                86 if urgent else 66,
                _soon(study, study.thresholds.soon_days),
                centre.rep(study.file),
                {"who": gap.who, "part": gap.part, "days": gap.days},
                gap.evidence,
                "no_economic_buyer" if gap.part == "decider" else "missing_stakeholder",
            )
        elif gap.kind == "single_thread":
            yield Priority(
                "second_thread",
                70,
                _soon(study, study.thresholds.soon_days),
                centre.rep(study.file),
                {"who": gap.who},
                gap.evidence,
                "single_thread",
            )


def _never_met(study: Study, person: Contact) -> tuple[Evidence, ...]:
    known = (p for p in study["stakeholders"].values["people"] if p.contact_id == person.id)
    return next((one.evidence[:1] for one in known), ())


def _named_in_deal(study: Study, name: str | None) -> bool:
    gaps = study["stakeholders"].values["gaps"]
    return any(gap.kind == "deal_names_departed" and gap.who == name for gap in gaps)


def _left_lately(study: Study, name: str | None) -> bool:
    """Within half a year: after that the account lacks a part, not a name."""
    since = study.file.as_of - timedelta(days=study.thresholds.renewal_days)
    return any(p.name == name and p.left_on and p.left_on >= since for p in study.file.contacts)


def _deals(study: Study) -> Iterator[Priority]:
    """Deals past their day, and the elements of the next deals that nobody can cite."""
    for deal in centre.open_deals(study.file):
        if deal.closes_on is not None and deal.closes_on < study.file.as_of:
            yield Priority(
                "date_slipped",
                80,
                _soon(study, study.thresholds.urgent_days),
                _owner(study.file, deal),
                {"deal": deal.name, "due": deal.closes_on},
                (recorded(deal, "closes_on"), recorded(deal, "status")),
                "open_opportunity",
            )


def _rhythm(study: Study) -> Iterator[Priority]:
    values = study["rhythm"].values
    evidence = (*study["rhythm"].evidence, *study["rhythm"].against)
    if values["stale"]:
        silence = tuple(e for e in evidence if not e.ref.startswith("computed:selling"))
        yield Priority(
            "break_silence",
            72,
            _soon(study, study.thresholds.urgent_days),
            centre.rep(study.file),
            {"days": values["days"], "limit": values["limit"], "last": values["last"]},
            silence,
            "stale_contact",
        )
    if values["only_when_selling"]:
        yield Priority(
            "call_without_offer",
            64,
            _soon(study, study.thresholds.soon_days),
            centre.rep(study.file),
            {"share": values["selling_share"]},
            tuple(e for e in evidence if "selling" in e.ref),
            "only_when_selling",
        )


def _contracts(study: Study) -> Iterator[Priority]:
    horizon = study.file.as_of + timedelta(days=study.thresholds.renewal_days)
    for contract in study.file.contracts:
        notice = notice_of(study.file, contract)
        if notice and _is_near(study, notice.last_day):
            urgent = _soon(study, study.thresholds.urgent_days)
            yield Priority(
                "decide_renewal",
                94 if notice.last_day <= urgent else 79,
                min(notice.last_day, urgent),
                centre.rep(study.file),
                {"contract": contract.name, "ends": contract.ends_on, "notice": notice.last_day},
                notice.evidence,
                "review_due",
            )
        elif contract.ends_on and study.file.as_of <= contract.ends_on <= horizon:
            yield Priority(
                "prepare_renewal",
                78,
                _soon(study, study.thresholds.soon_days),
                centre.rep(study.file),
                {"contract": contract.name, "ends": contract.ends_on},
                (recorded(contract, "ends_on"),),
                "review_due",
            )


def _is_near(study: Study, day: date) -> bool:
    """Ahead, and no further than what is done this month."""
    return timedelta() <= day - study.file.as_of <= timedelta(days=study.thresholds.soon_days)


def _plan(study: Study) -> Iterator[Priority]:
    found = study["mutual_actions"]
    if found.outcome == "red":
        yield Priority(
            "revive_plan",
            55,
            _soon(study, study.thresholds.soon_days),
            centre.rep(study.file),
            {"ours": found.values["ours"], "theirs": found.values["theirs"]},
            found.evidence,
            "no_joint_plan",
        )


def _owner(file: AccountFile, deal: Opportunity) -> str | None:
    user = file.catalogue.users.get(deal.owner_id or "") or file.owner
    return user.name if user else None


def _next_close(file: AccountFile) -> date | None:
    days = [
        d.closes_on for d in centre.open_deals(file) if d.closes_on and d.closes_on >= file.as_of
    ]
    return min(days, default=None)


def _soon(study: Study, days: int) -> date:
    """So many days from now, on a working day."""
    day = study.file.as_of + timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
