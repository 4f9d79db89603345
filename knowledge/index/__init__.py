"""Finding passages: by words at once, by meaning as their vectors arrive.

    words             the word index: `add` and `remove` passages as they are written, `rebuild` it
    embed_pending     the background work that gives passages their vectors
    forget            erase what the indexes hold of sources
    Search            the one way to passages, for a viewer
    VectorIndex       the vector index of this process, or of a Chroma server

Importing this package is cheap; what is heavy is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.index.backlog import embed_pending, forget, pending
    from knowledge.index.embedding import Embedder, local_embedder
    from knowledge.index.evaluation import RetrievalReport, evaluate_retrieval
    from knowledge.index.hits import Explanation, Found, Hit
    from knowledge.index.retriever import LiaisonRetriever
    from knowledge.index.search import Search
    from knowledge.index.vectors import VectorIndex

__all__ = [
    "Embedder",
    "Explanation",
    "Found",
    "Hit",
    "LiaisonRetriever",
    "RetrievalReport",
    "Search",
    "VectorIndex",
    "embed_pending",
    "evaluate_retrieval",
    "forget",
    "local_embedder",
    "pending",
]

_HOMES = {
    "Embedder": "embedding",
    "Explanation": "hits",
    "Found": "hits",
    "Hit": "hits",
    "LiaisonRetriever": "retriever",
    "RetrievalReport": "evaluation",
    "Search": "search",
    "VectorIndex": "vectors",
    "embed_pending": "backlog",
    "evaluate_retrieval": "evaluation",
    "forget": "backlog",
    "local_embedder": "embedding",
    "pending": "backlog",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
