"""Reading what a model wrote: each sentence with its figures put in, checked, and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.claims import Claim
from assistant.drafting.authored.material import Material, Told
from assistant.drafting.authored.restating import heard_in, held, restatement
from assistant.drafting.brief import Basis
from assistant.errors import MalformedOutput
from assistant.grounding import Fault, Grounds, restating_faults
from assistant.grounding.outgoing import Ways, ways_out
from assistant.prompting import DraftClaim, fill_slots
from assistant.prompting.slots import slots_in


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
            return Sentence(section, said, (), said.text, reason=self._told(Fault("not_given")))
        if not told:
            return Sentence(section, said, (), said.text, reason=self._told(Fault("no_evidence")))
        try:
            text = fill_slots(said.text, self.material.slots).strip()
        except MalformedOutput:
            return Sentence(section, said, told, said.text, reason=self._told(Fault("slot")))
        labels = {one.label for one in told}
        given = {slot.name for slot in self.material.slots if labels & set(slot.evidence)}
        if foreign := [name for name in slots_in(said.text) if name not in given]:
            fault = Fault("foreign_slot", f"{{{foreign[0]}}}")
            return Sentence(section, said, told, text, reason=self._told(fault))
        same = next((one for one in told if one.claim.text == text), None)
        if same is not None:
            return Sentence(section, said, (same,), text, claim=same.claim)
        return self._judged(section, said, told, text)

    def _judged(
        self, section: str, said: DraftClaim, told: tuple[Told, ...], text: str
    ) -> Sentence:
        claim = restatement(text, said.kind, [one.claim for one in told])
        stated = [one.claim.text for one in told]
        examined = held(claim, self.basis, self.grounds, stated)
        sources = heard_in(claim.evidence)
        # For what is denied and named, the checked sentences are the stricter measure.
        faults = [one for one in examined.faults if one.kind not in {"polarity", "name"}]
        faults += restating_faults(text, [one.statement for one in told], sources, self.names)
        faults += _leading_out(text, [*sources, *stated])
        if faults:
            return Sentence(section, said, told, text, reason=self._told(faults[0]))
        judged = claim.judged("supported", None, examined.claim.score)
        return Sentence(section, said, told, text, claim=judged)

    def _told(self, fault: Fault) -> str:
        return fault.told(self.basis.pen.language)


def _leading_out(text: str, known: Iterable[str]) -> list[Fault]:
    """What must not leave with a sentence; it has it from its sources or not at all."""
    everything = " ".join(known)
    found = [way for way in ways_out(text, Ways()) if way not in everything]
    return [Fault("leads_to", found[0])] if found else []
