"""Orders to an assistant inside sources: found by rules, told to the reader, never followed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.claims import Evidence, Finding
from assistant.grounding.outgoing import Ways, visible, ways_out
from knowledge.records.references import Reference

RULE = "orders_in_sources"
_PATTERNS = Path(__file__).with_name("orders.toml")
_SHOWN = 80  # characters of an order that are shown
_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?]+(?!\s|$)[^\n.!?]*)*[.!?]*[\"”»')]*")


@dataclass(frozen=True)
class Order:
    """A sentence that orders an assistant about: `start` to `end` of its text.

    `signs` is the beginning of what gives it away.
    """

    start: int
    end: int
    signs: tuple[int, int]


def orders_in(text: str) -> list[Order]:
    """The sentences of a text that are orders to an assistant, in their order."""
    found: dict[tuple[int, int], Order] = {}
    plain = _spaced(text)
    for pattern in _patterns("orders"):
        for match in pattern.finditer(plain):
            for start, end in _sentences(plain, *match.span()):
                signs = (max(start, match.start()), min(end, match.start() + _SHOWN))
                found.setdefault((start, end), Order(start, end, signs))
    return [found[place] for place in sorted(found)]


def without_orders(text: str) -> str:
    """The text without those sentences."""
    pieces, at = [], 0
    for order in orders_in(text):
        pieces.append(text[at : order.start])
        at = order.end
    return "".join([*pieces, text[at:]]).strip()


def urges(text: str) -> bool:
    """Whether a sentence tells its reader to do what only a stranger's mail asks: click, pay."""
    return any(pattern.search(text) for pattern in _patterns("urges"))


def orders_found(subject: str, sources: Iterable[Evidence]) -> Finding | None:
    """The finding that sources hold orders to an assistant; None if they do not.

    Its evidence quotes of each source the few words that give the order away.
    """
    evidence: dict[str, Evidence] = {}
    for source in sources:
        for order in orders_in(source.quote):
            evidence.setdefault(source.title, _cited(source, *order.signs))
    if not evidence:
        return None
    return Finding(RULE, subject, "found", {"count": len(evidence)}, tuple(evidence.values()))


def _cited(source: Evidence, start: int, end: int) -> Evidence:
    """The words of an order that can be shown: up to where they lead out of the text."""
    words = source.quote[start:end]
    ends = [words.find(way) for way in ways_out(words, Ways())]
    kept = words[: min((at for at in ends if at >= 0), default=len(words))].rstrip(' :,(<["“')
    parts = Reference.parse(source.ref)
    if parts is None or parts.span is None or not kept or visible(kept) != " ".join(kept.split()):
        return replace(source, type="record", ref=source.ref.split("[")[0], quote="", value=None)
    begin = parts.span[0] + start
    ref = f"{parts.source}@{parts.version}[{begin}:{begin + len(kept)}]"
    return replace(source, type="passage", ref=ref, quote=kept, value=None)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences that a place touches."""
    for match in _SENTENCE.finditer(text):
        if match.start() < end and match.end() > start:
            words = match[0]
            begin = match.start() + len(words) - len(words.lstrip())
            yield begin, begin + len(words.strip())


def _spaced(text: str) -> str:
    """The text with whatever nobody sees taken for a blank, letter by letter in its place."""
    return "".join(char if char == "\n" or visible(char) else " " for char in text)


@cache
def _patterns(table: str) -> tuple[re.Pattern[str], ...]:
    languages = tomllib.loads(_PATTERNS.read_text(encoding="utf-8"))[table]
    return tuple(re.compile(one, re.IGNORECASE) for some in languages.values() for one in some)
