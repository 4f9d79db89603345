"""What a model is given to write from: checked sentences with slots, and what sources say besides.

A source that adds nothing to the sentence that cites it is left out, and so is whatever would
make the request longer than it may be: of every section the first sentences stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assistant.claims import Claim, Evidence, Section
from assistant.drafting.authored.slotting import Slots
from assistant.grounding import Statement
from assistant.models import estimate_tokens
from assistant.prompting import Slot, SourceText, fence

#: Words from which on a source may say more than the sentence that cites it.
_LEAST_WORDS = 8
#: What a line costs beside its words: its label, its tags, its slots.
_FRAME = 24


@dataclass(frozen=True)
class Told:
    """A checked sentence under its label, such as `F3`, with slots in place of its particulars."""

    label: str
    section: str
    claim: Claim
    slotted: str
    statement: Statement


@dataclass(frozen=True)
class Material:
    """Everything a request offers, and nothing else may be cited."""

    told: tuple[Told, ...]
    sources: Mapping[str, Evidence]
    slots: tuple[Slot, ...]

    def of(self, section: str) -> tuple[Told, ...]:
        """The sentences of a section."""
        return tuple(one for one in self.told if one.section == section)

    def resting_on(self, labels: Iterable[str]) -> tuple[Told, ...] | None:
        """The sentences that some labels stand for; None if one of them was not given."""
        found: list[Told] = []
        for label in labels:
            cited = [one for one in self.told if label == one.label]
            if label in self.sources:
                cited = [one for one in self.told if self.sources[label] in one.claim.evidence]
            if not cited:
                return None
            found += cited
        return tuple(dict.fromkeys(found))

    def only(self, told: Sequence[Told]) -> Material:
        """The part that belongs to some sentences."""
        labels = {one.label for one in told}
        cited = {evidence for one in told for evidence in one.claim.evidence}
        return Material(
            tuple(told),
            {label: one for label, one in self.sources.items() if one in cited},
            tuple(slot for slot in self.slots if labels & set(slot.evidence)),
        )

    def findings(self) -> str:
        """The sentences as a prompt lists them, fenced: some repeat what customers wrote."""
        labels = {evidence: label for label, evidence in self.sources.items()}
        lines = []
        for one in self.told:
            cited = dict.fromkeys(labels[e] for e in one.claim.evidence if e in labels)
            more = f" (more in {', '.join(cited)})" if cited else ""
            lines.append(f"{one.label} {one.section}, {one.claim.kind}: {one.slotted}{more}")
        text = "\n".join(lines)
        return fence([SourceText("findings", "findings", "what the rules concluded", text)])

    def texts(self) -> str:
        """What sources say besides, fenced."""
        return fence(
            [
                SourceText(label, one.kind, one.title, " ".join(one.quote.split()), one.dated)
                for label, one in self.sources.items()
            ]
        )


def gather(sections: Sequence[Section], names: Sequence[str], tokens: int) -> Material:
    """Choose what is offered from checked sections, in at most about so many tokens.

    Args:
        sections: the most wanted first.
        names: those that may stand in any sentence.
        tokens: as `estimate_tokens` counts them.
    """
    ranked = zip_longest(*([(part.id, claim) for claim in part.claims] for part in sections))
    chosen, left = set(), tokens
    for one in chain.from_iterable(ranked):
        cost = _FRAME + estimate_tokens(one[1].text) * 2 if one else 0
        if one and cost <= left:
            chosen.add(one)
            left -= cost
    kept = [(part.id, claim) for part in sections for claim in part.claims
            if (part.id, claim) in chosen]  # fmt: skip
    slots, told = Slots(), []
    for number, (section, claim) in enumerate(kept, start=1):
        label = f"F{number}"
        heard = " ".join([*names, *(f"{e.quote} {e.title}" for e in claim.evidence)])
        slotted, particulars = slots.put(claim.text, heard, label)
        told.append(Told(label, section, claim, slotted, Statement(claim.text, particulars)))
    return Material(tuple(told), _sources(told, left), tuple(slots.listed()))


def _sources(told: Sequence[Told], left: int) -> dict[str, Evidence]:
    """What says more than the sentence that cites it, each once, as long as there is room."""
    found: dict[str, Evidence] = {}
    seen: set[tuple[str, str]] = set()
    everything = _plain(" ".join(one.claim.text for one in told))
    for evidence in (e for one in told for e in one.claim.evidence):
        quote = _plain(evidence.quote)
        key = (evidence.ref, quote)
        if key in seen or evidence.type == "computed" or len(quote.split()) < _LEAST_WORDS:
            continue
        seen.add(key)
        cost = _FRAME + estimate_tokens(evidence.quote) + estimate_tokens(evidence.title)
        if quote not in everything and cost <= left:
            found[f"S{len(found) + 1}"] = evidence
            left -= cost
    return found


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
