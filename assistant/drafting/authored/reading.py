"""Reading what a model wrote: each sentence with its figures put in, checked, and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.claims import Claim, ClaimKind
from assistant.drafting.authored.material import Material, Told
from assistant.drafting.brief import Basis
from assistant.errors import MalformedOutput
from assistant.grounding import Grounds, examine, restating_faults
from assistant.prompting import DraftClaim, fill_slots
from assistant.prompting.slots import slots_in

#: What leads out of a text or calls somebody; a sentence has it from its sources or not at all.
_LEADS_OUT = re.compile(r"\w+://\S*|www\.\S*|\]\(|<[@!#]\S*|(?<!\w)@\w+|&lt;[@!#]")
_ORDER: tuple[ClaimKind, ...] = ("unknown", "recommendation", "inference", "fact")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the model's: `claim` if it holds, else the `reason` why it does not.

    `told` are the checked sentences it restates; `written` is its text with the figures in it.
    """

    section: str
    said: DraftClaim
    told: tuple[Told, ...]
    written: str
    claim: Claim | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Reader:
    """Judges what is written from some material; `names` may stand in any sentence."""

    material: Material
    basis: Basis
    grounds: Grounds
    names: tuple[str, ...] = ()

    def read(self, section: str, said: DraftClaim) -> Sentence:
        """A sentence with its verdict."""
        told = self.material.resting_on(said.evidence)
        if told is None:
            return Sentence(section, said, (), said.text, reason="Cites what it was not given.")
        if not told:
            return Sentence(section, said, (), said.text, reason="No source is cited.")
        try:
            text = fill_slots(said.text, self.material.slots).strip()
        except MalformedOutput:
            reason = "Uses a slot that was not given."
            return Sentence(section, said, told, said.text, reason=reason)
        labels = {one.label for one in told}
        given = {slot.name for slot in self.material.slots if labels & set(slot.evidence)}
        if foreign := [name for name in slots_in(said.text) if name not in given]:
            reason = f"Uses {{{foreign[0]}}}, which stands in nothing it cites."
            return Sentence(section, said, told, text, reason=reason)
        same = next((one for one in told if one.claim.text == text), None)
        if same is not None:
            return Sentence(section, said, (same,), text, claim=same.claim)
        return self._judged(section, said, told, text)

    def _judged(
        self, section: str, said: DraftClaim, told: tuple[Told, ...], text: str
    ) -> Sentence:
        evidence = tuple(dict.fromkeys(e for one in told for e in one.claim.evidence))
        claim = Claim(text, _kind(said.kind, told), evidence)
        [examined] = examine(
            [claim],
            self.grounds,
            account=self.basis.account,
            related=self.basis.related,
            vocabulary=[*self.basis.vocabulary, *(one.claim.text for one in told)],
            as_of=self.basis.as_of,
        )
        sources = [part for e in evidence for part in (e.quote, e.title, *_inputs(e))]
        # For what is denied and named, the checked sentences are the stricter measure.
        faults = [one for one in examined.faults if one.kind not in {"polarity", "name"}]
        faults += restating_faults(text, [one.statement for one in told], sources, self.names)
        reasons = [fault.sentence for fault in faults]
        reasons += _leading_out(text, [*sources, *(one.claim.text for one in told)])
        if reasons:
            return Sentence(section, said, told, text, reason=reasons[0])
        held = claim.judged("supported", None, examined.claim.score)
        return Sentence(section, said, told, text, claim=held)


def _kind(said: ClaimKind, told: Iterable[Told]) -> ClaimKind:
    """As sure as the least sure of what it restates, whatever the model calls it."""
    return min((said, *(one.claim.kind for one in told)), key=_ORDER.index)


def _inputs(evidence: object) -> Iterable[str]:
    return (given.name.replace("_", " ") for given in getattr(evidence, "inputs", ()))


def _leading_out(text: str, known: Iterable[str]) -> list[str]:
    everything = " ".join(known)
    found = [match[0] for match in _LEADS_OUT.finditer(text) if match[0] not in everything]
    return [f"Holds “{found[0]}”, which leads out of the text."] if found else []
