"""What a finding asks and what would turn it, in the English words of an account manager."""

from __future__ import annotations

from assistant.claims import Finding
from assistant.drafting import Pen

_PEN = Pen("en", "EUR")


def asked(finding: Finding) -> list[str]:
    """The questions of a finding, without the name of whom they are put to."""
    return [_PEN.worded(question.gist) for question in finding.questions]


def turned_by(finding: Finding) -> str:
    """What one would have to learn to conclude otherwise."""
    assert finding.would_change is not None, finding
    return _PEN.worded(finding.would_change)
