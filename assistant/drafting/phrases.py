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
_LETTERS = re.compile(r"[^\W\d_]")
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

    def fixed_in(self, sentence: str) -> str:
        """The words of a sentence that one of these phrases writes itself; empty if none does.

        Of several phrases that could have written it the one counts that fixes most; what fills
        its placeholders may be a phrase again.
        """
        return _fixed(self.language, sentence)

    @cached_property
    def shapes(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Each phrase as a pattern with its fixed words, those that fix most first."""
        shapes = [_shape(text) for text in dict.fromkeys(self.texts.values())]
        shapes.sort(key=lambda shape: -len(shape[1]))
        return tuple(shape for shape in shapes if _LETTERS.search(shape[1]))

    def heading(self, section: str) -> str:
        """The title of a section."""
        return self.text(f"heading.{section}")


def _shape(template: str) -> tuple[re.Pattern[str], str]:
    pattern, fixed = "", []
    for words, name, *_ in Formatter().parse(template):
        pattern += re.escape(words) + ("(.+?)" if name else "")
        fixed.append(words)
    return re.compile(pattern, re.DOTALL), " … ".join(fixed)


@lru_cache(maxsize=4_096)
def _fixed(language: str, sentence: str) -> str:
    for pattern, fixed in read_phrases(language).shapes:
        match = pattern.fullmatch(sentence)
        if match:
            return " … ".join([fixed, *(_fixed(language, filled) for filled in match.groups())])
    return ""


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
