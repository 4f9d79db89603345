"""What must not leave with a sentence: ways out of it, calls to people, and data in disguise.

A sentence may be written by a model that does what a customer's mail tells it. Whatever it was
told, a link leads only where the allow list says, nobody is called, nothing unseen or encoded is
carried, and no address or number to write or call stands in it that is not on record.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

#: What stands in the place of something that was left out.
LEFT_OUT = "[…]"

_ENDINGS = Path(__file__).with_name("outgoing.toml")

_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?[.。．｡])+[^\W\d_]{2,24}"
_SCHEME = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}:[/\\]{1,}\S*|\b(?:mailto|tel|sms|data|javascript|file):\S+",
    re.IGNORECASE,
)
_MAIL = re.compile(rf"[\w.+-]+@{_HOST}")
_BARE = re.compile(rf"(?<![\w@.]){_HOST}(?:[/?:#][^\s,;)\]]*)?", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])(?:[:/]\S*)?")
_PHONE = re.compile(r"(?:\+|\b00)\d[\d ()/.-]{6,}\d|(?<![\w-])0\d{2,5}[ /-]\d{4,}")
_CALLS = re.compile(r"(?:<|&lt;)[@!#][^>\s]*>?|[@＠][\w.-]+|(?<!&)#[^\W\d_][\w-]*")
_MARKS = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)|\]\s*[(\[:]|</?[A-Za-z][^>]*>|`+|\||^\s*#+\s", re.MULTILINE
)
_ENCODED = (
    re.compile(r"(?<![^\s\"'“„«(:=])[A-Za-z0-9+/_-]{20,}={1,2}"),
    re.compile(r"\b(?:[0-9a-fA-F]{2}[\s:-]?){12,}\b"),
    re.compile(r"(?:%[0-9a-fA-F]{2}){3,}"),
    re.compile(r"(?:\\[ux]\{?[0-9a-fA-F]{2,8}\}?){3,}"),
    re.compile(r"(?:&#x?[0-9a-fA-F]+;?){3,}"),
    re.compile(r"(?:\b[01]{7,8}\b\s*){3,}"),
    re.compile(r"(?:\b\d{1,3}\b[\s,-]{1,2}){8,}\d*"),
    re.compile(r"(?:(?<!\w)[^\W\d_][\s.-]){7,}[^\W\d_](?!\w)"),
)
_AFTER = ".,;:!?)\"'”»]"  # ends the sentence rather than the address
_LONG = re.compile(r"[A-Za-z0-9+/_-]{20,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSEEN_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile("[ \n]+")  # not those that hold a figure and its unit together
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Co"})
_DRESSED = ("<font>", "<wide>", "<circle>", "<square>", "<fraction>")
_SWITCHES = 4  # between small and capital letters or figures, in a long word that is none


@dataclass(frozen=True)
class Ways:
    """Where a text may lead.

    Attributes:
        hosts: of links over https, to the letter.
        domains: ours; any mail address there may be told.
        recorded: the mail addresses and telephone numbers of the people on record.
    """

    hosts: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    recorded: tuple[str, ...] = ()

    def allows_link(self, url: str) -> bool:
        """Whether a link may be told."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme == "https" and parts.netloc in self.hosts and url.isascii()

    def allows_mail(self, address: str) -> bool:
        """Whether a mail address may be told."""
        known = address.rpartition("@")[2].casefold() in self.domains
        return known or self.on_record(address)

    def on_record(self, words: str) -> bool:
        """Whether these are somebody's address or number."""
        return words in self.recorded


def visible(text: str) -> str:
    """The text on one line, without what nobody can see."""
    seen = "".join(c if unicodedata.category(c) not in _UNSEEN_KINDS else _gap(c) for c in text)
    return _BLANKS.sub(" ", _UNSEEN_LETTERS.sub("", seen)).strip()


def ways_out(text: str, ways: Ways) -> Iterator[str]:
    """Each part of a text that must not leave, as it stands there."""
    for start, end in _spans(text, ways):
        yield text[start:end]


def without_ways_out(text: str, ways: Ways) -> str:
    """The text on one line, with what must not leave left out and marked as left out."""
    shown = visible(text)
    pieces, at = [], 0
    for start, end in sorted(_spans(shown, ways)):
        if start >= at:
            pieces += [shown[at:start], LEFT_OUT]
        at = max(at, end)
    return "".join([*pieces, shown[at:]])


def _spans(text: str, ways: Ways) -> Iterator[tuple[int, int]]:
    """The places that must not leave; what is part of an allowed address is no place of its own."""
    taken: list[tuple[int, int]] = []
    for pattern, allowed in _judges(ways):
        for match in pattern.finditer(text):
            said = match[0].rstrip(_AFTER) if pattern in {_SCHEME, _BARE} else match[0]
            start, end = match.start(), match.start() + len(said)
            if pattern is not _MARKS and any(start < b and a < end for a, b in taken):
                continue
            if pattern in {_SCHEME, _MAIL}:
                taken.append((start, end))
            if not allowed(said):
                yield start, end


def _judges(ways: Ways) -> Iterator[tuple[re.Pattern[str], Callable[[str], bool]]]:
    """Each pattern with what tells whether something it finds may leave; addresses first."""
    yield _SCHEME, ways.allows_link
    yield _MAIL, ways.allows_mail
    yield _BARE, lambda said: said in ways.hosts or not _is_host(said)
    yield _PHONE, ways.on_record
    yield _LONG, lambda said: not _is_jumbled(said)
    yield _WORD, lambda said: not _is_disguised(said)
    for pattern in (_FIGURES, _CALLS, _MARKS, *_ENCODED):
        yield pattern, lambda _: False


def _is_host(said: str) -> bool:
    name = re.split(r"[/?:#]", said, maxsplit=1)[0]
    labels = re.split("[.。．｡]", name.casefold())
    if labels[0] == "www" or any(mark in name for mark in "。．｡"):
        return True
    return labels[-1] in _endings() and len(labels[-2]) > 1


def _is_jumbled(word: str) -> bool:
    """A long word that changes between small letters, capitals and figures like none does."""
    sorts = ["a" if c.islower() else "A" if c.isupper() else "0" for c in word if c.isalnum()]
    changes = sum(one != other for one, other in pairwise(sorts))
    return changes >= _SWITCHES and "-" not in word


def _is_disguised(word: str) -> bool:
    """A word in letters of several scripts, or in letters that are dressed up as others."""
    if any(unicodedata.decomposition(c).startswith(_DRESSED) for c in word):
        return True
    scripts = {_script(c) for c in word}
    return len(scripts - {""}) > 1


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((one for one in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(one)), "")


def _gap(char: str) -> str:
    return " " if char in "\n\r\t\x0b\x0c\x85" else ""


@cache
def _endings() -> frozenset[str]:
    raw = tomllib.loads(_ENDINGS.read_text(encoding="utf-8"))
    return frozenset(raw["endings"].split())
