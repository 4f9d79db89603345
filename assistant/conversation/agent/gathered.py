"""What the tools have brought: checked sentences and passages under labels, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.claims import Claim, Evidence
from assistant.drafting.authored.slotting import Slots
from assistant.grounding import Statement
from assistant.grounding.orders import orders_in
from assistant.grounding.outgoing import visible
from assistant.models import estimate_tokens
from assistant.prompting import Slot, SourceText, fence

#: What a source costs beside its words: its label, its tags.
_FRAME = 40
_LEAST = 25  # characters of a passage that are worth a label


@dataclass(frozen=True)
class Piece:
    """A checked sentence or a passage under its label, such as `S3`."""

    label: str
    claim: Claim
    statement: Statement
    slotted: str
    passage: bool

    @property
    def shown(self) -> SourceText:
        """As the model reads it."""
        source = self.claim.evidence[0] if self.claim.evidence else None
        if self.passage and source is not None:
            return SourceText(
                self.label, source.kind, source.title, self.statement.text, source.dated
            )
        return SourceText(self.label, self.claim.kind, "checked", self.statement.text)


class Gathered:
    """Everything the model was shown for one answer; only this can be cited.

    Args:
        names: words in which a name may stand beside those of the sources.
        tokens: how much there may be of it, as `estimate_tokens` counts.
    """

    def __init__(self, names: str, tokens: int) -> None:
        self._names, self.left = names, tokens
        self._slots = Slots()
        self._by_words: dict[str, Piece] = {}
        self.pieces: dict[str, Piece] = {}
        self.ordering: dict[str, Evidence] = {}

    def sentence(self, claim: Claim) -> Piece | None:
        """A checked sentence; None where there is no more room, or it holds orders."""
        self._watch(claim.evidence)
        return None if orders_in(claim.text) else self._kept(claim, claim.text, passage=False)

    def passage(self, source: Evidence) -> list[Piece]:
        """A passage without the orders in it, in as many pieces as that leaves."""
        self._watch((source,))
        kept = []
        for start, end in _between_orders(source.quote):
            part = _part(source, start, end)
            if part is not None:
                words = visible(part.quote)
                kept.append(self._kept(Claim(words, "fact", (part,)), words, passage=True))
        return [piece for piece in kept if piece is not None]

    def cited(self, labels: Iterable[str]) -> tuple[Piece, ...] | None:
        """What some labels stand for; None if one of them was never shown."""
        found = [self.pieces.get(label.strip().strip("[]")) for label in labels]
        return tuple(dict.fromkeys(one for one in found if one)) if None not in found else None

    def slots(self, pieces: Iterable[Piece]) -> list[Slot]:
        """The figures, days and names of some pieces, to be put into sentences by code."""
        labels = {piece.label for piece in pieces}
        return [slot for slot in self._slots.listed() if labels & set(slot.evidence)]

    def _kept(self, claim: Claim, words: str, *, passage: bool) -> Piece | None:
        key = " ".join(words.casefold().split())
        if key in self._by_words:
            return self._by_words[key]
        cost = _FRAME + estimate_tokens(words)
        if cost > self.left:
            return None
        self.left -= cost
        label = f"S{len(self.pieces) + 1}"
        heard = " ".join([self._names, *(f"{e.quote} {e.title}" for e in claim.evidence)])
        slotted, particulars = self._slots.put(words, heard, label)
        piece = Piece(label, claim, Statement(words, particulars), slotted, passage)
        self.pieces[label] = self._by_words[key] = piece
        return piece

    def _watch(self, evidence: Iterable[Evidence]) -> None:
        for source in evidence:
            if orders_in(source.quote):
                self.ordering.setdefault(source.ref, source)


def told(pieces: Sequence[Piece | None]) -> str:
    """Some pieces as a tool hands them over: fenced, each once."""
    return fence([piece.shown for piece in dict.fromkeys(pieces) if piece is not None])


def _between_orders(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for order in orders_in(text):
        spans.append((at, order.start))
        at = order.end
    return [*spans, (at, len(text))]


def _part(source: Evidence, start: int, end: int) -> Evidence | None:
    """A part of a passage as evidence of its own; None where too little is left."""
    words = source.quote[start:end]
    begin = start + len(words) - len(words.lstrip())
    words = words.strip()
    if len(words) < _LEAST and len(words) != len(source.quote.strip()):
        return None
    head, _, span = source.ref.rpartition("[")
    offset = int(span.partition(":")[0]) + begin
    return replace(source, ref=f"{head}[{offset}:{offset + len(words)}]", quote=words)
