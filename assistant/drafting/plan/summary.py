"""The first screen: where the account stands, what to do first and why, what we need to know."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from assistant.claims import Claim, Finding, Gist
from assistant.drafting.brief import Brief
from assistant.drafting.plan.invest import stop_claims
from assistant.drafting.plan.numbers import revenue_claims
from assistant.drafting.plan.people import decline_claims
from assistant.drafting.plan.priorities import first_priorities
from assistant.drafting.plan.trouble import trouble_claims

#: A list longer than this is read by nobody.
MOST_QUESTIONS = 10
MOST_STOPS = 2
MOST_EVIDENCE = 4


def summary_claims(brief: Brief) -> Iterator[Claim]:
    """A minute's reading: the state in a sentence, the first three moves with owner and day."""
    yield decision(brief)
    yield from trouble_claims(brief)
    yield from revenue_claims(brief.study, brief.pen)
    yield from decline_claims(brief)
    yield from first_priorities(brief)
    yield from islice(stop_claims(brief), MOST_STOPS)


def decision(brief: Brief) -> Claim:
    """The plan in one word and its reason."""
    key, found = deciding(brief)
    return brief.pen.inference(
        f"decision.{key}", *found.evidence[:MOST_EVIDENCE], account=brief.name
    )


def deciding(brief: Brief) -> tuple[str, Finding]:
    """The word the plan is decided in, and the finding behind it: the first that holds."""
    study = brief.study
    urgent = {priority.kind for priority in brief.priorities}
    revenue = study["revenue"]
    cell = study["strategic_portfolio"]
    reasons = (
        ("secure", brief.in_trouble, study["solvency"]),
        ("defend", study["decline"].outcome == "declining", study["decline"]),
        ("win", study["life_cycle"].outcome == "pre_relationship", study["life_cycle"]),
        ("regain", revenue.outcome == "none", revenue),
        ("rebalance", cell.outcome == "over_demander", cell),
        ("comply", study["policy"].outcome == "forbidden", study["policy"]),
        ("rebuild", bool(urgent & {"meet_successor", "replace_champion"}), study["stakeholders"]),
        ("repair", _owes(brief), study["promises"]),
        ("comply", "settle_terms" in urgent, study["policy"]),
        ("wake", study["rhythm"].values["only_when_selling"] is True, study["rhythm"]),
        ("refresh", study["life_cycle"].outcome == "final", study["life_cycle"]),
        ("grow", study["plan_type"].outcome == "expansion", study["plan_type"]),
        ("hold", True, revenue),
    )
    key, _, found = next(reason for reason in reasons if reason[1])
    return key, found


def _owes(brief: Brief) -> bool:
    """A request of theirs is overdue, or a promise by more than what slips in any week."""
    values = brief.study["promises"].values
    slack = brief.study.thresholds.urgent_days
    late = any(p.status == "overdue" and p.days > slack for p in values["promises"])
    return late or bool(values["requests_overdue"])


def unknown_claims(brief: Brief) -> Iterator[Claim]:
    """What nobody knows, as questions to named people, each asked once."""
    asked: dict[Gist, Claim] = {}
    for finding in brief.study.findings.values():
        for question in finding.questions:
            words = brief.pen.question(question)
            evidence = (*question.evidence, *brief.named_in(words))
            asked.setdefault(question.gist, Claim(words, "unknown", evidence))
    yield from list(asked.values())[:MOST_QUESTIONS]
