"""From a text to passages with exact offsets.

A text is parted into blocks (a heading's paragraph, a table, a speaker's turn, a quotation), a
block that is too long into its lines, sentences and words, and the parts are packed into passages
that never mix what should be read apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.passages.blocks import Block, blocks
from knowledge.passages.language import UNKNOWN, language_of

#: The most words of a passage: at this size a passage is about one thing, and retrieval is best.
SIZE = 120
_LEAST = 0.6  # of the size: a passage this long ends with its paragraph
_NEARLY = 0.85  # of an even share: near enough, at a paragraph
_SMALL = 0.2  # of the size: a section this short goes on into the next one
_CHARACTERS_A_WORD = 10  # longer words weigh as several: addresses, scripts without spaces
_LONGEST_ROW = 2  # passages: only a row of a table longer than this is cut

_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*+•–]|\d{1,3}[.)])[ \t])")
_LINE = re.compile(r"\n")
_SENTENCE = re.compile(
    r"(?<!\b[A-ZА-ЯЁ])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bInc)(?<!\bLtd)"
    r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[–—-]*[A-ZÀ-ÞА-ЯЁ0-9])"
)
_SPACE = re.compile(r"\s+")
_CUTS = (_ITEM, _SENTENCE, _LINE, _SPACE)
_ROW_CUTS = (_LINE,)


@dataclass(frozen=True)
class Span:
    """A passage: `text[start:end]`, exactly; neither begins nor ends with a space.

    `heading` says where it stands (`Title › Section`, and the speaker of a turn it begins in
    the middle of); `language` is an ISO 639-1 code or `und`.
    """

    start: int
    end: int
    heading: str
    language: str


@dataclass(frozen=True)
class _Part:
    start: int
    end: int
    weight: int
    block: Block
    first: bool  # of its block


@dataclass(frozen=True)
class _Ends:
    """Where a passage ends, by the words it has: `least` at a paragraph, `small` at a section."""

    least: float
    small: float
    most: int

    @classmethod
    def of(cls, total: int, size: int) -> _Ends:
        if total <= size:  # short enough to stay whole
            return cls(size, size, size)
        even = total / math.ceil(total / size)  # a text of 230 words makes no 190 and 40
        return cls(min(size * _LEAST, even * _NEARLY), size * _SMALL, size)

    def between(self, last: _Part, part: _Part, weight: int) -> bool:
        """Whether a passage of this weight ends between these two parts."""
        if weight + part.weight > self.most or part.block.quoted != last.block.quoted:
            return True
        if part.block.path != last.block.path:
            # A section ends a passage, unless all there is so far is a heading or a few words.
            return weight > self.small and not last.block.heading
        return part.first and not last.block.heading and weight >= self.least

    def follows(self, group: list[_Part], part: _Part, weight: int) -> bool:
        """Whether what begins with this part may go on in the group's passage after all."""
        before, after = group[-1].block, part.block
        fits = sum(one.weight for one in group) + weight <= self.most
        return fits and (before.path, before.quoted) == (after.path, after.quoted)


def cut(text: str, *, title: str, media: str, size: int = SIZE) -> list[Span]:
    """The passages of a text, in order, without overlap.

    Every character that is no space is in exactly one passage. A passage has at most `size`
    words (a long row of a table may have twice that) and is cut, in this order of preference,
    at a heading, a paragraph or a speaker's turn, a sentence, a word. A short text is one
    passage, except that in mail what is quoted is apart from what is written.
    """
    if size < 1:
        raise ValueError(f"a passage needs at least one word, not {size}")
    parts = list(_parts(text, media, size))
    whole = language_of(text)
    spans = []
    for group in _packed(parts, size):
        start, end = group[0].start, group[-1].end
        spoken = language_of(text[start:end])
        language = whole if spoken == UNKNOWN else spoken
        spans.append(Span(start, end, _heading(title, group), language))
    return spans


def _weight(text: str) -> int:
    return max(len(text.split()), -(-len(text) // _CHARACTERS_A_WORD))


def _parts(text: str, media: str, size: int) -> Iterator[_Part]:
    """The blocks, and the pieces of those too long to be packed whole."""
    above = 0  # weight of the headings a block must share a passage with
    for block in blocks(text, media):
        cuts = _ROW_CUTS if block.table else _CUTS
        room = size - above if above <= size * _SMALL else size
        first = True
        for start, end in _pieces(text, block.start, block.end, cuts, room):
            yield _Part(start, end, _weight(text[start:end]), block, first)
            first = False
        above = above + _weight(text[block.start : block.end]) if block.heading else 0


def _pieces(
    text: str, start: int, end: int, cuts: tuple[re.Pattern[str], ...], size: int
) -> Iterator[tuple[int, int]]:
    """Trimmed spans of at most `size`, cut at the coarsest places that make them fit."""
    start, end = _trimmed(text, start, end)
    if start == end:
        return
    weight = _weight(text[start:end])
    if weight <= size:
        yield start, end
    elif cuts:
        places = [match.end() for match in cuts[0].finditer(text, start, end)]
        for left, right in zip([start, *places], [*places, end], strict=True):
            yield from _pieces(text, left, right, cuts[1:], size)
    elif weight <= _LONGEST_ROW * size and "\n" not in text[start:end] and " " in text[start:end]:
        yield start, end
    elif _SPACE.search(text, start, end):
        yield from _pieces(text, start, end, (_SPACE,), size)
    else:
        step = size * _CHARACTERS_A_WORD
        yield from ((at, min(at + step, end)) for at in range(start, end, step))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip()) if piece.strip() else end


def _packed(parts: list[_Part], size: int) -> list[list[_Part]]:
    """Neighbouring parts joined up to `size`, ending early at good places."""
    ends = _Ends.of(sum(part.weight for part in parts), size)
    groups: list[list[_Part]] = []
    weight = 0
    for part in parts:
        if not groups or ends.between(groups[-1][-1], part, weight):
            groups.append([])
            weight = 0
        groups[-1].append(part)
        weight += part.weight
    return _without_tails(groups, ends)


def _without_tails(groups: list[list[_Part]], ends: _Ends) -> list[list[_Part]]:
    """The few words left over at the end of a section go back to what they followed."""
    joined: list[list[_Part]] = []
    for group in groups:
        weight = sum(part.weight for part in group)
        if joined and weight <= ends.small and ends.follows(joined[-1], group[0], weight):
            joined[-1].extend(group)
        else:
            joined.append(group)
    return joined


def _heading(title: str, group: list[_Part]) -> str:
    """The path all of the passage stands under, and who is speaking when it begins."""
    paths = [part.block.path for part in group if not part.block.heading]
    path = _shared(paths or [group[-1].block.path])
    if path and path[0] == title:
        path = path[1:]
    first = group[0]
    speaker = (first.block.speaker,) if first.block.speaker and not first.first else ()
    return " › ".join(filter(None, (title, *path, *speaker)))


def _shared(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    low, high = min(paths), max(paths)
    for at, (one, other) in enumerate(zip(low, high, strict=False)):
        if one != other:
            return low[:at]
    return low
