"""The playbook: strategic-sales guidance in our own words, one Markdown file an article.

Each article names its sources and how good the evidence is. Its last section, “The move”, is what
a plan may quote in the situations that the article lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from knowledge.errors import Unreadable

FOLDER = Path(__file__).parent / "articles"
#: The C loader reads the whole playbook in a tenth of the time.
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)

#: When a plan should bring an article up; the drafting room says which of them hold.
SITUATIONS = frozenset(
    {
        "champion_left",
        "complaint_open",
        "concentration",
        "customer_in_trouble",
        "decline",
        "development_stage",
        "discount_pressure",
        "early_stage",
        "final_stage",
        "high_cost_to_serve",
        "long_term_stage",
        "lost_deal",
        "low_potential",
        "missing_stakeholder",
        "no_economic_buyer",
        "no_joint_plan",
        "nurture",
        "only_when_selling",
        "open_opportunity",
        "outside_policy",
        "overdue_promise",
        "pre_relationship",
        "review_due",
        "single_thread",
        "slow_response",
        "stale_contact",
        "unknown_needs",
        "whitespace",
    }
)


@dataclass(frozen=True)
class Reference:
    """A work an article rests on, and what of the article rests on it."""

    author: str
    year: int | None
    title: str
    where: str
    supports: str


@dataclass(frozen=True)
class Article:
    """One article. `text` is what is stored and cited; offsets point into it."""

    slug: str
    title: str
    kind: Literal["framework", "stage", "imperative", "practice"]
    summary: str
    situations: tuple[str, ...]
    roles: tuple[str, ...]
    minutes: int
    evidence: Literal["strong", "mixed", "weak"]
    evidence_note: str
    related: tuple[str, ...]
    sources: tuple[Reference, ...]
    text: str

    @property
    def source_id(self) -> str:
        """Under which the article is stored and cited."""
        return f"playbook:{self.slug}"

    @property
    def move(self) -> tuple[int, int]:
        """Where “The move” stands in `text`: `text[start:end]` is what a plan quotes."""
        return self.section("The move")

    def section(self, heading: str) -> tuple[int, int]:
        """Start and end of the text under a heading; raises `Unreadable` if it has none."""
        headings = list(_HEADING.finditer(self.text))
        for found, following in zip(headings, [*headings[1:], None], strict=True):
            if found[1].strip() == heading:
                end = following.start() if following else len(self.text)
                body = self.text[found.end() : end]
                start = found.end() + len(body) - len(body.lstrip())
                return start, start + len(body.strip())
        raise Unreadable(f"playbook article {self.slug}: no section “{heading}”.")


@lru_cache(maxsize=1)
def read_playbook(folder: Path = FOLDER) -> Mapping[str, Article]:
    """Every article by slug, in order of slug; raises `Unreadable` naming file and fault."""
    articles = {}
    for path in sorted(folder.glob("*.md")):
        article = read_article(path)
        articles[article.slug] = article
    return articles


def read_article(path: Path) -> Article:
    """One article; raises `Unreadable` naming the file and what is wrong with it."""
    text = path.read_text(encoding="utf-8")
    front = _FRONT_MATTER.match(text)
    if front is None:
        raise Unreadable(f"{path.name}: an article begins with its front matter between --- lines.")
    try:
        given: dict[str, Any] = yaml.load(front[1], _YAML)  # noqa: S506 - a safe loader
        given["sources"] = tuple(Reference(**source) for source in given["sources"])
        for key in ("situations", "roles", "related"):
            given[key] = tuple(given[key])
        article = Article(text=text[front.end() :].strip(), **given)
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise Unreadable(f"{path.name}: the front matter is wrong: {error}.") from error
    if article.slug != path.stem:
        raise Unreadable(f"{path.name}: its slug says “{article.slug}”.")
    if unknown := set(article.situations) - SITUATIONS:
        raise Unreadable(f"{path.name}: unknown situations {', '.join(sorted(unknown))}.")
    return article
