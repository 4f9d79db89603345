"""The sentences that templates write, one TOML file a language, with strict placeholders.

A key is `table.name`. Every language has the same keys with the same placeholders (a test sees to
it); a value too many or too few raises, so that no draft ever shows a hole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter

from assistant.errors import BadTemplate

FOLDER = Path(__file__).parent / "phrases"
_CAPITAL = re.compile(r"\b[A-ZÄÖÜЁА-Я][^\W\d_]*(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language."""

    language: str
    texts: Mapping[str, str]

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The capitalised words that the phrases write themselves: they name nobody."""
        fixed = (part for text in self.texts.values() for part, *_ in Formatter().parse(text))
        return frozenset(word for part in fixed for word in _CAPITAL.findall(part))

    def text(self, key: str, **values: str) -> str:
        """The phrase with its placeholders filled; raises `BadTemplate` when they do not fit."""
        template = self.texts.get(key)
        if template is None:
            raise BadTemplate(f"phrases/{self.language}.toml: no phrase “{key}”.")
        wanted = placeholders(template)
        if wanted != values.keys():
            raise BadTemplate(
                f"phrases/{self.language}.toml, “{key}”: wants {sorted(wanted)}, "
                f"given {sorted(values)}."
            )
        return template.format(**values)

    def heading(self, section: str) -> str:
        """The title of a section."""
        return self.text(f"heading.{section}")


def placeholders(template: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@lru_cache
def read_phrases(language: str) -> Phrases:
    """The phrases of a language; raises `BadTemplate` for one that has none."""
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise BadTemplate(f"No drafts in “{language}”: choose one of {known}.")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Phrases(
        language,
        {f"{table}.{name}": text for table, rows in tables.items() for name, text in rows.items()},
    )
