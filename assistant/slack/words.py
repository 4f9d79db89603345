"""The words of messages, views and modals, one TOML file a language.

A key is `table.name`. Every language has the same keys with the same placeholders (a test sees to
it). A language that has no file is answered in English.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from assistant.rendering.captions import Captions

FOLDER = Path(__file__).parent / "words"


@lru_cache
def words(language: str) -> Captions:
    """The words of a language, or the English ones, with its figures and days."""
    known = language if (FOLDER / f"{language}.toml").is_file() else "en"
    tables = tomllib.loads((FOLDER / f"{known}.toml").read_text(encoding="utf-8"))
    return Captions(
        known,
        {f"{table}.{name}": text for table, rows in tables.items() for name, text in rows.items()},
    )
