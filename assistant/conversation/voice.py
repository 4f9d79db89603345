"""The voice: the pen of the drafts with the phrases of talk added to it."""

from __future__ import annotations

import tomllib
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.drafting import Pen
from assistant.drafting.phrases import Phrases, read_phrases
from assistant.errors import BadTemplate

FOLDER = Path(__file__).parent / "phrases"
_DEEP = 3  # phrases within phrases


class Sayings(Phrases):
    """The phrases of talk and of drafts in one language."""

    def fixed_in(self, sentence: str) -> str:
        """The words of a sentence that one of these phrases writes itself; empty if none does."""
        return _fixed(self.language, sentence, _DEEP)


class Voice(Pen):
    """Writes the sentences of an answer."""

    @cached_property
    def phrases(self) -> Phrases:
        """The language's phrases, those of the drafts among them."""
        return sayings(self.language)

    def say(self, key: str, **values: str) -> str:
        """A sentence that states no fact about anybody: a refusal, a question back, a step."""
        return self.phrases.text(key, **values)


@lru_cache
def sayings(language: str) -> Sayings:
    """The phrases of a language; raises `BadTemplate` for one that has none."""
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        raise BadTemplate(f"No answers in “{language}”: {path.name} is not there.")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    own = {f"{table}.{name}": text for table, rows in tables.items() for name, text in rows.items()}
    return Sayings(language, {**read_phrases(language).texts, **own})


@lru_cache(maxsize=4_096)
def _fixed(language: str, sentence: str, deep: int) -> str:
    for pattern, fixed in sayings(language).shapes:
        match = pattern.fullmatch(sentence)
        if match and deep:
            inner = (_fixed(language, filled, deep - 1) for filled in match.groups())
            return " … ".join([fixed, *inner])
    return ""
