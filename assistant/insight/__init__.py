"""Rules: records become findings, each with its evidence for and against."""

from assistant.insight.study import RULES, Study, study

__all__ = ["RULES", "Study", "study"]
