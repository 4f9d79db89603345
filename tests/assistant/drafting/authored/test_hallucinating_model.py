"""A model that lies in half of its sentences: hardly a lie is shown, hardly a truth is lost.

`pytest -s` prints the tables. The `second` words were written after the check was made, and say
what a model that phrases differently would lose to the template's own sentences.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.desk import Desk
from tests.assistant.drafting.authored.desk import task_of, writer_over
from tests.assistant.written import Written
from tests.doubles.hallucinating import Hallucinating

pytestmark = pytest.mark.long


@dataclass
class Measured:
    """Sentences by kind of change, and those that a reader was shown."""

    made: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    reworded: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def caught(self) -> float:
        lies = self.made.total() - self.made["true"]
        return 1 - (self.shown.total() - self.shown["true"]) / lies

    @property
    def lost(self) -> float:
        return 1 - self.shown["true"] / self.made["true"]

    def table(self) -> str:
        rows = [f"{'changed':12} {'written':>8} {'shown':>6}"]
        rows += [
            f"{kind:12} {self.made[kind]:8} {self.shown[kind]:6}" for kind in sorted(self.made)
        ]
        return "\n".join(
            [
                *rows,
                f"{self.caught:.2%} of the changed withheld or corrected,",
                f"{self.lost:.2%} of the right ones lost ({self.reworded} in words of its own)",
            ]
        )


def measure(written: list[Written], desk: Desk, folder: Path, words: str) -> Measured:
    result = Measured()
    for seed, one in enumerate(written):
        double = Hallucinating(seed, one.draft.language, words)
        with writer_over(folder, desk.workspace.database, then=double) as (writer, _):
            draft = writer.write(task_of(one))
        shown = {claim.text for claim in draft.claims()}
        before = {claim.text for claim in one.draft.claims()}
        right = {lie.told for lie in double.wrote if lie.kind == "true"} | before
        for lie in double.wrote:
            if lie.kind != "true" and lie.told in right:
                continue  # a change that made another true sentence
            result.made[lie.kind] += 1
            result.shown[lie.kind] += lie.told in shown
            result.reworded += lie.kind == "true" and lie.told not in before
            if lie.kind != "true" and lie.told in shown:
                result.missed.append((lie.told, lie.truth))
    return result


@pytest.mark.parametrize(("words", "most_lost"), [("first", 0.01), ("second", 0.05)])
def test_ninety_nine_lies_in_a_hundred_are_never_shown(
    written: list[Written], sample_desk: Desk, tmp_path: Path, words: str, most_lost: float
) -> None:
    some = written if words == "first" else written[::2]
    result = measure(some, sample_desk, tmp_path, words)
    print(f"\n{words} words\n{result.table()}")  # noqa: T201 - what one runs it for
    assert result.made.total() > 1000
    assert result.caught >= 0.99, result.missed
    assert result.lost <= most_lost
