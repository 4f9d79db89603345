"""The model that reads for meaning.

The embedded model needs no key and no download. OpenAI's (or any compatible server's) takes its
place when `LIAISON_EMBEDDINGS=openai`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import BadSettings
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

    from knowledge.index.embedding import Embedder

_TIMEOUT_SECONDS = 60
_RETRIES = 3


def embedder(settings: Settings, threads: int | None = None) -> Embedder:
    """The model whose vectors this workspace uses, on at most so many processor cores.

    Raises:
        BadSettings: its key is missing.
    """
    if settings.embeddings == "openai":
        return _RemoteEmbedder(settings)
    from knowledge.index.embedding import local_embedder

    return local_embedder(multilingual=settings.embeddings == "multilingual", threads=threads)


class _RemoteEmbedder:
    """OpenAI embeddings with the name, size and languages that the index asks for."""

    def __init__(self, settings: Settings) -> None:
        if settings.openai_api_key is None:
            raise BadSettings("LIAISON_EMBEDDINGS=openai needs OPENAI_API_KEY.")
        self.name = f"openai-{settings.embedding_model}-{settings.embedding_dimensions}"
        self.dimensions = settings.embedding_dimensions
        self._model = _openai(settings)

    def reads(self, language: str) -> bool:
        """It was trained on all of them."""
        return bool(language)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._model.embed_query(text)


def _openai(settings: Settings) -> OpenAIEmbeddings:
    from langchain_openai import OpenAIEmbeddings

    given: dict[str, Any] = {
        "model": settings.embedding_model,
        "dimensions": settings.embedding_dimensions,
        "api_key": settings.openai_api_key,
        "base_url": settings.openai_base_url,
        "timeout": _TIMEOUT_SECONDS,
        "max_retries": _RETRIES,
        "check_embedding_ctx_length": False,  # or it downloads a tokenizer
    }
    return OpenAIEmbeddings(**given)
