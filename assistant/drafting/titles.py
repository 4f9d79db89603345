"""What a source is called in the language of its reader.

A document and an article keep the name their author gave them. A record is called by its kind and
its own name. A rule titles its computations in English; in another language one is called by what
it computes: whose it is stands in the sentence that cites it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.claims import Evidence
from assistant.drafting.phrases import read_phrases

FOLDER = Path(__file__).parent / "titles"
#: For a computation that has no name of its own here.
OTHER = "other"


def title_in(source: Evidence, language: str) -> str:
    """The title of a source for a reader of a language."""
    names = computations(language)
    if source.type != "computed" or not names:
        return _of_record(source, language) or source.title
    _, name, *_ = source.ref.split(":")
    known = names.get(name.rstrip("0123456789"))
    return known or _of_record(source, language) or names[OTHER]


def _of_record(source: Evidence, language: str) -> str | None:
    """The title of a record, or of a figure that is called by its record."""
    kind = next(iter(source.refs), "").partition(":")[0]
    word = read_phrases(language).texts.get(f"kind.{kind}")
    named = source.title.removeprefix(kind.replace("_", " ").capitalize())
    return word + named if word is not None and named != source.title else None


@lru_cache
def computations(language: str) -> Mapping[str, str]:
    """What computations are called, by the first part of their reference; empty for English."""
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        return {}
    names: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return names
