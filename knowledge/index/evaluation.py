"""How well search finds what was judged relevant, measured through the search people use."""

from __future__ import annotations

import csv
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import mean, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from knowledge.errors import Unreadable
from knowledge.index import words
from knowledge.index.backlog import embed_pending
from knowledge.index.entries import in_parts
from knowledge.index.search import Search
from knowledge.passages import cut
from knowledge.records.content import content_hash_of
from knowledge.records.sources import Passage, Source, SourceVersion
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer

if TYPE_CHECKING:
    from knowledge.index.embedding import Embedder

_KIND = "document"
_PASSAGES = 300  # asked for, so that a hundred documents come together
_PER_DOCUMENT = 5  # passages that speak for a document
_FADING = 0.3  # each further passage of a document adds so much of what the one before it did


@dataclass(frozen=True)
class RetrievalReport:
    """The figures of one judged collection; times in milliseconds a question."""

    documents: int
    passages: int
    queries: int
    ndcg_at_10: float
    recall_at_100: float
    latency_p50: float
    latency_p95: float


def evaluate_retrieval(directory: Path, embedder: Embedder | None) -> RetrievalReport:
    """Search a collection in BEIR layout (`corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`).

    Its documents become sources that everyone may see, in a database that is thrown away; they
    are cut, embedded and searched as anything else is. A document scores as its best passage,
    with its further passages adding less and less: a question about a chapter is answered by
    more than one of its paragraphs.

    Raises:
        Unreadable: a file is missing or not in that layout.
    """
    corpus = list(_lines(directory / "corpus.jsonl"))
    judged = _judged(directory / "qrels" / "test.tsv")
    queries = {row["_id"]: row["text"] for row in _lines(directory / "queries.jsonl")}
    asked = {query_id: queries[query_id] for query_id in judged if query_id in queries}
    if not corpus or not asked:
        raise Unreadable(f"{directory} holds no documents, or no question that was judged.")
    with TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/evaluation.db")
        try:
            passages = _land(database, corpus)
            if embedder:
                embed_pending(database, embedder)
            found, times = _search(Search(database, embedder), asked)
        finally:
            database.close()
    return RetrievalReport(
        documents=len(corpus),
        passages=passages,
        queries=len(asked),
        ndcg_at_10=mean(_ndcg(found[query_id], judged[query_id]) for query_id in asked),
        recall_at_100=mean(_recall(found[query_id], judged[query_id]) for query_id in asked),
        latency_p50=quantiles(times, n=20)[9] if len(times) > 1 else times[0],
        latency_p95=quantiles(times, n=20)[18] if len(times) > 1 else times[0],
    )


def _land(database: Database, corpus: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    for some in in_parts(corpus, 100):
        with database.writing() as session:
            for row in some:
                text, title = str(row.get("text", "")), str(row.get("title", ""))
                source = Source(
                    id=f"{_KIND}:{row['_id']}",
                    kind=_KIND,
                    title=title,
                    audience="everyone",
                    current=1,
                )
                version = SourceVersion(
                    source_id=source.id,
                    number=1,
                    content_hash=sha256(text.encode()).hexdigest(),
                    text=text,
                    payload={},
                    origin="evaluation",
                    imported_at=datetime.now(UTC),
                )
                session.add(source)
                session.flush()
                session.add(version)
                session.flush()
                passages = list(_passages(version, title))
                session.add_all(passages)
                session.flush()
                words.add(session, passages)
                count += len(passages)
    return count


def _passages(version: SourceVersion, title: str) -> Iterator[Passage]:
    for span in cut(version.text, title=title, media="text/plain"):
        text = version.text[span.start : span.end]
        yield Passage(
            version_id=version.id,
            source_id=version.source_id,
            start=span.start,
            end=span.end,
            text=text,
            heading=span.heading,
            language=span.language,
            content_hash=content_hash_of(span.heading, text),
        )


def _search(search: Search, queries: Mapping[str, str]) -> tuple[dict[str, list[str]], list[float]]:
    found, times = {}, []
    viewer = Viewer.operator()
    for query_id, query in queries.items():
        began = time.perf_counter()
        search.find(viewer, query)  # as people ask: for ten passages
        times.append((time.perf_counter() - began) * 1000)
        hits = search.find(viewer, query, k=_PASSAGES, per_source=_PER_DOCUMENT).hits
        found[query_id] = _documents((hit.source_id, hit.score) for hit in hits)
    return found, times


def _documents(hits: Iterable[tuple[str, float]]) -> list[str]:
    """Documents by the sum of their passages' scores, the second and later ones fading."""
    scores: dict[str, list[float]] = defaultdict(list)
    for source_id, score in hits:  # best first
        scores[source_id.removeprefix(f"{_KIND}:")].append(score)
    totals = {d: sum(s * _FADING**at for at, s in enumerate(some)) for d, some in scores.items()}
    return sorted(totals, key=lambda document: -totals[document])


def _ndcg(found: list[str], judged: Mapping[str, int], depth: int = 10) -> float:
    gains = [judged.get(document, 0) for document in found[:depth]]
    ideal = sorted(judged.values(), reverse=True)[:depth]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Iterable[int]) -> float:
    return math.fsum((2.0**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _recall(found: list[str], judged: Mapping[str, int], depth: int = 100) -> float:
    return len(judged.keys() & set(found[:depth])) / len(judged)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict) or "_id" not in row:
                        raise Unreadable(f"{path}, line {number}: a row needs an “_id”.")
                    yield row
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be read: {error}.") from error


def _judged(path: Path) -> dict[str, dict[str, int]]:
    """The relevant documents of each question, by how relevant they are (zero is not)."""
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0:
                    judged[row["query-id"]][row["corpus-id"]] = int(row["score"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path} is no table of query-id, corpus-id and score.") from error
    return judged
