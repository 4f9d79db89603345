"""What we have taken on, in the words a customer should read: without our notes on it."""

from __future__ import annotations

import re

from knowledge.records import AccountFile
from knowledge.records.tables import Commitment

_ABOUT_PROMISE = (
    r"promised|moved|postponed|was due|internal\w*|zugesagt|verschoben|vertagt|intern\w*"
    r"|обещан\w*|перен\w+|внутренн\w*"
)
#: A remark in brackets about the promise itself, such as the day it was moved to.
_NOTE = re.compile(rf"\s*[(\[][^()\[\]]*\b(?:{_ABOUT_PROMISE})\b[^()\[\]]*[)\]]", re.IGNORECASE)
#: Where it may say whom it is for: “…, to Mette Kjærgaard”. The letter has that above it.
_FOR = re.compile(r",?\s+(?:to|for|an|für|для)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:and|und|и|dr|prof|mr|mrs|ms|herrn?|frau)\b|[.,&\s]", re.IGNORECASE)


def as_told(file: AccountFile, row: Commitment) -> str:
    """A commitment's own words, without notes of ours and without whom it is for."""
    words = " ".join(_NOTE.sub("", row.text).split()).rstrip(" .") or row.text
    for opening in _FOR.finditer(words):
        if _only_names(file, words[opening.end() :]):
            return words[: opening.start()] or words
    return words


def _only_names(file: AccountFile, words: str) -> bool:
    """Whether nothing but people of theirs is named."""
    for person in sorted(file.contacts, key=lambda one: -len(one.name)):
        words = words.replace(person.name, "")
    return not _BETWEEN.sub("", words)
