"""Vectors that cost nothing: unit vectors in clusters, the same for the same text in every run."""

from __future__ import annotations

from functools import cache
from zlib import crc32

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

DIMENSIONS, CLUSTERS, SPREAD = 384, 200, 0.6


class Precomputed(Embeddings):
    """Stands in for a model where the model is not what is measured."""

    name = "precomputed"
    dimensions = DIMENSIONS

    def reads(self, language: str) -> bool:
        """English, as the embedded model does."""
        return language == "en"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        return [[float(value) for value in vector_of(text)] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]


def vector_of(text: str) -> NDArray[np.float32]:
    """A point near the centre of one of the clusters."""
    seed = crc32(text.encode())
    away = np.random.default_rng(seed).standard_normal(DIMENSIONS) / np.sqrt(DIMENSIONS)
    near = _centres()[seed % CLUSTERS] + SPREAD * away
    unit: NDArray[np.float64] = near / np.linalg.norm(near)
    return unit.astype(np.float32)


@cache
def _centres() -> NDArray[np.float64]:
    points = np.random.default_rng(7).standard_normal((CLUSTERS, DIMENSIONS))
    centres: NDArray[np.float64] = points / np.linalg.norm(points, axis=1, keepdims=True)
    return centres
