"""A small library to search in, and an embedder that costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count

import numpy as np

from knowledge.index import words
from knowledge.index.languages import stem, words_of
from knowledge.records.content import content_hash_of
from knowledge.records.sources import Grant, Oversight, Passage, Source, SourceVersion
from knowledge.records.store import Database
from knowledge.records.viewers import Viewer

ADA = Viewer("ada", "Ada", "ada@example.com", "rep")
BEN = Viewer("ben", "Ben", "ben@example.com", "rep")
OPERATOR = Viewer.operator()
OUTSIDER = Viewer.outsider()


@dataclass
class BagOfWords:
    """Texts with common stems lie near each other; it remembers what it was given."""

    name: str = "bag-of-words"
    dimensions: int = 96
    languages: tuple[str, ...] = ("en",)
    embedded: list[str] = field(default_factory=list)

    def reads(self, language: str) -> bool:
        return language in self.languages

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded.extend(texts)
        return [self._vector(one) for one in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        seed = int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
        vector = np.random.default_rng(seed).random(self.dimensions) / 50  # no two are as near
        for word in words_of(text):
            digest = sha256(stem(word, "en").encode()).digest()
            vector[digest[0] % self.dimensions] += 1
        return [float(value) for value in vector / np.linalg.norm(vector)]


class Library:
    """Puts texts into a database as the importer would."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._numbers = count(1)

    def land(
        self,
        *texts: str,
        account: str | None = None,
        audience: str | None = None,
        owner: str | None = None,
        title: str = "",
        language: str = "en",
        dated: date | None = None,
        kind: str = "document",
    ) -> str:
        """One source with a passage a text; returns its id."""
        source_id = f"{kind}:{next(self._numbers)}"
        whole = "\n".join(texts)
        with self.database.writing() as session:
            session.add(
                Source(
                    id=source_id,
                    kind=kind,
                    title=title or source_id,
                    audience=audience or ("account" if account else "everyone"),
                    account_id=account,
                    owner_id=owner,
                    current=1,
                    dated=dated,
                )
            )
            session.flush()
            version = SourceVersion(
                source_id=source_id,
                number=1,
                content_hash=sha256(whole.encode()).hexdigest(),
                text=whole,
                payload={},
                origin="test",
                imported_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
            session.add(version)
            session.flush()
            passages, start = [], 0
            for one in texts:
                passages.append(
                    Passage(
                        version_id=version.id,
                        source_id=source_id,
                        start=start,
                        end=start + len(one),
                        text=one,
                        heading=title,
                        language=language,
                        content_hash=content_hash_of(title, one),
                    )
                )
                start += len(one) + 1
            session.add_all(passages)
            session.flush()
            words.add(session, passages)
        return source_id

    def grant(self, viewer: Viewer, *accounts: str) -> None:
        with self.database.writing() as session:
            session.add_all(
                Grant(user_id=viewer.user_id or "", account_id=account, why="owner")
                for account in accounts
            )

    def oversee(self, viewer: Viewer, owner: str) -> None:
        with self.database.writing() as session:
            session.add(Oversight(user_id=viewer.user_id or "", owner_id=owner))
