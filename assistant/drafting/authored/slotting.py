"""Sentences with slots: what may not be changed by a letter is put there by code.

Figures, days, quotations and names of a checked sentence become slots. A model that writes `{n1}`
cannot get the figure wrong, and spends no words on quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.grounding import Particular
from assistant.grounding.names import names_in
from assistant.grounding.particulars import QUOTED
from assistant.grounding.saying import take_apart
from assistant.prompting import Slot

_GENITIVE = re.compile(r"['’]s?$")
_MEANINGS = {"n": "figure", "d": "day", "q": "quotation", "p": "name"}


@dataclass(frozen=True)
class Span:
    """A place of a sentence that becomes a slot."""

    start: int
    end: int
    sort: str


def spans_of(text: str, heard: str) -> list[Span]:
    """The places that become slots, in order; a name is one if it stands in what was `heard`."""
    taken: list[Span] = []
    for span in _candidates(text, heard):
        if all(span.end <= other.start or span.start >= other.end for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def _candidates(text: str, heard: str) -> Iterator[Span]:
    """Quotations first: what stands in one is part of it; then days, names, codes and figures."""
    for match in QUOTED.finditer(text):
        yield Span(match.start(), match.end(), "q")
    saying = take_apart(text)
    for moment in saying.moments:
        yield Span(moment.start, moment.end, "d")
    names = {_GENITIVE.sub("", name.said) for name in names_in(saying.rest)}
    for said in sorted((one for one in names if one in heard), key=lambda one: (-len(one), one)):
        yield from _everywhere(said, text, "p")
    for code in saying.codes:
        yield from _everywhere(code, text, "n")
    for quantity in saying.quantities:
        said = text[quantity.start : quantity.end].rstrip(".,; ")
        yield Span(quantity.start, quantity.start + len(said), "n")


def _everywhere(said: str, text: str, sort: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", text):
        yield Span(match.start(), match.end(), sort)


class Slots:
    """The slots of a prompt: each value once, under one name."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], str] = {}
        self._used: dict[tuple[str, str], list[str]] = {}

    def put(self, text: str, heard: str, label: str) -> tuple[str, tuple[Particular, ...]]:
        """A sentence with slots in place of its particulars, and the particulars in order."""
        pieces, last, found = [], 0, []
        for span in spans_of(text, heard):
            said = text[span.start : span.end]
            pieces += [text[last : span.start], "{", self._name(span.sort, said, label), "}"]
            last = span.end
            found.append(Particular(said, span.sort))
        return "".join([*pieces, text[last:]]), tuple(found)

    def listed(self) -> list[Slot]:
        """Every slot with the labels of the sentences it stands in."""
        return [
            Slot(name, _MEANINGS[key[0]], key[1], tuple(self._used[key]))
            for key, name in self._named.items()
        ]

    def _name(self, sort: str, said: str, label: str) -> str:
        key = (sort, said)
        if key not in self._named:
            self._named[key] = f"{sort}{sum(known == sort for known, _ in self._named) + 1}"
        used = self._used.setdefault(key, [])
        if label not in used:
            used.append(label)
        return self._named[key]
