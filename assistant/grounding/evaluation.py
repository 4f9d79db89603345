"""How well the check of free text does on labelled claims: `liaison evaluate grounding`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.grounding.support import support, threshold
from knowledge.errors import BadInput


@dataclass(frozen=True)
class Labelled:
    """A claim, the sentences it is judged against, and whether they bear it out."""

    claim: str
    evidence: tuple[str, ...]
    label: bool


@dataclass(frozen=True)
class GroundingReport:
    """The figures of one evaluation; “positive” is a claim that is borne out."""

    n: int
    precision: float
    recall: float
    f1: float
    balanced_accuracy: float
    threshold: float

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object, figures to four places."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def evaluate_grounding(path: Path) -> GroundingReport:
    """Judge every claim of a file of labelled claims, one JSON object a line.

    Raises:
        knowledge.errors.BadInput: the file cannot be read, or a line is not such an object.
    """
    claims = read_labelled(path)
    cut = threshold()
    said = [support(one.claim, one.evidence).score >= cut for one in claims]
    labels = [one.label for one in claims]
    right = sum(a and b for a, b in zip(said, labels, strict=True))
    precision = right / sum(said) if any(said) else 0.0
    recall = right / sum(labels) if any(labels) else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return GroundingReport(len(claims), precision, recall, f1, balanced_accuracy(said, labels), cut)


def balanced_accuracy(said: Sequence[bool], labels: Sequence[bool]) -> float:
    """The mean of how many true claims are accepted and how many false ones refused."""
    rates = []
    for label in (True, False):
        answers = [s == label for s, is_so in zip(said, labels, strict=True) if is_so == label]
        if answers:
            rates.append(sum(answers) / len(answers))
    return sum(rates) / len(rates) if rates else 0.0


def read_labelled(path: Path) -> list[Labelled]:
    """The labelled claims of a JSON Lines file; blank lines are skipped.

    Raises:
        knowledge.errors.BadInput: with the number of the line that is not one.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as text: {error}.") from None
    claims = [
        _labelled(line, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not claims:
        raise BadInput(f"{path} holds no claims.")
    return claims


def _labelled(line: str, where: str) -> Labelled:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise BadInput(f"{where} is not a JSON object.") from None
    if not isinstance(row, dict):
        raise BadInput(f"{where} is not a JSON object.")
    claim, evidence, label = row.get("claim"), row.get("evidence"), row.get("label")
    if not isinstance(claim, str) or not claim.strip():
        raise BadInput(f"{where}: “claim” must be a sentence.")
    if not isinstance(evidence, list) or not all(isinstance(text, str) for text in evidence):
        raise BadInput(f"{where}: “evidence” must be a list of sentences.")
    if label not in (0, 1):
        raise BadInput(f"{where}: “label” must be 0 or 1.")
    return Labelled(claim, tuple(evidence), bool(label))
