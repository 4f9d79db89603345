"""What is wrong with a claim, one fault at a time, and how to say it to a rep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "no_evidence",
    "missing_source",
    "wrong_account",
    "quote",
    "formula",
    "number",
    "unit",
    "date",
    "name",
    "polarity",
    "support",
]

_SENTENCES: dict[FaultKind, str] = {
    "no_evidence": "No source is cited.",
    "missing_source": "The cited source {said} is not there, or not yours to see.",
    "wrong_account": "Cites a record of another account ({said}).",
    "quote": "Quotes “{said}”, which the source does not say.",
    "formula": "The figure {said} cannot be computed again from its inputs.",
    "number": "Says {said}, which no cited source says.",
    "unit": "Says {said}, which no cited source says.",
    "date": "Says {said}, which no cited source says.",
    "name": "Names {said}, which no cited source mentions.",
    "polarity": "Says “{said}”, which no cited source says.",
    "support": "The cited sources say too little of this.",
}
_COMPARED: dict[FaultKind, str] = {
    "quote": "Quotes “{said}”, the source says “{found}”.",
    "formula": "Says {said}, the formula gives {found}.",
    "number": "Says {said}, the source says {found}.",
    "unit": "Says {said}, the source says {found}.",
    "date": "Says {said}, the source says {found}.",
    "name": "Names {said}, the source names {found}.",
    "polarity": "Says “{said}”, the source says “{found}”.",
}


@dataclass(frozen=True)
class Fault:
    """One thing a claim says that its sources do not bear out.

    `said` is the place in the sentence (or the reference) that fails; `found` what the sources
    say instead, where they say something comparable.
    """

    kind: FaultKind
    said: str
    found: str | None = None

    @property
    def sentence(self) -> str:
        """The fault in one short sentence."""
        table = _COMPARED if self.found and self.kind in _COMPARED else _SENTENCES
        return table[self.kind].format(said=self.said, found=self.found)
