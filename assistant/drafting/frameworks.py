"""The framework behind a rule or a section: its article, and two sentences of it word for word."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.claims import Evidence
from assistant.errors import BadTemplate
from knowledge.playbook import Article

FILE = Path(__file__).parent / "frameworks.toml"


@dataclass(frozen=True)
class Framework:
    """An article's slug, and the words of it that say what the rule is after."""

    article: str
    quotes: tuple[str, ...]

    def passages(self, article: Article, version: int) -> tuple[Evidence, ...]:
        """The quotes as passages of the stored article; none where it no longer has the words."""
        found = [(quote, article.text.find(quote)) for quote in self.quotes]
        return tuple(
            passage(article, version, start, start + len(quote))
            for quote, start in found
            if start >= 0
        )


@dataclass(frozen=True)
class Ground:
    """What a section of a draft stands on: a framework, and the rules whose numbers it shows."""

    framework: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Frameworks:
    """Every framework by name, and the sections of drafts about an account and about a team."""

    frameworks: Mapping[str, Framework]
    account: Mapping[str, Ground]
    team: Mapping[str, Ground]


def passage(article: Article, version: int, start: int, end: int) -> Evidence:
    """A span of a stored article as a source."""
    return Evidence(
        type="passage",
        ref=f"{article.source_id}@{version}[{start}:{end}]",
        title=f"Playbook: {article.title}",
        quote=article.text[start:end],
    )


@lru_cache(maxsize=1)
def read_frameworks(path: Path = FILE) -> Frameworks:
    """The frameworks of the file; raises `BadTemplate` where a section names one it lacks."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    frameworks = {
        name: Framework(given["article"], tuple(given["quotes"]))
        for name, given in raw["framework"].items()
    }
    read = Frameworks(frameworks, _grounds(raw["account"]), _grounds(raw["team"]))
    for section, ground in (*read.account.items(), *read.team.items()):
        if ground.framework not in frameworks:
            raise BadTemplate(f"{path.name}: “{section}” names no framework: {ground.framework}.")
    return read


def _grounds(raw: Mapping[str, Any]) -> dict[str, Ground]:
    return {
        section: Ground(given["framework"], tuple(given["rules"])) for section, given in raw.items()
    }
