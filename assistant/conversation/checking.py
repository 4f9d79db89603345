"""The check of an answer's sentences: the same as a draft's."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.claims import Claim, Draft, Section
from assistant.conversation.matter import Matter
from assistant.drafting.checking import checked


def checked_answer(matter: Matter, claims: Iterable[Claim]) -> Draft:
    """Some sentences with their verdicts, as a draft of one section; what fails is withheld."""
    draft = Draft(
        "answer",
        "",
        matter.inquiry.account or "",
        "",
        matter.day,
        matter.voice.language,
        "template",
        (Section("answer", "", tuple(claims)),),
    )
    return checked(draft, matter.basis, matter.office.grounds(matter.viewer))
