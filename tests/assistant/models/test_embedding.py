"""OpenAI embeddings through the real client, over a local wire."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import BadSettings
from assistant.models import embedder
from assistant.settings import read_settings
from knowledge.index.embedding import Embedder

SIZE = 8


class _Wire(BaseHTTPRequestHandler):
    """Answers `/v1/embeddings` and keeps what was asked."""

    asked: list[dict[str, object]]

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, "key": self.headers["Authorization"], **given})
        vectors = [
            {"object": "embedding", "index": at, "embedding": [float(at + 1)] + [0.0] * (SIZE - 1)}
            for at, _ in enumerate(given["input"])
        ]
        body = json.dumps(
            {"object": "list", "model": given["model"], "data": vectors, "usage": {}}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def wire() -> Iterator[tuple[str, list[dict[str, object]]]]:
    asked: list[dict[str, object]] = []
    handler = type("Wire", (_Wire,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1", asked
    server.shutdown()
    thread.join()
    server.server_close()


def remote(home: Path, url: str) -> Embedder:
    return embedder(
        read_settings(
            home,
            {
                "LIAISON_EMBEDDINGS": "openai",
                "LIAISON_EMBEDDING_DIMENSIONS": str(SIZE),
                "OPENAI_API_KEY": "sk-test",
                "OPENAI_BASE_URL": url,
            },
        )
    )


def test_any_compatible_server_embeds_texts_and_questions(
    tmp_path: Path, wire: tuple[str, list[dict[str, object]]]
) -> None:
    url, asked = wire
    model = remote(tmp_path, url)
    assert len(model.embed_documents(["one", "two"])) == 2
    assert len(model.embed_query("who decides?")) == SIZE
    assert [call["path"] for call in asked] == ["/v1/embeddings", "/v1/embeddings"]
    # Plain text goes over the wire: a tokenizer would have to be downloaded.
    assert asked[0]["input"] == ["one", "two"]
    assert asked[0]["dimensions"] == SIZE


def test_another_model_or_size_has_vectors_of_its_own(tmp_path: Path) -> None:
    model = remote(tmp_path, "http://127.0.0.1:1/v1")
    assert model.name == f"openai-text-embedding-3-small-{SIZE}"
    assert model.reads("ru")


def test_without_a_key_the_setting_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="OPENAI_API_KEY"):
        embedder(read_settings(tmp_path, {"LIAISON_EMBEDDINGS": "openai"}))
