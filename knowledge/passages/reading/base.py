"""What every reader is given, what it gives back, and how far it may go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath

from knowledge.errors import Unreadable

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_DASH = re.compile(r"(?<!\d)-|-(?!\d)")
_NEWLINE = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, lone surrogates (no database stores them), and characters nobody sees: soft hyphens,
# zero-width spaces, direction overrides and tags, which hide words from a reader but not a search.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Limits:
    """How much of a file is taken before it is refused: no file may exhaust the machine.

    Bytes are bytes, characters are those of the extracted text. `ratio` is unpacked to packed
    bytes of a .docx or .pptx as a whole; `xml_bytes` bounds what is parsed out of it.
    """

    file_bytes: int = 25 * 1024 * 1024
    characters: int = 2_000_000
    zip_entries: int = 5_000
    zip_ratio: int = 100
    zip_bytes: int = 100 * 1024 * 1024
    xml_bytes: int = 40 * 1024 * 1024
    pages: int = 1_000
    mime_parts: int = 500
    mime_depth: int = 20
    html_depth: int = 200
    html_elements: int = 200_000
    messages: int = 20_000


@dataclass(frozen=True)
class Reading:
    r"""A document as text, and what the file says about itself.

    `key` is the natural key: the Message-ID of a mail, else the path relative to the root in
    POSIX form. `text` is what every offset points into: newlines are `\n`, no controls but
    `\n` and `\t`, composed (NFC). `participants` are e-mail addresses in lower case;
    `language_hint` and `account_hint` are claims of the file, not findings. `warnings` are
    sentences about what could not be taken.
    """

    key: str
    title: str
    text: str
    media: str
    dated: date | None = None
    author: str | None = None
    participants: tuple[str, ...] = ()
    account_hint: str | None = None
    language_hint: str | None = None
    front_matter: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Original:
    """The bytes of a file and `name`, its path relative to the root in POSIX form."""

    name: str
    data: bytes
    limits: Limits

    def refusal(self, why: str, key: str, **values: object) -> Unreadable:
        """The error to raise.

        Args:
            why: completes the sentence “NAME …” and says what to do.
            key: the same for whoever says it in another language.
            values: what is said besides the name.
        """
        return Unreadable(f"“{self.name}” {why}.", key, name=self.name, **values)

    @property
    def stem(self) -> str:
        """The file's name as a title: no suffix, and its dashes are spaces except in dates."""
        stem = PurePosixPath(self.name).stem.replace("_", " ")
        return line(stem if " " in stem.strip() else _DASH.sub(" ", stem)) or self.name

    @property
    def dated(self) -> date | None:
        """The date in the file's name, if there is one."""
        return day(PurePosixPath(self.name).stem)


def clean(text: str) -> str:
    r"""The text as it is stored: composed, newlines `\n`, nothing unseen, no blank ends."""
    text = _UNSEEN.sub("", _NEWLINE.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def line(text: str) -> str:
    """The text cleaned, on one line, at most 300 characters: a title or a name."""
    return " ".join(clean(text).split())[:300].rstrip()


def day(text: str) -> date | None:
    """The first date written year-month-day in the text, or None."""
    for found in _DATE.finditer(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def stored(reading: Reading, original: Original) -> Reading:
    """The reading as it is kept: its text cleaned, neither empty nor beyond the limit.

    Raises:
        Unreadable: it is one of both.
    """
    text = clean(reading.text)
    if len(text) > original.limits.characters:
        raise original.refusal(
            f"holds more than {original.limits.characters:,} characters of text; split it",
            "file_long",
        )
    if not text:
        raise original.refusal("holds no text; leave it out or export it again", "file_empty")
    return replace(reading, text=text, title=line(reading.title))
