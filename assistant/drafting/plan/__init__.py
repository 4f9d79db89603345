"""The account plan: as many of its sections as have substance, the decision first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.claims import Claim, Draft
from assistant.drafting.brief import Brief
from assistant.drafting.plan.aims import charter_claims, objective_claims, strength_claims
from assistant.drafting.plan.asks import ask_claims
from assistant.drafting.plan.invest import invest_claims, notable_terms, room_claims
from assistant.drafting.plan.market import competition_claims, customer_claims, lesson_claims
from assistant.drafting.plan.moves import moves
from assistant.drafting.plan.numbers import portfolio_claims
from assistant.drafting.plan.people import people_claims, relationship_claims
from assistant.drafting.plan.summary import summary_claims, unknown_claims
from assistant.drafting.plan.work import action_claims, deal_claims, risk_claims
from assistant.drafting.template import template_draft
from assistant.drafting.value import value_claims

Writer = Callable[[Brief], Iterable[Claim]]

#: The sections in reading order. One without claims is left out.
SECTIONS: dict[str, Writer] = {
    "summary": summary_claims,
    "portfolio": lambda brief: portfolio_claims(brief.study, brief.position, brief.pen),
    "customer": customer_claims,
    "relationship": relationship_claims,
    "stakeholders": people_claims,
    "revenue": room_claims,
    "deals": deal_claims,
    "competition": competition_claims,
    "strengths": strength_claims,
    "charter": charter_claims,
    "value": value_claims,
    "objectives": objective_claims,
    "invest": invest_claims,
    "actions": action_claims,
    "risks": risk_claims,
    "approvals": notable_terms,
    "marketing": ask_claims,
    "lessons": lesson_claims,
    "moves": lambda brief: moves(brief.situations, brief.playbook, brief.versions),
    "unknown": unknown_claims,
}


#: What only describes: the sheet shows it without deciding anything.
SHEET = (
    "portfolio",
    "customer",
    "relationship",
    "stakeholders",
    "revenue",
    "deals",
    "competition",
    "strengths",
    "risks",
    "approvals",
    "lessons",
    "unknown",
)


def account_plan(brief: Brief) -> Draft:
    """Write the plan from templates; nothing in it has been checked yet."""
    return _written(brief, "account_plan", tuple(SECTIONS))


def account_sheet(brief: Brief) -> Draft:
    """What is known about an account, finding by finding, without a decision."""
    return _written(brief, "account_sheet", SHEET)


def _written(brief: Brief, kind: str, names: Iterable[str]) -> Draft:
    parts = ((name, tuple(SECTIONS[name](brief))) for name in names)
    sections = (brief.pen.section(name, claims) for name, claims in parts if claims)
    title = brief.pen.phrases.text(f"title.{kind}", account=brief.name)
    return template_draft(brief, kind, title, sections)
