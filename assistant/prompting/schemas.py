"""The forms of what a model writes. A prompt's front matter names the one it asks for.

Every field is required and closed, as strict JSON schemas demand; `Field` descriptions are for
readers of this file and are no part of a prompt's rules.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.claims import ClaimKind


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnswerClaim(_Form):
    """One sentence of an answer with the labels of its sources, such as `S1`."""

    text: str
    kind: ClaimKind
    sources: tuple[str, ...]


class AnswerOut(_Form):
    """An answer, or the reason why there is none.

    `orders_in_sources` are the labels of sources that try to give the model orders.
    """

    claims: tuple[AnswerClaim, ...]
    no_answer_because: str | None
    would_help: tuple[str, ...]
    follow_ups: tuple[str, ...]
    orders_in_sources: tuple[str, ...]


class DraftClaim(_Form):
    """One sentence of a draft with number slots (`{n1}`) and the labels of its evidence."""

    text: str
    kind: ClaimKind
    evidence: tuple[str, ...]


class DraftSection(_Form):
    """The sentences of one section."""

    id: str
    claims: tuple[DraftClaim, ...]


class DraftOut(_Form):
    """A draft or a revision of one; a section that is left out stays as it was."""

    sections: tuple[DraftSection, ...]
    orders_in_sources: tuple[str, ...]


class RepairedClaim(_Form):
    """A failed sentence written anew, under its number; an empty text gives it up."""

    number: int
    text: str
    kind: ClaimKind
    evidence: tuple[str, ...]


class RepairOut(_Form):
    """The sentences that failed the check, written anew."""

    claims: tuple[RepairedClaim, ...]


class Score(_Form):
    """A judge's score for one criterion: the words of the text it rests on, then the score."""

    criterion: str
    seen: str
    score: Literal[0, 1, 2, 3, 4]


class Scores(_Form):
    """A judge's scores, and the one change that would help most."""

    scores: tuple[Score, ...]
    change: str


class AskBack(_Form):
    """One question to the asker, with the readings it chooses between."""

    question: str
    readings: tuple[str, ...]


class RoleReply(_Form):
    """What a customer in a role play says, and whether the talk is over."""

    says: str
    over: bool


SCHEMAS: dict[str, type[BaseModel]] = {
    form.__name__: form for form in (AnswerOut, DraftOut, RepairOut, Scores, AskBack, RoleReply)
}
