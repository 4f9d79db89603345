"""Taking in what a company exports: tables become records, documents become passages."""

from knowledge.intake.report import ImportReport
from knowledge.intake.taking import take_in

__all__ = ["ImportReport", "take_in"]
