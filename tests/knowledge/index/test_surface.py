from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import knowledge.index


def test_the_public_names_are_these() -> None:
    assert knowledge.index.__all__ == [
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
    for name in knowledge.index.__all__:
        assert getattr(knowledge.index, name)
    with pytest.raises(AttributeError):
        _ = knowledge.index.nothing


def test_searching_loads_nothing_heavy() -> None:
    code = (
        "import sys; import knowledge.index; from knowledge.index import Search, embed_pending\n"
        "heavy = {'chromadb', 'onnxruntime', 'langchain_core', 'tokenizers', 'py3langid'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[3]
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == "[]"
