"""Questions on the playbook, each answerable from one passage that it cites.

Most are written by people, one TOML file an article, beside a quote that must stand word for word
in the article; one more an article is made from the moves of its neighbours. A question whose
quote no longer stands in its article (or whose article is gone) is not asked.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from assistant.claims import Claim, Evidence
from assistant.errors import BadTemplate
from knowledge.playbook import Article, read_playbook

FOLDER = Path(__file__).parent / "questions"
Kind = Literal["recall", "choose", "apply", "spot"]
KINDS: tuple[Kind, ...] = ("recall", "choose", "apply", "spot")
_KEYS = {"ask", "answer", "quote", "here", "wrong", "right"}
_OPTIONS = 4


@dataclass(frozen=True)
class Question:
    """A question and the passage that answers it.

    Attributes:
        id: stable while article and wording stay; cards are kept under it.
        article: the slug of the article.
        kind: `recall` a rule, `choose` one of several options, `apply` a rule to an invented
            case, `spot` what is wrong with the statement in `ask`.
        answer: the sentence shown as right, borne out by the passage.
        here: what the rule comes to in the invented case of `ask`; nothing of it is a fact.
        start: where the quoted passage begins in the article's text; `quote` is as long as it.
        options: empty where the learner answers in their own words.
        right: the position of the right option.
    """

    id: str
    article: str
    kind: Kind
    ask: str
    answer: str
    quote: str
    start: int
    here: str | None = None
    options: tuple[str, ...] = ()
    right: int | None = None

    def evidence(self, version: int) -> Evidence:
        """The passage of the stored article that answers the question."""
        article = read_playbook()[self.article]
        end = self.start + len(self.quote)
        ref = f"{article.source_id}@{version}[{self.start}:{end}]"
        return Evidence("passage", ref, article.title, self.quote)

    def claim(self, version: int) -> Claim:
        """The answer as a sentence to check, with its passage."""
        return Claim(self.answer, "fact", (self.evidence(version),))


@lru_cache(maxsize=1)
def shipped_questions() -> Mapping[str, Question]:
    """Every question on the shipped playbook by id, article by article."""
    return read_questions(FOLDER, read_playbook())


def read_questions(folder: Path, playbook: Mapping[str, Article]) -> Mapping[str, Question]:
    """The questions of a folder that the articles answer, by id.

    Raises:
        BadTemplate: a file has a key it should not have, or a question lacks a part.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        article = playbook.get(path.stem)
        if article is not None:
            asked = [*_written(path, article), *_on_the_move(article, playbook)]
            found.update({question.id: question for question in asked})
    return found


def _written(path: Path, article: Article) -> Iterator[Question]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := raw.keys() - set(KINDS):
        raise BadTemplate(f"{path.name}: no such kind of question: {', '.join(sorted(unknown))}.")
    for kind in KINDS:
        for given in raw.get(kind, []):
            if given.keys() - _KEYS or not {"ask", "answer", "quote"} <= given.keys():
                raise BadTemplate(
                    f"{path.name}: a question has ask, answer, quote, perhaps here, wrong, right, "
                    f"and nothing else: “{given.get('ask', '?')}”."
                )
            question = _asked(article, kind, given)
            if question is not None:
                yield question


def _asked(article: Article, kind: Kind, given: Mapping[str, Any]) -> Question | None:
    """The question, unless the article has lost the passage that answers it."""
    quote = given["quote"].strip()
    start = article.text.find(quote)
    if start < 0:
        return None
    identity = _identity(article, kind, given["ask"])
    options: Sequence[str] = ()
    right = None
    if given.get("wrong"):
        truth = given.get("right", given["answer"])
        options = _shuffled(identity, [truth, *given["wrong"]])
        right = options.index(truth)
    return Question(
        identity,
        article.slug,
        kind,
        given["ask"],
        given["answer"],
        quote,
        start,
        given.get("here"),
        tuple(options),
        right,
    )


def _on_the_move(article: Article, playbook: Mapping[str, Article]) -> Iterator[Question]:
    """Which of four first steps belongs to the article; the others are its neighbours' moves."""
    near = [playbook[slug] for slug in article.related if slug in playbook]
    alike = [a for a in playbook.values() if a.kind == article.kind and a not in (*near, article)]
    rest = [a for a in playbook.values() if a not in (*near, *alike, article)]
    others = [_move_of(other) for other in [*near, *alike, *rest][: _OPTIONS - 1]]
    ask = f"{article.summary} Which first step does “{article.title}” ask of you?"
    move = _move_of(article)
    given = {"ask": ask, "answer": move, "quote": move, "wrong": others}
    if question := _asked(article, "choose", given):
        yield question


def _move_of(article: Article) -> str:
    start, end = article.move
    return article.text[start:end]


def _identity(article: Article, kind: Kind, ask: str) -> str:
    words = " ".join(ask.casefold().split())
    digest = hashlib.sha256(f"{article.slug}\n{kind}\n{words}".encode()).hexdigest()
    return f"{article.slug}-{digest[:8]}"


def _shuffled(seed: str, options: Sequence[str]) -> list[str]:
    """The options in an order that only the question decides."""
    return sorted(options, key=lambda one: hashlib.sha256(f"{seed}\n{one}".encode()).digest())
