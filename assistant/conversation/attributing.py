"""Whose words a text holds: what a person wrote, said on a recorded call, or is told to have said.

A letter is its writer's, a line of a transcript its speaker's. A note is its writer's own: of it
only those sentences count that name the person first, or go on with “she”, and tell what was said
or wanted. Where somebody else is named in between, nobody is taken for “she”.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.conversation.sentences import sentences
from assistant.grounding.lexicon import Words

Span = tuple[int, int]

_TITLES = r"(?:(?:herrn?|frau|mrs?|ms|dr|prof|г-н|г-жа)\.?\s+)*"
_HEADER = re.compile(r"(?:[A-Z][\w-]*: .*\n)+\n")
_QUOTES = re.compile(r"[\"“”„«»]")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"“”»]")
_MARKS = r"[\W_]*"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Cast:
    """Whose words are looked for, who else may be named, and who wrote the text, by full name."""

    person: str
    others: Sequence[str]
    author: str | None = None


@dataclass(frozen=True)
class Spoken:
    """A place in a text where a person speaks; `direct` if the words are their own."""

    start: int
    end: int
    direct: bool


def spoken(text: str, cast: Cast) -> Iterator[Spoken]:
    """Where in a text the person speaks, in its order."""
    if cast.author == cast.person:
        header = _HEADER.match(text)
        for start, end in _blocks(text, header.end() if header else 0):
            if not text.startswith(">", start):
                yield Spoken(start, end, direct=True)
        return
    everybody = (cast.person, *cast.others)
    named: str | None = None
    for start, end in _blocks(text, 0, everybody):
        speaker = next((one for one in everybody if text.startswith(f"{one}: ", start)), None)
        if speaker == cast.person:
            yield Spoken(start + len(speaker) + 2, end, direct=True)
        elif speaker is None:
            told, named = _told(text, (start, end), cast, named)
            yield from told


def wishes(word: str) -> bool:
    """Whether a question asks with this word what somebody wants."""
    return word.casefold() in _words()["wishing"]


def tells(word: str) -> bool:
    """Whether a word tells that something was said or wanted."""
    return word.casefold() in _words()["telling"]


def of_somebody(words: str) -> bool:
    """Whether a sentence is about an “I” or a “she” that it does not name itself."""
    first = next(iter(_WORD.findall(words)), "").casefold()
    return first in _words()["own"] or first in _words()["going_on"]


def _told(text: str, line: Span, cast: Cast, named: str | None) -> tuple[list[Spoken], str | None]:
    """What a line of a note tells of the person, and whom its “she” means after it."""
    found: list[Spoken] = []
    run: list[Span] = []
    for start, end in sentences(text[slice(*line)]):
        place = (line[0] + start, line[0] + end)
        words = text[slice(*place)]
        quoting = bool(run) and _is_open(text[run[0][0] : run[-1][1]])
        if not quoting:
            first = _subject(words, cast)
            named = first or (None if _named(words, cast) else named)
        if quoting or (named == cast.person and (first or _goes_on(words))):
            run.append(place)
            continue
        found += _run(text, run)
        run = []
    return [*found, *_run(text, run)], named


def _run(text: str, run: Sequence[Span]) -> Iterator[Spoken]:
    """Sentences that follow each other, if any of them tells what was said."""
    if run and _is_told(text[run[0][0] : run[-1][1]]):
        yield Spoken(run[0][0], run[-1][1], direct=False)


def _is_told(words: str) -> bool:
    said = any(tells(word) for word in _WORD.findall(words))
    return said or ": " in words or _QUOTES.search(words) is not None


def _is_open(words: str) -> bool:
    """Whether a quotation has begun and not ended."""
    return len(_QUOTES.findall(words)) % 2 == 1


def _subject(words: str, cast: Cast) -> str | None:
    """Whom a sentence names first of all."""
    return next(
        (
            who
            for form, who in _forms((cast.person, *cast.others)).items()
            if re.match(rf"{_MARKS}{_TITLES}{re.escape(form)}(?![\w-])", words, re.IGNORECASE)
        ),
        None,
    )


def _named(words: str, cast: Cast) -> bool:
    """Whether a sentence names somebody else."""
    forms = _forms((cast.person, *cast.others))
    said = set(_WORD.findall(words))
    return any(form in said and who != cast.person for form, who in forms.items())


@cache
def _forms(names: Sequence[str]) -> dict[str, str]:
    """Full names, and those parts of a name that only one of them has."""
    parts = [(part, name) for name in dict.fromkeys(names) for part in name.split()]
    shared = {part for part, name in parts for other, of in parts if part == other and name != of}
    single = {part: name for part, name in parts if part not in shared and len(part) > 2}  # noqa: PLR2004
    return {**{name: name for name in names}, **single}


def _goes_on(words: str) -> bool:
    said = _WORD.findall(_QUOTED.sub(" ", words))
    if not said or said[0].casefold() in _words()["own"]:
        return False
    # Within a sentence the German “Sie” is whoever is spoken to.
    return any(word in _words()["going_on"] for word in (said[0].casefold(), *said[1:]))


def _blocks(text: str, begin: int, names: Sequence[str] = ()) -> Iterator[Span]:
    """The paragraphs, items and speeches of a text; headings and tables left out."""
    starts = tuple(f"{name}: " for name in names)
    block: Span | None = None
    for match in re.finditer(r"[^\n]*(?:\n|\Z)", text[begin:]):
        start, line = begin + match.start(), match[0].rstrip()
        own = not line or line.startswith(("#", "- ", "* ", *starts)) or " | " in line
        if block is not None and own:
            yield block
            block = None
        if line and not line.startswith("#") and " | " not in line:
            block = (block[0] if block else start, start + len(line))
    if block is not None:
        yield block


@cache
def _words() -> dict[str, Words]:
    path = Path(__file__).with_name("speaking.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Words.of(words) for name, words in raw.items()}
