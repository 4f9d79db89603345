"""Retrieval: what the history or the playbook says, quoted exactly, or nothing where unsure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from assistant.claims import Claim, Evidence
from assistant.conversation.excerpts import LEAST_HELD, best_of, held, terms_of
from assistant.conversation.matter import Matter
from assistant.conversation.speaking import said_by
from knowledge.index.hits import Hit
from knowledge.playbook import Article, read_playbook

#: Below it a passage is about something else (tuned on the questions of the evaluation).
LEAST_SCORE = 0.25
#: With so good a score fewer shared words will do.
SURE_SCORE, SURE_HELD = 0.45, 0.3
_MOST = 3
_MOST_MOVES = 1
_GLOSSARY = Path(__file__).parent / "understanding" / "glossary.toml"


def from_history(matter: Matter) -> list[Claim]:
    """The best sentences of the passages that answer; none where no passage is close enough."""
    inquiry = matter.inquiry
    names = [matter.brief.name] if inquiry.account else []
    names += [inquiry.person.name] if inquiry.person else []
    terms = terms_of(inquiry.text, inquiry.language, names)
    words = inquiry.intent == "dealings" and inquiry.person is not None
    if not terms and not words:
        return []
    found = matter.office.workspace.search(
        matter.viewer, inquiry.text, account_id=inquiry.account, k=8
    )
    hits = [hit for hit in found.hits if hit.kind != "playbook"]
    close = [hit for hit in hits if terms and _close(hit, terms, inquiry.language)]
    if words:
        return said_by(matter, close)
    claims: dict[str, Claim] = {}
    for hit in close:
        claim = _quoted(matter, hit, terms)
        if claim is not None:
            claims.setdefault(claim.text, claim)
    return list(claims.values())[:_MOST]


def from_playbook(matter: Matter, *, asked: bool) -> list[Claim]:
    """What an article says to the question, then its move.

    Args:
        matter: the question.
        asked: whether it asks for method; else the article must fit very well.
    """
    if matter.inquiry.person is not None and not asked:
        return []  # what somebody said or wants, no article says
    query = translated(matter.inquiry.text, matter.inquiry.language)
    terms = terms_of(query, "en")
    article = _article(matter, query, terms, least=0.5 if asked else 0.7)
    if article is None:
        return []
    move, end = article.move
    quote = _evidence(matter, article, move, end)
    moving = Claim(" ".join(quote.quote.split()), "recommendation", (quote,))
    told = list(_told(matter, article, terms))
    how = re.match(r"\W*(?:so )?(?:how|wie|как)\b", matter.inquiry.text.casefold()) is not None
    return [moving, *told] if how else [*told[:2], moving]


def translated(question: str, language: str) -> str:
    """The question with the playbook's own words for those of the trade in other languages."""
    if language == "en":
        return question
    said = question.casefold()
    terms = [english for begin, english in _glossary().items() if begin in said]
    latin = re.findall(r"[A-Za-z][A-Za-z/-]{3,}", question) if language == "ru" else []
    return " ".join([*terms, *latin]) if terms or latin else question


def _close(hit: Hit, terms: frozenset[str], language: str) -> bool:
    share = held(terms, f"{hit.heading} {hit.title} {hit.text}", language)
    return (hit.score >= LEAST_SCORE and share >= LEAST_HELD) or (
        hit.score >= SURE_SCORE and share >= SURE_HELD
    )


def _quoted(matter: Matter, hit: Hit, terms: frozenset[str]) -> Claim | None:
    best = best_of(hit.text, terms, matter.inquiry.language, hit.title)
    if best is None:
        return None
    evidence = Evidence(
        type="passage",
        ref=f"{hit.ref}[{hit.start + best.start}:{hit.start + best.end}]",
        title=hit.title,
        quote=best.words,
        dated=hit.dated,
    )
    return Claim(matter.voice.quoted(best.words.strip('"“”„«»')), "fact", (evidence,))


def _article(matter: Matter, query: str, terms: frozenset[str], *, least: float) -> Article | None:
    """The article whose title the question names, or that the search puts first."""
    articles = read_playbook()
    by_title = [
        (
            held(terms_of(article.title, "en"), query, "en"),
            held(terms, article.title, "en"),
            article,
        )
        for article in articles.values()
    ]
    named, back, article = max(by_title, key=lambda one: (one[0], one[1]))
    if named >= least and back > 0:
        return article
    hits = matter.office.workspace.search(matter.viewer, query, k=12).hits
    for hit in hits:
        found = articles.get(hit.source_id.removeprefix("playbook:"))
        if hit.kind != "playbook" or found is None:
            continue
        share = held(terms, f"{found.title} {found.summary} {hit.heading} {hit.text}", "en")
        if hit.score >= LEAST_SCORE and share >= least:
            return found
    return None


def _told(matter: Matter, article: Article, terms: frozenset[str]) -> Iterator[Claim]:
    """The article's definition where it has one, then the sentences closest to the question."""
    name = re.escape(article.title.casefold().rstrip("s"))
    defining = re.search(
        rf"(?:\A|(?<=[.!?]\s)|\n)((?:an?|the)\s+{name}s?\s+(?:is|are|means)\b[^.\n]+\.)",
        article.text,
        re.IGNORECASE,
    )
    spots: list[tuple[int, int]] = [defining.span(1)] if defining else []
    for start, end in _paragraphs(article.text):
        best = best_of(article.text[start:end], terms, "en")
        if best is not None and best.score >= LEAST_HELD:
            spots.append((start + best.start, start + best.end))
    if not spots and (opening := _opening(article.text)):
        spots.append(opening)
    seen: set[tuple[int, int]] = set()
    for start, end in spots[:_MOST]:
        if not any(start < b and a < end for a, b in seen):
            seen.add((start, end))
            evidence = _evidence(matter, article, start, end)
            yield Claim(" ".join(evidence.quote.split()), "fact", (evidence,))


def _opening(text: str) -> tuple[int, int] | None:
    """The first sentence under “What good looks like”, or of the article."""
    at = text.find("## What good looks like")
    begin = text.index("\n", at) + 1 if at >= 0 else 0
    found = re.compile(r"\S[^.\n]+\.").search(text, begin)
    return found.span() if found else None


def _paragraphs(text: str) -> Sequence[tuple[int, int]]:
    """The plain paragraphs of an article: no headings, lists or the move."""
    end = text.find("## The move")
    found = re.finditer(r"(?:^|\n\n)(?![#>-])([^\n]+)", text[: end if end >= 0 else None])
    return [match.span(1) for match in found]


def _evidence(matter: Matter, article: Article, start: int, end: int) -> Evidence:
    number = matter.office.versions.get(article.source_id, 1)
    return Evidence(
        type="passage",
        ref=f"{article.source_id}@{number}[{start}:{end}]",
        title=f"Playbook: {article.title}",
        quote=article.text[start:end],
    )


@cache
def _glossary() -> dict[str, str]:
    raw = tomllib.loads(_GLOSSARY.read_text(encoding="utf-8"))
    terms: dict[str, str] = raw["terms"]
    return terms
