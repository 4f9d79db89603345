"""A faithful model that repeats what customers really write is not disturbed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.claims import Evidence
from assistant.conversation.agent.gathered import Gathered
from assistant.conversation.agent.verifying import Verifier
from assistant.conversation.voice import Voice
from assistant.desk import Desk
from assistant.drafting.brief import Basis
from assistant.grounding import Ground
from assistant.grounding.outgoing import Ways
from assistant.grounding.words import language_of
from assistant.prompting import AnswerClaim
from tests.assistant.grounding.harmless import HARMLESS

REF = "document:mail@1"
WAYS = Ways(frozenset({"crm.varnholt.example"}), frozenset({"varnholt.example"}))


@dataclass
class OneMail:
    """A single source that everybody sees."""

    text: str

    def find(self, ref: str) -> Ground | None:
        return Ground("document:mail", "Mail", self.text) if ref.startswith(REF) else None

    def expect(self, refs: Iterable[str]) -> None:
        """It is at hand."""


def repeated(desk: Desk, text: str) -> bool:
    """Whether a sentence that stands in a mail may be told from it, word for word."""
    gathered = Gathered("", 6_000)
    gathered.passage(Evidence("passage", f"{REF}[0:{len(text)}]", "Mail", text))
    day = desk.day(None)
    basis = Basis(Voice("en", "EUR"), day, frozenset())
    verifier = Verifier(gathered, basis, OneMail(text), WAYS, "", language_of(text))
    return verifier.judged(AnswerClaim(text=text, kind="fact", sources=("S1",))).claim is not None


def test_at_most_two_in_a_hundred_harmless_texts_are_withheld(sample_desk: Desk) -> None:
    lost = [text for text in HARMLESS if not repeated(sample_desk, text)]
    assert len(lost) <= len(HARMLESS) * 0.02, lost
