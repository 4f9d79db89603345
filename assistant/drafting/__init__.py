"""Drafts: findings and passages become sections of claims."""

from assistant.drafting.brief import Brief
from assistant.drafting.pen import Pen
from assistant.drafting.plan import account_plan

__all__ = ["Brief", "Pen", "account_plan"]
