"""Playbook moves: what good teams do in a situation like this account's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.claims import Claim, Evidence
from knowledge.playbook import Article

#: So many moves fit into a quarter; more would be a list, not a plan.
MOST = 3


def moves(
    situations: Sequence[str], playbook: Mapping[str, Article], versions: Mapping[str, int]
) -> Iterator[Claim]:
    """The moves of the articles that fit best, each quoting its article.

    Args:
        situations: what holds for the account, most urgent first.
        playbook: the articles by slug.
        versions: the stored version of each article by its source id.
    """
    for article in chosen(situations, playbook.values())[:MOST]:
        start, end = article.move
        quote = article.text[start:end]
        number = versions.get(article.source_id, 1)
        evidence = Evidence(
            type="passage",
            ref=f"{article.source_id}@{number}[{start}:{end}]",
            title=f"Playbook: {article.title}",
            quote=quote,
        )
        yield Claim(" ".join(quote.split()), "recommendation", (evidence,))


def chosen(situations: Sequence[str], articles: Iterable[Article]) -> list[Article]:
    """The articles for some situations, one for each situation first, the most urgent leading.

    Within a situation the article that was written for the fewest situations is the most to the
    point; an article is never chosen twice.
    """
    known = list(articles)
    by_situation = {situation: _fitting(situation, known) for situation in situations}
    picked: list[Article] = []
    for round_ in range(max((len(found) for found in by_situation.values()), default=0)):
        for situation in situations:
            found = by_situation[situation]
            if round_ < len(found) and found[round_] not in picked:
                picked.append(found[round_])
    return picked


def _fitting(situation: str, articles: Sequence[Article]) -> list[Article]:
    fitting = [article for article in articles if situation in article.situations]
    return sorted(
        fitting, key=lambda article: (article.situations.index(situation), len(article.situations))
    )
