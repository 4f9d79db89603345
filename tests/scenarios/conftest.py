"""Workspaces as people have them: a folder, an export, and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.workspace import Workspace
from tests.databases import new_file
from tests.properties.homes import place


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing that happens to be set on this machine decides a test."""
    for name in ("LIAISON_DATABASE_URL", "LIAISON_CHROMA_URL", "LIAISON_EMBEDDINGS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LIAISON_DEBUG", "LIAISON_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LIAISON_HOME", str(tmp_path / "home"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace on SQLite."""
    new_file(tmp_path / "home")
    with Workspace(place(tmp_path / "home")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def either_workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace; the test runs once on each kind of database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with Workspace(place(tmp_path / "home", url)) as opened:
        yield opened
