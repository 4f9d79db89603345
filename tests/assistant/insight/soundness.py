"""What holds for every finding: each figure stands in evidence, and each sum can be done again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from assistant.claims import Evidence, Finding
from assistant.formulas import evaluate


def assert_sound(finding: Finding) -> None:
    """Check a finding's evidence, at every depth, against its figures."""
    shown = list(evidence_in(finding))
    for one in shown:
        if one.type == "computed":
            assert one.formula
            assert evaluate(one.formula, one.inputs) == one.value, one
        else:
            assert "@" in one.ref, one
            assert "#" in one.ref, one
    stated = {Decimal(e.value) for e in shown if isinstance(e.value, (int, Decimal))}
    for name, value in finding.values.items():
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            assert Decimal(value) in stated, f"{finding.rule}.{name} = {value} has no evidence"
    if not finding.known:
        assert finding.questions, finding


def evidence_in(value: object) -> Iterator[Evidence]:
    """Every piece of evidence within a finding, its tables included."""
    if isinstance(value, Evidence):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from evidence_in(getattr(value, part.name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from evidence_in(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from evidence_in(part)
