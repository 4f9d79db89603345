"""A failure of a model, told in another language than its message's English.

The English message may go into details that an administrator needs. A file for each other language
says the same for whoever asked, by the `outcome` of the failure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.errors import ModelFailure

FOLDER = Path(__file__).parent / "failures"


def sentence_of(failure: ModelFailure, language: str) -> str:
    """The failure in one sentence of a language; in English for one that has no file."""
    return failures(language).get(failure.outcome, str(failure))


@lru_cache
def failures(language: str) -> Mapping[str, str]:
    """The sentence of every outcome in a language; empty for English."""
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        return {}
    told: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return told
