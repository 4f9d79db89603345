"""What the index asks of an embedding model, and the models that run inside the process.

An embedder is a LangChain `Embeddings` that also says what it is called, how many numbers it
answers with, and which languages it can read: a text it cannot read gets a vector too, but one
that means nothing, and mixing such vectors in halves a good answer.
"""

from __future__ import annotations

import os
from typing import Protocol, runtime_checkable

from knowledge.records.content import content_hash_of, embedded_text

__all__ = ["Embedder", "content_hash_of", "cores", "embedded_text", "local_embedder"]


@runtime_checkable
class Embedder(Protocol):
    """A LangChain `Embeddings` with a name, a size and the languages it reads.

    A model whose cosines do not begin near zero also has a number `unrelated`: the cosine of texts
    that have nothing to do with each other.
    """

    @property
    def name(self) -> str:
        """The key of its vectors; another model or another precision is another name."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def reads(self, language: str) -> bool:
        """Whether texts of this language (ISO 639-1, or `und`) get vectors that mean something."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One L2-normalised vector a text, in the order of the texts."""

    def embed_query(self, text: str) -> list[float]:
        """The L2-normalised vector of a question."""


def local_embedder(*, multilingual: bool = False, threads: int | None = None) -> Embedder:
    """The model that runs here without a download: English, or every language if installed.

    Args:
        multilingual: every language instead of English.
        threads: processor cores that it may use at once; all there are when not told.

    Raises:
        knowledge.errors.Unavailable: the model is not installed, or its file is damaged.
    """
    if multilingual:
        from knowledge.index.multilingual import Multilingual

        return Multilingual(threads=threads)
    from knowledge.index.minilm import MiniLM

    return MiniLM(threads=threads)


def cores() -> int:
    """How many processor cores this process may use: in a container, not all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
