"""WebVTT: a call's captions as its conversation, one line a speaker's turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from knowledge.passages.blocks import SPEAKER
from knowledge.passages.reading.base import Original, Reading, line
from knowledge.passages.reading.plain import characters

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>\n]*)>")
_TAG = re.compile(r"<[^<>\n]*>")
_BLANK = re.compile(r"\n[ \t]*\n")


def vtt(original: Original) -> list[Reading]:
    """A transcript; time stamps, notes and styles are dropped.

    A turn is `Name: words`. Captions that name nobody follow as a line of their own, since
    to continue the turn before them would put words into somebody's mouth.
    """
    head, *blocks = _BLANK.split(characters(original))
    if not re.match(r"WEBVTT(?:[ \t\n]|\Z)", head):
        raise original.refusal(
            "does not begin with WEBVTT; export the transcript again as .vtt", "file_damaged"
        )
    turns = list(_turns(said for block in blocks for said in _cue(block)))
    title = line(re.split(r"\n", head)[0].removeprefix("WEBVTT").lstrip(" \t-–—"))
    return [
        Reading(
            key=original.name,
            title=title or original.stem,
            text="\n".join(turns),
            media="text/vtt",
            dated=original.dated,
        )
    ]


def _cue(block: str) -> Iterator[tuple[str, str]]:
    """The (speaker, words) of one caption; the speaker is empty when nobody is named."""
    lines = block.strip().split("\n")
    times = next((number for number, row in enumerate(lines[:2]) if "-->" in row), None)
    if times is None:
        return  # a note, a style or a region
    body = "\n".join(lines[times + 1 :])
    before, *voices = _VOICE.split(body)
    yield from _plain(before)
    for speaker, words in zip(voices[::2], voices[1::2], strict=True):
        yield line(unescape(speaker)), _spoken(words)


def _plain(body: str) -> Iterator[tuple[str, str]]:
    speaker, words = "", ""
    for row in map(_spoken, body.split("\n")):
        if named := SPEAKER.match(row):
            yield speaker, words
            speaker, words = line(named[1]), row[named.end() :]
        else:
            words = f"{words} {row}".strip()
    yield speaker, words


def _spoken(words: str) -> str:
    return " ".join(unescape(_TAG.sub("", words)).split())


def _turns(captions: Iterator[tuple[str, str]]) -> Iterator[str]:
    """What one speaker says in a row, as one line; a caption shown twice counts once."""
    speaker, words = "", list[str]()
    for name, said in captions:
        if not said or (words and words[-1] == said and name == speaker):
            continue
        if name != speaker and words:
            yield _turn(speaker, words)
            words = []
        speaker = name
        words.append(said)
    if words:
        yield _turn(speaker, words)


def _turn(speaker: str, words: list[str]) -> str:
    return f"{speaker}: {' '.join(words)}" if speaker else " ".join(words)
