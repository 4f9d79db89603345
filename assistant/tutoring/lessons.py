"""A lesson: one article of the playbook, laid out to be read in five minutes and used tomorrow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims import Evidence
from knowledge.playbook import Article, Reference

_QUESTION = re.compile(r"^- (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A part of a lesson: Markdown text, and the passages of the article it is made of."""

    id: str
    title: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Lesson:
    """What somebody reads.

    Attributes:
        id: the slug of the article.
        parts: what it is, how to do it, an example on a fictional account, the usual mistakes,
            and what to do tomorrow with one's own account.
        fits: own accounts whose records call for this lesson, with what calls for it.
        evidence: how well the article's advice is borne out by research; `note` says why.
    """

    id: str
    title: str
    summary: str
    minutes: int
    words: int
    parts: tuple[Part, ...]
    questions: tuple[str, ...]
    related: tuple[str, ...]
    evidence: str
    note: str
    sources: tuple[Reference, ...]
    fits: tuple[Fit, ...] = ()


@dataclass(frozen=True)
class Fit:
    """An account of the reader for which a `situation` of the article holds, as it writes it."""

    account_id: str
    account: str
    situation: str

    @property
    def because(self) -> str:
        """The situation in plain words."""
        return self.situation.replace("_", " ")


def lesson_of(article: Article, version: int, fits: tuple[Fit, ...] = ()) -> Lesson:
    """The lesson of an article; `version` is the stored version that its passages cite."""
    page = _Page(article, version)
    asked = article.section("Questions to ask a customer")
    questions = tuple(_QUESTION.findall(article.text[slice(*asked)]))
    parts = (
        page.part("what", "What it is", page.opening, article.section("What good looks like")),
        page.part("how", "How to do it", article.section("How to do it")),
        page.part("example", "On a fictional account", article.section("A worked example")),
        page.part("mistakes", "The usual mistakes", article.section("Mistakes")),
        page.part("tomorrow", "Do it tomorrow with your account", article.move),
    )
    words = sum(len(part.text.split()) for part in parts)
    return Lesson(
        article.slug,
        article.title,
        article.summary,
        article.minutes,
        words,
        parts,
        questions,
        article.related,
        article.evidence,
        article.evidence_note,
        article.sources,
        fits,
    )


@dataclass(frozen=True)
class _Page:
    article: Article
    version: int

    @property
    def opening(self) -> tuple[int, int]:
        """The text before the first heading."""
        return 0, len(self.article.text.partition("\n## ")[0].rstrip())

    def part(self, part_id: str, title: str, *spans: tuple[int, int]) -> Part:
        article = self.article
        passages = tuple(
            Evidence(
                "passage",
                f"{article.source_id}@{self.version}[{start}:{end}]",
                article.title,
                article.text[start:end],
            )
            for start, end in spans
        )
        return Part(part_id, title, "\n\n".join(one.quote for one in passages), passages)
