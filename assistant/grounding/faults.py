"""What is wrong with a claim, one fault at a time, and how to say it to a rep."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "reasons"
FaultKind = Literal[
    "no_evidence",
    "missing_source",
    "wrong_account",
    "quote",
    "formula",
    "number",
    "unit",
    "date",
    "name",
    "polarity",
    "support",
    "not_given",
    "slot",
    "foreign_slot",
    "silent",
    "leads_out",
    "leads_to",
    "orders",
    "language",
]


@dataclass(frozen=True)
class Fault:
    """One thing a claim says that its sources do not bear out.

    `said` is the place in the sentence (or the reference) that fails; `found` what the sources
    say instead, where they say something comparable.
    """

    kind: FaultKind
    said: str = ""
    found: str | None = None

    def told(self, language: str = "en") -> str:
        """The fault in one short sentence of a language; in English for one that has no file."""
        tables = reasons(language)
        if self.found and self.kind in tables["compared"]:
            found = tables["found"].get(self.found.replace(" ", "_"), self.found)
            return tables["compared"][self.kind].format(said=self.said, found=found)
        return tables["plain"][self.kind].format(said=self.said)


@lru_cache
def reasons(language: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of a language, or the English ones, by table and kind."""
    known = language if (FOLDER / f"{language}.toml").is_file() else "en"
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (FOLDER / f"{known}.toml").read_text(encoding="utf-8")
    )
    return tables
