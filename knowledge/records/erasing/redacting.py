"""Where a text names somebody who was erased, or quotes them; and the same text without.

What is taken out is replaced by as many characters: `[erased   ]`. Offsets into a stored text
stand in kept drafts, in passages and in buttons of messages that were posted long ago, and all of
them stay right. The price is that the length of a name can be seen, which names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product, zip_longest
from typing import Any

from knowledge.records.erasing.marks import NOBODY, Marks, folded, forms_of
from knowledge.records.erasing.quoting import runs

_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"'“”„|=/\\@~]+[@~][\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+?\d[\d ()/.\-]{5,}\d(?!\w)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: What may stand between two words of one name: a space, a comma, a particle, an initial.
_PARTICLES = "van|von|vom|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|zu|zum|ter|ten"
_BETWEEN = re.compile(
    rf"[\s.,_+~=-]{{1,3}}(?:(?:{_PARTICLES}|[^\W\d_])\b[\s.,_-]{{1,3}}){{0,3}}", re.IGNORECASE
)
_INITIAL = re.compile(r"(?<![^\W\d_])([^\W\d_])\.?\s{0,2}\Z")
_MOST_WORDS = 6
#: A line that says who speaks, that somebody wrote what is quoted below, or a mail's sender.
_TURN = re.compile(r"^([^:\n]{2,80}):[ \t]+(?=\S)", re.MULTILINE)
_QUOTED = re.compile(r"^[^\n>]*:[ \t]*\n(?:[ \t]*\n)?((?:>[^\n]*(?:\n|\Z))+)", re.MULTILINE)
_SENDER = re.compile(r"^(?:From|Von|De|Da|От):[^\n]*$", re.MULTILINE | re.IGNORECASE)
_DEPTH = re.compile(r"(?:>[ \t]*)+")
_SHORTEST_PHONE = 7


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, and whose it is."""

    start: int
    end: int
    persons: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word may be: the words of names it is a form of by person; whose alone it is."""

    parts: dict[int, tuple[str, ...]]
    alone: frozenset[int]


class Redactor:
    """Takes those whom the marks know out of texts and values."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self._words: dict[str, _Word | None] = {}

    def text(self, text: str) -> str:
        """The text without them, as long as before."""
        if not self.marks:
            return text
        spans = self.named(text)
        if spans:  # whoever is not named in a text does not speak in it
            spans += self.said(text)
        spans += self._copied(text)
        if not spans:
            return text
        pieces, at = [], 0
        for start, end in _merged(spans):
            pieces += [text[at:start], _filler(end - start)]
            at = end
        return "".join([*pieces, text[at:]])

    def value(self, value: Any) -> Any:
        """A JSON value without them."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if isinstance(value, dict):
            return {self.text(name): self.value(one) for name, one in value.items()}
        return value

    def is_theirs(self, text: str) -> frozenset[int]:
        """Whose name or address a text is, and nothing else; nobody's otherwise."""
        spans = self.named(text)
        persons = frozenset[int]().union(*(span.persons for span in spans))
        rest = "".join(text[a:b] for a, b in _outside(_merged(spans), len(text)))
        return NOBODY if not spans or WORD.search(rest) else persons

    def named(self, text: str) -> list[Span]:
        """Where a text holds an address, a number or a name of theirs."""
        spans = list(self._addresses(text)) if "@" in text or "~" in text else []
        spans += self._phones(text)
        spans += self._names(text)
        return spans

    def said(self, text: str) -> list[Span]:
        """Where a text holds words of theirs: turns of a talk, quoted mails; line by line."""
        return [
            Span(start, end, persons)
            for first, last, persons in self._statements(text)
            for start, end in _lines(text, first, last)
        ]

    def _copied(self, text: str) -> Iterator[Span]:
        for first, last, key in runs(text):
            if persons := self.marks.whose("run", key):
                for start, end in _lines(text, first, last):
                    yield Span(start, end, persons)

    def _addresses(self, text: str) -> Iterator[Span]:
        for match in _ADDRESS.finditer(text):
            address = match[0].replace("~", "@").lower().rstrip(".")
            if persons := self.marks.whose("address", address):
                yield Span(match.start(), match.start() + len(address), persons)

    def _phones(self, text: str) -> Iterator[Span]:
        for match in _PHONE.finditer(text):
            digits = digits_of(match[0])
            if digits and (persons := self.marks.whose("phone", digits)):
                yield Span(match.start(), match.end(), persons)

    def _names(self, text: str) -> Iterator[Span]:
        known = [(m, w) for m in WORD.finditer(text) if (w := self._known(m[0])) is not None]
        at = 0
        while at < len(known):
            run = _run(text, known, at)
            taken, persons = self._name(run)
            first, last = known[at][0], known[at + max(taken, 1) - 1][0]
            start = first.start()
            initial = _INITIAL.search(text, max(0, start - 5), start)
            by_initial = self._by_initial(initial[1], known[at][1]) if initial else NOBODY
            if persons or by_initial:
                start = initial.start(1) if initial and by_initial else start
                yield Span(start, last.end(), persons | by_initial)
            at += max(taken, 1)

    def _name(self, run: Sequence[_Word]) -> tuple[int, frozenset[int]]:
        """How many words of a run are one name, at most, and whose."""
        for length in range(len(run), 1, -1):
            words = run[:length]
            common = frozenset.intersection(*(frozenset(word.parts) for word in words))
            whose = frozenset(one for one in common if self._is_name(one, words))
            if whose:
                return length, whose
        return 1, run[0].alone

    def _is_name(self, person: int, words: Sequence[_Word]) -> bool:
        for parts in product(*(word.parts[person] for word in words)):
            each_once = len(set(parts)) == len(words)
            if each_once and person in self.marks.whose("name", name_mark(parts)):
                return True
        return False

    def _by_initial(self, letter: str, word: _Word) -> frozenset[int]:
        return frozenset(
            person
            for person, parts in word.parts.items()
            for part in parts
            if person in self.marks.whose("initial", f"{folded(letter)} {part}")
        )

    def _known(self, word: str) -> _Word | None:
        if word not in self._words:
            parts: dict[int, tuple[str, ...]] = {}
            alone: frozenset[int] = NOBODY
            for form in forms_of(word):
                alone |= self.marks.whose("alone", form)
                for person in self.marks.whose("part", form):
                    parts[person] = (*parts.get(person, ()), form)
            self._words[word] = _Word(parts, alone) if parts or alone else None
        return self._words[word]

    def _statements(self, text: str) -> Iterator[tuple[int, int, frozenset[int]]]:
        for match in _TURN.finditer(text):
            if persons := self._speaks(match[1]):
                yield match.end(), _end_of_line(text, match.end()), persons
        for match in _QUOTED.finditer(text):
            if persons := self._speaks(text[match.start() : match.start(1)]):
                depth = _depth(match[1])
                for start, end in _lines(text, match.start(1), match.end(1)):
                    if _depth(text[start:end]) == depth:
                        yield start, end, persons
        senders = [*_SENDER.finditer(text)]
        for match, after in zip_longest(senders, senders[1:]):
            end = after.start() if after else len(text)
            body = text.find("\n\n", match.end(), end)
            if body >= 0 and (persons := self._speaks(match[0])):
                yield from self._until_quoted(text, body + 2, end, persons)

    def _until_quoted(
        self, text: str, start: int, end: int, persons: frozenset[int]
    ) -> Iterator[tuple[int, int, frozenset[int]]]:
        """The lines of a mail that are not quotations: those are somebody else's words."""
        for first, last in _lines(text, start, end):
            if not text[first:last].startswith(">"):
                yield first, last, persons

    def _speaks(self, line: str) -> frozenset[int]:
        persons = frozenset[int]().union(*(span.persons for span in self.named(line)))
        return persons & self.marks.customers


def name_mark(parts: Iterable[str]) -> str:
    """Words of a name as they are kept together, in whatever order they stood."""
    return " ".join(sorted(set(parts)))


def digits_of(number: str) -> str:
    """A telephone number as it is compared: its last digits, without prefixes; empty if short."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return digits[-9:] if len(digits) >= _SHORTEST_PHONE else ""


def _run(text: str, known: Sequence[tuple[re.Match[str], _Word]], at: int) -> list[_Word]:
    """The words from one on that may belong to one name."""
    run = [known[at][1]]
    for (before, _), (after, word) in pairwise(known[at : at + _MOST_WORDS]):
        if not _BETWEEN.fullmatch(text, before.end(), after.start()):
            break
        run.append(word)
    return run


def _merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if merged and span.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span.end))
        else:
            merged.append((span.start, span.end))
    return merged


def _outside(spans: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in spans:
        yield at, start
        at = end
    yield at, length


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines between two places that say something."""
    for match in re.compile(r"[^\n]+").finditer(text, start, end):
        if match[0].strip("> \t"):
            yield match.start(), match.end()


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _depth(line: str) -> int:
    match = _DEPTH.match(line)
    return match[0].count(">") if match else 0


def _filler(length: int) -> str:
    if length >= len("[erased]"):
        return f"[erased{' ' * (length - len('[erased]'))}]"
    return f"[{'·' * (length - 2)}]" if length > 1 else "·"
