"""Sentences cut into slides: nothing is ever longer than its box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.claims import Claim, ClaimKind, Evidence
from assistant.rendering.measure import lines, width
from assistant.rendering.plain import legal

#: A line is so many times as high as its letters, in every office program.
LINE = 1.25
#: Points after a paragraph, and before the text of a list.
GAP, HANG = 9.0, 26.0
#: Points that a mark of citation takes at most, behind its sentence.
_MARK = 11.0


@dataclass(frozen=True)
class Item:
    """A paragraph of a slide. `heading` names the account that the next ones are about."""

    text: str
    kind: ClaimKind | Literal["heading", "withheld", "note"]
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def of(cls, claim: Claim) -> Item:
        """A sentence with its sources."""
        return cls(legal(claim.text).strip(), claim.kind, tuple(dict.fromkeys(claim.evidence)))

    @property
    def bold(self) -> bool:
        """Whether it is set in bold."""
        return self.kind in {"heading", "recommendation"}


@dataclass(frozen=True)
class Box:
    """Where text stands on a slide, and its size; all in points."""

    left: float
    top: float
    width: float
    height: float
    size: float

    def lines(self, item: Item) -> list[str]:
        """An item's lines in this box, with room kept for its citations."""
        room = self.width - HANG
        found = lines(item.text, room, self.size, bold=item.bold)
        marks = _MARK * len(item.evidence)
        over = width(found[-1], self.size, bold=item.bold) + marks > room
        return [*found, ""] if over else found

    def tall(self, count: int) -> float:
        """How high a paragraph of so many lines is."""
        return count * self.size * LINE + GAP


@dataclass(frozen=True)
class Page:
    """What stands in one box; it fits."""

    box: Box
    items: tuple[Item, ...]


def pages(
    items: Sequence[Item], first: Sequence[Box], rest: Sequence[Box] | None = None
) -> list[Page]:
    """Items by slide, in the first of some boxes that holds them all.

    Where none does, the last of `first` is filled, and what is left goes on in `rest`.
    """
    for box in first:
        if (held := list(_filled(items, box)))[1:] == []:
            return held
    head, *tail = _filled(items, first[-1])
    if rest is None:
        return [head, *tail]
    left = tuple(item for page in tail for item in page.items)
    return [head, *pages(left, rest)]


def _filled(items: Iterable[Item], box: Box) -> Iterator[Page]:
    """Items by box, one box after the other."""
    page: list[Item] = []
    used, queue = 0.0, list(items)
    while queue:
        item = queue.pop(0)
        high = box.tall(len(box.lines(item)))
        # A heading does not stand alone at the end of a slide.
        needed = high
        if item.kind == "heading" and queue:
            needed += box.tall(len(box.lines(queue[0])))
        if used + needed <= box.height:
            page.append(item)
            used += high
        elif page:
            yield Page(box, tuple(page))
            page, used = [], 0.0
            queue.insert(0, item)
        else:
            head, tail = _split(item, box)
            yield Page(box, (head,))
            queue.insert(0, tail)
    if page:
        yield Page(box, tuple(page))


def _split(item: Item, box: Box) -> tuple[Item, Item]:
    """An item that alone is longer than a box, cut after the last line that fits."""
    whole = box.lines(item)
    most = max(1, int((box.height - GAP) / (box.size * LINE)))
    cut = _offset(item.text, whole[:most])
    # The sources go with the end of the sentence.
    return replace(item, text=item.text[:cut].rstrip(), evidence=()), replace(
        item, text=item.text[cut:].lstrip()
    )


def _offset(text: str, shown: Sequence[str]) -> int:
    """Where in a text its first lines end."""
    at = 0
    for line in shown:
        at = text.index(line, at) + len(line)
    return at
