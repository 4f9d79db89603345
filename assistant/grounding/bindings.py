"""Figures in their place: what a number counts, what it is compared with, what it is a score of.

That a figure stands somewhere in the evidence is not enough: “2 won, 1 lost” and “1 won, 2 lost”
hold the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.grounding.faults import Fault
from assistant.grounding.quantities import Quantity, agrees
from assistant.grounding.saying import Saying
from assistant.grounding.testimony import Testimony
from assistant.grounding.words import key_of

_COUNTED = re.compile(r"\s+(?:of\s+|von\s+|из\s+)?(?P<word>[^\W\d_]+)")
_RANK = re.compile(r"\b(?:number|rank|nummer|rang|platz|номер|место)\s+$", re.IGNORECASE)
_SCORE = re.compile(r"\s+(?:of|von|из)\s+100\b")
_ABOVE = re.compile(
    r"(?<!\w)(?:above|over|über|oberhalb|выше|свыше)\s+(?:the |den |der |die )?\W*$"
)
_BELOW = re.compile(r"(?<!\w)(?:below|under|unter|unterhalb|ниже)\s+(?:the |den |der |die )?\W*$")


def binding_faults(saying: Saying, testimony: Testimony) -> Iterator[Fault]:
    """Figures that are said of something else than the evidence says them of."""
    for place, said in enumerate(saying.quantities):
        fault = _miscounted(said, saying, testimony) or _misjudged(said, saying, testimony)
        if fault is None and place:
            fault = _misplaced(saying.quantities[place - 1], said, saying)
        if fault is not None:
            yield fault


def _miscounted(said: Quantity, saying: Saying, testimony: Testimony) -> Fault | None:
    """“3 won” where a computation counted 2 of them."""
    after = _COUNTED.match(saying.rest, said.end)
    word = key_of(after["word"]) if after else ""
    if _RANK.search(saying.rest[: said.start]):
        word = "rank"
    known = testimony.counts.get(word) if said.unit is None else None
    if not known or said.value in known:
        return None
    return Fault("number", f"{said.said} {word}", ", ".join(f"{n}" for n in sorted(known)))


def _misjudged(said: Quantity, saying: Saying, testimony: Testimony) -> Fault | None:
    """“90 of 100” where no score is 90, whatever other figures the score is made of."""
    scores = [found for found in testimony.quantities if found.unit == "points"]
    if not scores or said.unit is not None or not _SCORE.match(saying.rest, said.end):
        return None
    if any(agrees(said, found) for found in scores):
        return None
    return Fault("number", said.said, scores[0].said)


def _misplaced(one: Quantity, other: Quantity, saying: Saying) -> Fault | None:
    """“25.5 %, below the 25 %”: the two figures themselves say which is the larger."""
    between = saying.rest[one.end : other.start]
    if one.unit is None or one.unit != other.unit or ";" in between:
        return None
    above, below = _ABOVE.search(between), _BELOW.search(between)
    if (above and one.value < other.value) or (below and one.value > other.value):
        return Fault("polarity", between.strip(" ,"))
    return None
