"""A scene: what has been said, what could be said now, and whether it is over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from assistant.tutoring.role_play.personas import Move, Persona, Turn

Speaker = Literal["learner", "persona"]
Mode = Literal["scenario", "free"]
LETTERS = "abcd"
_WORD = re.compile(r"\w+")
_STEM = 5
_ALIKE = 0.3  # share of the move's words: below it, nobody could say which move was meant
_EMPTY = frozenset(
    {"the", "and", "you", "your", "that", "this", "with", "for", "are", "was", "were", "what"}
    | {"would", "could", "have", "has", "not", "but", "from", "our", "will", "can", "may", "one"}
    | {"who", "how", "when", "then", "them", "they", "their", "there", "here", "than", "any"}
)


@dataclass(frozen=True)
class Line:
    """One line; numbered from 1."""

    number: int
    speaker: Speaker
    text: str
    at: datetime


@dataclass(frozen=True)
class Option:
    """Something that could be said, with the letter that says it."""

    letter: str
    text: str


@dataclass(frozen=True)
class Scene:
    """A role play at one moment.

    `options` are empty in free conversation and when it is over; `notices` tell what the learner
    should know, such as that the model is away.
    """

    id: str
    persona: Persona
    mode: Mode
    lines: tuple[Line, ...]
    options: tuple[Option, ...]
    over: bool
    ended: bool
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """Where a role play stands, as the journal keeps it.

    `turn` is the scenario's turn or ending; `moves` are the moves taken: line number, turn, and
    the place of the move in it; `free` are the numbers of the learner's lines in free
    conversation. `over` is set when the persona has ended that.
    """

    mode: Mode
    turn: str
    language: str
    moves: tuple[tuple[int, str, int], ...] = ()
    free: tuple[int, ...] = ()
    over: bool = False
    notices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the journal keeps it."""
        return {
            "mode": self.mode,
            "turn": self.turn,
            "language": self.language,
            "moves": [list(move) for move in self.moves],
            "free": list(self.free),
            "over": self.over,
            "notices": list(self.notices),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> State:
        """As it was kept."""
        return cls(
            mode=kept["mode"],
            turn=kept["turn"],
            language=kept["language"],
            moves=tuple((line, turn, move) for line, turn, move in kept["moves"]),
            free=tuple(kept["free"]),
            over=kept["over"],
            notices=tuple(kept["notices"]),
        )


def options_of(turn: Turn) -> tuple[Option, ...]:
    """The moves of a turn with their letters."""
    return tuple(
        Option(letter, move.say) for letter, move in zip(LETTERS, turn.moves, strict=False)
    )


def chosen(turn: Turn, said: str) -> int | None:
    """The place of the move that some words mean: its letter, its wording, or the nearest one.

    Nearest is whose words the learner's share most of; None where no move is near, or two are
    equally near.
    """
    plain = " ".join(said.casefold().split()).strip(" .)")
    for place, (letter, move) in enumerate(zip(LETTERS, turn.moves, strict=False)):
        if plain in {letter, " ".join(move.say.casefold().split()).strip(" .)")}:
            return place
    shares = [_shared(move, said) for move in turn.moves]
    best = max(shares)
    return shares.index(best) if best >= _ALIKE and shares.count(best) == 1 else None


def _shared(move: Move, said: str) -> float:
    """Words in common, of all the words of the shorter of the two."""
    own, theirs = _words(move.say), _words(said)
    return len(own & theirs) / max(1, min(len(own), len(theirs))) if len(theirs) > 1 else 0.0


def _words(text: str) -> frozenset[str]:
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in found if len(word) > 2 and word not in _EMPTY)  # noqa: PLR2004


def opening_line(persona: Persona) -> str:
    """What the persona says first."""
    return persona.turns[persona.opening].says


def last_words(persona: Persona, state: State, lines: Sequence[Line]) -> str:
    """How the talk ended: the ending's words, or the last thing the persona said."""
    if state.turn in persona.endings and state.mode == "scenario":
        return persona.endings[state.turn]
    return next((one.text for one in reversed(lines) if one.speaker == "persona"), "")
