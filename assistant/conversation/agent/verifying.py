"""Whether a sentence of the model's may be shown: held against what it cites, and nothing else.

A sentence rests on labels the tools handed out. Its figures, days, names and denials must be
those of the cited sentences and in their place, its words must be theirs, and nothing in it may
lead out. Across languages words cannot be compared: then it is shown as an inference, and only if
it tells a figure, a day or a name of its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.claims import Claim, Evidence
from assistant.conversation.agent.gathered import Gathered, Piece
from assistant.drafting.authored.restating import heard_in, held, least_sure, restatement
from assistant.drafting.authored.slotting import spans_of
from assistant.drafting.brief import Basis
from assistant.errors import MalformedOutput
from assistant.grounding import Fault, Grounds, Statement, restating_faults
from assistant.grounding.faults import FaultKind
from assistant.grounding.orders import orders_in, urges
from assistant.grounding.outgoing import Ways, visible, ways_out
from assistant.grounding.words import language_of
from assistant.prompting import AnswerClaim, fill_slots

_LEAST_WORDS = 4  # of a sentence whose language can be told


@dataclass(frozen=True)
class Judged:
    """A sentence of the model's: `claim` if it holds, else the `reason` why it does not.

    What is not `fit` to be shown is not shown as withheld either.
    """

    said: AnswerClaim
    pieces: tuple[Piece, ...] = ()
    claim: Claim | None = None
    reason: str | None = None
    fit: bool = True


@dataclass(frozen=True)
class Verifier:
    """Judges sentences from what was gathered.

    Attributes:
        basis: whose records may be cited, and the names that need no source.
        question: what was asked; a sentence about what is unknown may use its words.
        language: the language of the answer.
    """

    gathered: Gathered
    basis: Basis
    grounds: Grounds
    ways: Ways
    question: str
    language: str

    def judged(self, said: AnswerClaim) -> Judged:
        """A sentence with its verdict."""
        pieces = self.gathered.cited(said.sources)
        if pieces is None:
            return Judged(said, reason=self._because("not_given"))
        if not pieces and said.kind != "unknown":
            return Judged(said, reason=self._because("no_evidence"))
        try:
            text = visible(fill_slots(said.text, self.gathered.slots(pieces)))
        except MalformedOutput:
            return Judged(said, pieces, reason=self._because("slot"))
        reason = next(self._out_of_bounds(text), None)
        if reason is not None:
            return Judged(said, pieces, reason=reason, fit=False)
        same = next((one for one in pieces if one.statement.text == text), None)
        if same is not None:
            return Judged(said, (same,), same.claim.judged("supported", None, 1.0))
        return self._compared(said, pieces, text)

    def _out_of_bounds(self, text: str) -> Iterator[str]:
        """What no source can bear out."""
        if not text:
            yield self._because("silent")
        if next(ways_out(text, self.ways), None) is not None:
            yield self._because("leads_out")
        if orders_in(text) or urges(text):
            yield self._because("orders")
        if len(text.split()) >= _LEAST_WORDS and language_of(text) != self.language:
            yield self._because("language")

    def _compared(self, said: AnswerClaim, pieces: tuple[Piece, ...], text: str) -> Judged:
        claim = restatement(text, said.kind, [one.claim for one in pieces])
        examined = held(claim, self.basis, self.grounds, [self.question])
        passages = any(one.passage for one in pieces)
        # What a checked sentence denies its restatement may deny: it is held against that one.
        faults = [f for f in examined.faults if passages or f.kind != "polarity"]
        if self._abroad(pieces):
            claim = replace(claim, kind=least_sure(claim.kind, "inference"))
            if not self._particular(text, claim.evidence):
                faults.append(Fault("support", text))
        else:
            stated = [one.statement for one in pieces] or [Statement(self.question)]
            found = restating_faults(text, stated, heard_in(claim.evidence))
            faults += [fault for fault in found if pieces or fault.kind != "polarity"]
        if faults:
            return Judged(said, pieces, reason=faults[0].told(self.language))
        return Judged(said, pieces, claim.judged("supported", None, examined.claim.score))

    def _because(self, kind: FaultKind) -> str:
        return Fault(kind).told(self.language)

    def _abroad(self, pieces: Sequence[Piece]) -> bool:
        """Whether all sources are in another language than the answer."""
        return bool(pieces) and all(
            one.passage and language_of(one.statement.text) != self.language for one in pieces
        )

    def _particular(self, text: str, evidence: Iterable[Evidence]) -> bool:
        """Whether a sentence tells a figure, a day or a name that its sources tell."""
        heard = " ".join(part for e in evidence for part in (e.quote, e.title))
        own = {name.casefold() for name in self.basis.vocabulary}
        return any(
            text[span.start : span.end].casefold() not in own for span in spans_of(text, heard)
        )
