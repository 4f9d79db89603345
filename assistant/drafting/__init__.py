"""Drafts: findings and passages become sections of claims."""

from assistant.drafting.brief import Brief
from assistant.drafting.follow_up import follow_up, language_of_customer, meeting_of
from assistant.drafting.own_words import in_own_words
from assistant.drafting.pen import Pen
from assistant.drafting.plan import account_plan, account_sheet
from assistant.drafting.portfolio.team_brief import TeamBrief
from assistant.drafting.portfolio.what_if import what_if_review
from assistant.drafting.portfolio_review import portfolio_review
from assistant.drafting.review import account_review
from assistant.drafting.review_meeting import review_meeting
from assistant.drafting.revising import revise
from assistant.drafting.value import value_proposition

__all__ = [
    "Brief",
    "Pen",
    "TeamBrief",
    "account_plan",
    "account_review",
    "account_sheet",
    "follow_up",
    "in_own_words",
    "language_of_customer",
    "meeting_of",
    "portfolio_review",
    "review_meeting",
    "revise",
    "value_proposition",
    "what_if_review",
]
