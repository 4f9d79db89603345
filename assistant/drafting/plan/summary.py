"""The first screen: where the account stands, what to do first and why, what we need to know."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim
from assistant.drafting.brief import Brief
from assistant.drafting.plan.numbers import revenue_claims
from assistant.drafting.plan.people import decline_claims
from assistant.drafting.plan.priorities import first_priorities


def summary_claims(brief: Brief) -> Iterator[Claim]:
    """A minute's reading: the state in a sentence, the first three moves with owner and day."""
    yield from revenue_claims(brief.study, brief.pen)
    yield from decline_claims(brief)
    yield from first_priorities(brief)


def unknown_claims(brief: Brief) -> Iterator[Claim]:
    """What nobody knows, as questions to named people, each asked once."""
    asked: dict[str, Claim] = {}
    for finding in brief.study.findings.values():
        for question in finding.questions:
            asked.setdefault(question.text, brief.pen.question(question))
    yield from list(asked.values())[:MOST_QUESTIONS]


#: A list longer than this is read by nobody.
MOST_QUESTIONS = 10
