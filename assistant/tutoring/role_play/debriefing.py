"""The debrief: each criterion with its score, the lines that earned it, and what to reread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assistant.tutoring.role_play.marking import marked
from assistant.tutoring.role_play.personas import TOP, Persona, read_rubric
from assistant.tutoring.role_play.scenes import Line, State, last_words

_REREAD_BELOW = 3
_MOST_LINES = 3
_NEVER = "The talk ended without it."


@dataclass(frozen=True)
class Scored:
    """One criterion.

    Attributes:
        score: 0 to 4.
        looks: what that score looks like, from the rubric.
        aim: what a 4 looks like.
        seen: the learner's lines it rests on, word for word, with their numbers; none where
            nothing was said that earned anything.
        reread: the slug of the article for scores below 3.
    """

    criterion: str
    title: str
    score: int
    looks: str
    aim: str
    seen: tuple[tuple[int, str], ...]
    reread: str | None


@dataclass(frozen=True)
class Debrief:
    """What became of a role play. `revealed` is what the persona had not told unasked."""

    persona: str
    last_words: str
    scores: tuple[Scored, ...]
    revealed: tuple[str, ...]

    @property
    def total(self) -> int:
        """All scores together."""
        return sum(one.score for one in self.scores)

    @property
    def best(self) -> int:
        """The most there was to reach."""
        return TOP * len(self.scores)

    def to_json(self) -> dict[str, Any]:
        """As the journal keeps it, and as the command line prints it."""
        return {
            "persona": self.persona,
            "last_words": self.last_words,
            "total": self.total,
            "of": self.best,
            "scores": [
                {
                    "criterion": one.criterion,
                    "title": one.title,
                    "score": one.score,
                    "looks": one.looks,
                    "aim": one.aim,
                    "seen": [{"line": number, "said": text} for number, text in one.seen],
                    "reread": one.reread,
                }
                for one in self.scores
            ],
            "revealed": list(self.revealed),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Debrief:
        """As it was kept."""
        return cls(
            persona=kept["persona"],
            last_words=kept["last_words"],
            scores=tuple(
                Scored(
                    one["criterion"],
                    one["title"],
                    one["score"],
                    one["looks"],
                    one["aim"],
                    tuple((line["line"], line["said"]) for line in one["seen"]),
                    one["reread"],
                )
                for one in kept["scores"]
            ),
            revealed=tuple(kept["revealed"]),
        )


def debrief_of(persona: Persona, state: State, lines: Sequence[Line]) -> Debrief:
    """Score a talk.

    A move carries its marks; lines of free conversation are marked by rule. A criterion's score is
    the mean of its marks, half a point up; one that nothing was marked on is 0, unless free
    conversation gave no occasion for it: then it is left out.
    """
    scores = [_scored(persona, criterion, state, lines) for criterion in persona.criteria]
    return Debrief(
        persona=persona.id,
        last_words=last_words(persona, state, lines),
        scores=tuple(one for one in scores if one is not None),
        revealed=(persona.hidden.wants, *persona.hidden.knows),
    )


def _scored(persona: Persona, criterion: str, state: State, lines: Sequence[Line]) -> Scored | None:
    marks, seen = _marks(persona, criterion, state, lines)
    if not marks and state.free and not state.moves:
        return None
    mean = Decimal(sum(marks)) / len(marks) if marks else Decimal(0)
    score = int(mean.quantize(Decimal(1), ROUND_HALF_UP))
    rubric = read_rubric()[criterion]
    return Scored(
        criterion=criterion,
        title=rubric.title,
        score=score,
        looks=rubric.look(score) if marks else _NEVER,
        aim=rubric.look(TOP),
        seen=tuple((line.number, line.text) for line in seen[:_MOST_LINES]),
        reread=persona.criteria[criterion] if score < _REREAD_BELOW else None,
    )


def _marks(
    persona: Persona, criterion: str, state: State, lines: Sequence[Line]
) -> tuple[list[int], list[Line]]:
    said = {line.number: line for line in lines}
    marks: list[int] = []
    seen: list[Line] = []
    own = [said[number] for number in state.free]
    by_rule = marked(criterion, own, lines)
    if by_rule is not None:
        marks.append(by_rule.mark)
        seen += by_rule.lines
    for number, turn, place in state.moves:
        mark = persona.turns[turn].moves[place].marks.get(criterion)
        if mark is not None:
            marks.append(mark)
            seen.append(said[number])
    return marks, seen
