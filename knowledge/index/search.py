"""Passages that answer a question, by words and by meaning: only what the viewer may see.

Access is part of every query that ranks, and every passage shown was read under it again. A model
is only asked about questions and passages in languages it reads: vectors of others exist
and mean nothing, and mixing them in spoils what the words found.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from knowledge.index import meaning, words
from knowledge.index.backlog import pending
from knowledge.index.entries import in_parts
from knowledge.index.fusion import Evidence
from knowledge.index.hits import Found, Hit
from knowledge.index.languages import UNKNOWN, in_latin_script, language_of, languages_read
from knowledge.index.meaning import Reach
from knowledge.index.variety import varied
from knowledge.index.words import WordHit
from knowledge.records.proofs import sources_of_hidden_proofs
from knowledge.records.sources import Passage, Source, SourceVersion, Vector
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer, may_see_source

if TYPE_CHECKING:
    from knowledge.index.embedding import Embedder
    from knowledge.index.vectors import VectorIndex

_log = logging.getLogger(__name__)

_DEPTH = 100  # candidates each way, at least
_READ = 5  # candidates looked through for each hit wanted: near-identical ones fall out
_LONGEST = 10_000  # characters of a question that are read
_TELLING = 10  # hits by words that tell the language of a question that does not


@dataclass(frozen=True)
class _Candidate:
    passage: Passage
    source: Source
    version: int
    score: float

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def source_id(self) -> str:
        return self.source.id


class Search:
    """The one way to passages; safe to share between threads.

    Args:
        database: the records.
        embedder: the model questions are embedded with; None searches by words only.
        vectors: the vector index, if this process holds it. It is needed from some thousand
            passages on; without it meaning still orders what words find.
    """

    def __init__(
        self, database: Database, embedder: Embedder | None, vectors: VectorIndex | None = None
    ) -> None:
        self._database = database
        self._embedder = embedder
        self._vectors = vectors
        self._languages = languages_read(embedder.reads) if embedder else frozenset[str]()
        self._counted: tuple[tuple[int, ...], int] = ((), 0)

    def find(
        self,
        viewer: Viewer,
        query: str,
        *,
        account_id: str | None = None,
        k: int = 10,
        explain: bool = False,
        per_source: int | None = 3,
    ) -> Found:
        """The best `k` passages for a question, best first.

        Args:
            viewer: who asks; what they may not see is neither found nor counted among the hits.
            query: any text; its first 10,000 characters are read.
            account_id: only sources of this account.
            k: how many hits at most.
            explain: tell how each score came about.
            per_source: at most so many passages of one source (None: any number).
        """
        query = query[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
        if not any(character.isalnum() for character in query):
            return Found(notes=("Ask with at least one word.",))
        condition = may_see_source(viewer)
        if account_id is not None:
            condition = and_(condition, Source.account_id == account_id)
        with self._database.reading() as session:
            if untold := sources_of_hidden_proofs(session, viewer):
                condition = and_(condition, Source.id.not_in(untold))
            language, depth = language_of(query), max(_DEPTH, k)
            by_words = words.match(session, query, language, condition, depth)
            if language == UNKNOWN:
                language = _likely(session, query, by_words)
            reach = Reach(viewer, condition, account_id, self._model, self._languages)
            cosines, notes = self._cosines(session, reach, query, language, by_words, depth)
            evidence = Evidence.of(by_words, cosines, self._unrelated)
            candidates = _candidates(session, reach, evidence, language)
            backlog = self._backlog(session)
        if backlog:
            notes.append(f"{backlog} passages still wait for their vectors: words find them.")
        return Found(
            hits=tuple(
                _hit(one.candidate, one.repeated, evidence, language if explain else None)
                for one in varied(candidates[: k * _READ], k, per_source)
            ),
            notes=tuple(notes),
            backlog=backlog,
        )

    @property
    def _model(self) -> str:
        return self._embedder.name if self._embedder else ""

    @property
    def _unrelated(self) -> float:
        """The cosine of unrelated texts: 0 unless a model says that it begins elsewhere."""
        return float(getattr(self._embedder, "unrelated", 0.0))

    def _cosines(  # noqa: PLR0917 - the parts of one question
        self,
        session: Session,
        reach: Reach,
        query: str,
        language: str,
        by_words: Sequence[WordHit],
        depth: int,
    ) -> tuple[dict[int, float], list[str]]:
        """The cosines of everything found, by words or by meaning, and what to tell about it."""
        if self._embedder is None or not self._embedder.reads(language):
            return {}, []
        try:
            question = self._embedder.embed_query(query)
        except Exception:  # noqa: BLE001 - whatever a remote model raises, words still answer
            _log.warning("the embedding model failed", exc_info=True)
            return {}, ["The embedding model does not answer: found by words alone."]
        known = [hit.passage_id for hit in by_words]
        near, note = meaning.cosines(session, self._vectors, reach, question, known, depth)
        return near, [note] if note else []

    def _backlog(self, session: Session) -> int:
        """How many passages wait for vectors, counted anew when there are others."""
        if self._embedder is None:
            return 0
        vectors = select(func.count()).where(Vector.model == self._model)
        state = (
            session.scalar(select(func.max(Passage.id))) or 0,
            session.scalar(select(func.count()).select_from(Passage)) or 0,
            session.scalar(vectors) or 0,
        )
        if self._counted[0] != state:
            self._counted = (state, pending(session, self._embedder))
        return self._counted[1]


def _likely(session: Session, query: str, by_words: Sequence[WordHit]) -> str:
    """The language of a few words or a name: that of the texts it stands in, else English."""
    if not in_latin_script(query):
        return UNKNOWN
    first = [hit.passage_id for hit in by_words[:_TELLING]]
    languages = Counter(session.scalars(select(Passage.language).where(Passage.id.in_(first))))
    return languages.most_common(1)[0][0] if languages else "en"


def _candidates(
    session: Session, reach: Reach, evidence: Evidence, asked_in: str
) -> list[_Candidate]:
    """Everything found that this viewer may see, best first."""
    found: Iterable[int] = evidence.words.keys() | evidence.meaning.keys()
    candidates = []
    for some in in_parts(sorted(found), 500):
        rows = session.execute(
            select(Passage, Source, SourceVersion.number)
            .join(Source, Source.id == Passage.source_id)
            .join(SourceVersion, SourceVersion.id == Passage.version_id)
            .where(reach.condition, Passage.id.in_(some))
        )
        for passage, source, version in rows:
            score = evidence.score(passage.id, passage.language, asked_in)
            candidates.append(_Candidate(passage, source, version, min(1.0, score)))
    candidates = [candidate for candidate in candidates if candidate.score > 0]
    return sorted(candidates, key=lambda found: (-found.score, found.passage.id))


def _hit(found: _Candidate, repeated: int, evidence: Evidence, asked_in: str | None) -> Hit:
    passage, source = found.passage, found.source
    why = evidence.explain(passage.id, passage.language, asked_in) if asked_in else None
    return Hit(
        passage_id=passage.id,
        source_id=source.id,
        version=found.version,
        ref=f"{source.id}@{found.version}",
        kind=source.kind,
        title=source.title,
        dated=source.dated,
        account_id=source.account_id,
        text=passage.text,
        heading=passage.heading,
        start=passage.start,
        end=passage.end,
        language=passage.language,
        score=found.score,
        repeated=repeated,
        why=why,
    )
