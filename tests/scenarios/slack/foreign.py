"""Reading along for colleagues who have no English: what the app said to them that is English.

What people wrote stays in their language: records, documents, the playbook, invented persons, and
whatever stands in quotation marks. All else is the app's own, in the words of its reader.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import knowledge.playbook
import knowledge.sample
from assistant.tutoring import bank
from assistant.tutoring.role_play import personas
from tests.assistant.slack.house import House

#: Words that no German sentence has, and hardly an English one lacks.
_ENGLISH = frozenset(
    {
        *("the", "and", "of", "is", "are", "you", "your", "that", "this"),
        *("with", "for", "to", "has", "have", "not", "it", "which", "from"),
        *("they", "their", "there", "be", "been", "who", "when", "what", "how"),
        *("why", "its", "our", "we", "or", "by", "as", "at", "on"),
        *("no", "nobody", "nothing", "them"),
    }
)
_QUOTED = re.compile(r"“[^”]*”|„[^“]*“|«[^»]*»|`[^`]*`|~[^~]*~|^>.*$|<[^>]*>", re.MULTILINE)
#: The letter of something that could be said.
_LETTER = re.compile(r"^\*[A-H]\* ")
_SENTENCE = re.compile(r"(?<=[.?!])\s|: |  ·  |; ")
_SHOWN = frozenset(
    {
        *("text", "title", "details", "output", "label", "hint", "placeholder"),
        *(
            "alt_text",
            "status",
            "message",
            "initial_comment",
            "markdown_text",
            "markdown",
            "errors",
        ),
    }
)
_PEOPLE = (
    *(Path(str(one.__file__)).parent for one in (knowledge.playbook, knowledge.sample)),
    *(one.FOLDER for one in (bank, personas)),
)


def english(house: House) -> list[str]:
    """The English sentences among everything the app has sent, each once."""
    sent = [*(call.arguments for call in house.slack.calls)]
    sent += [delivery.response or {} for delivery in house.slack.deliveries]
    lines = dict.fromkeys(line for one in sent for line in _lines(one, shown=False))
    return [sentence for line in lines for sentence in sentences(line)]


def sentences(line: str) -> Iterator[str]:
    """The English ones of a line."""
    said = _LETTER.sub("", line)
    for sentence in _SENTENCE.split(_QUOTED.sub(" ", said)):
        words = _core(sentence)
        if words and words not in _written():
            yield sentence


def _core(sentence: str) -> str:
    """From the first to the last English word, with one more on both sides; of others nothing."""
    words = _bare(sentence).split()
    found = [at for at, word in enumerate(words) if word in _ENGLISH]
    if len({words[at] for at in found}) < 2:
        return ""
    return " ".join(words[max(0, found[0] - 1) : found[-1] + 2])


@lru_cache
def _written() -> str:
    """What people wrote: the playbook, its questions, the invented persons, the records."""
    files = (one for folder in _PEOPLE for one in folder.rglob("*") if one.suffix in _READ)
    return " ".join(_bare(one.read_text(encoding="utf-8")) for one in files)


_READ = frozenset({".md", ".toml", ".csv", ".json", ".txt", ".eml", ".vtt"})


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", html.unescape(text).casefold()))


def _lines(value: Any, *, shown: bool) -> Iterator[str]:
    """Every line of what people are shown, wherever it stands in a call."""
    if isinstance(value, str) and shown:
        yield from filter(str.strip, value.splitlines())
    elif isinstance(value, list):
        for part in value:
            yield from _lines(part, shown=shown)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _lines(part, shown=key in _SHOWN or (shown and isinstance(part, str)))
