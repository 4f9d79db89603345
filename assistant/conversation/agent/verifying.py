"""Whether a sentence of the model's may be shown: held against what it cites, and nothing else.

A sentence rests on labels the tools handed out. Its figures, days, names and denials must be
those of the cited sentences and in their place, its words must be theirs, and nothing in it may
lead out. Across languages words cannot be compared: then it is shown as an inference, and only if
it tells a figure, a day or a name of its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.claims import Claim, ClaimKind, Evidence
from assistant.conversation.agent.gathered import Gathered, Piece
from assistant.drafting.authored.slotting import spans_of
from assistant.drafting.brief import Basis
from assistant.errors import MalformedOutput
from assistant.grounding import Fault, Grounds, Statement, examine, restating_faults
from assistant.grounding.orders import orders_in, urges
from assistant.grounding.outgoing import Ways, visible, ways_out
from assistant.grounding.words import language_of
from assistant.prompting import AnswerClaim, fill_slots

_ORDER: tuple[ClaimKind, ...] = ("unknown", "recommendation", "inference", "fact")
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
            return Judged(said, reason="Cites what it was not given.")
        if not pieces and said.kind != "unknown":
            return Judged(said, reason="No source is cited.")
        try:
            text = visible(fill_slots(said.text, self.gathered.slots(pieces)))
        except MalformedOutput:
            return Judged(said, pieces, reason="Uses a slot that was not given.")
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
            yield "Says nothing."
        if next(ways_out(text, self.ways), None) is not None:
            yield "Leads out of the text, calls somebody or hides something."
        if orders_in(text) or urges(text):
            yield "Tells its reader to do what a source demands."
        if len(text.split()) >= _LEAST_WORDS and language_of(text) != self.language:
            yield "Is not in the language of the question."

    def _compared(self, said: AnswerClaim, pieces: tuple[Piece, ...], text: str) -> Judged:
        evidence = tuple(dict.fromkeys(e for one in pieces for e in one.claim.evidence))
        claim = Claim(text, _kind(said.kind, pieces), evidence)
        [examined] = examine(
            [claim],
            self.grounds,
            account=self.basis.account,
            related=self.basis.related,
            vocabulary=(*self.basis.vocabulary, self.question),
            as_of=self.basis.as_of,
        )
        passages = any(one.passage for one in pieces)
        # What a checked sentence denies its restatement may deny: it is held against that one.
        faults = [f for f in examined.faults if passages or f.kind != "polarity"]
        if self._abroad(pieces):
            claim = replace(claim, kind=min(claim.kind, "inference", key=_ORDER.index))
            if not self._particular(text, evidence):
                faults.append(Fault("support", text))
        else:
            stated = [one.statement for one in pieces] or [Statement(self.question)]
            found = restating_faults(text, stated, _titles(evidence))
            faults += [fault for fault in found if pieces or fault.kind != "polarity"]
        if faults:
            return Judged(said, pieces, reason=faults[0].sentence)
        return Judged(said, pieces, claim.judged("supported", None, examined.claim.score))

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


def _kind(said: ClaimKind, pieces: Iterable[Piece]) -> ClaimKind:
    """As sure as the least sure of what it restates, whatever the model calls it."""
    return min((said, *(one.claim.kind for one in pieces)), key=_ORDER.index)


def _titles(evidence: Iterable[Evidence]) -> list[str]:
    """What lends words besides the cited sentences: quotes, titles, the names of inputs."""
    return [
        part
        for e in evidence
        for part in (e.quote, e.title, *(given.name.replace("_", " ") for given in e.inputs))
    ]
