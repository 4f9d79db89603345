"""What was kept gets its vectors in the background, and nobody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.slack import embedding
from assistant.slack.embedding import Embedding


@dataclass
class Workspace:
    """Counts how often it was asked to embed, and what it was told about giving way."""

    turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    gave_way: list[bool] = field(default_factory=list)
    failure: Exception | None = None

    def embed(self, *, stop: Callable[[], bool]) -> int:
        self.gave_way.append(stop())
        self.turns.release()
        if self.failure is not None:
            raise self.failure
        return 0

    def was_asked(self) -> bool:
        return self.turns.acquire(timeout=10)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


@pytest.fixture
def reception(workspace: Workspace) -> Any:
    """As much of a reception as the thread looks at."""
    settings = SimpleNamespace(company=SimpleNamespace(slack=SimpleNamespace(hands=4)))
    return SimpleNamespace(
        desk=SimpleNamespace(workspace=workspace, settings=settings),
        work=SimpleNamespace(waiting=lambda: (0, timedelta())),
        unread=threading.Event(),
    )


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "BUSY", 0.0)


def test_what_slack_sends_again_after_a_start_goes_first(
    reception: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BUSY", 60.0)
    with Embedding(reception) as reading:
        assert reading.alive
        assert not workspace.gave_way
    assert not workspace.gave_way, "the end came before the first look"


def test_it_begins_at_the_start_and_again_when_something_was_kept(
    reception: Any, workspace: Workspace
) -> None:
    with Embedding(reception):
        assert workspace.was_asked()
        reception.unread.set()
        assert workspace.was_asked()
    assert workspace.gave_way == [False, False]


def test_it_gives_way_while_people_wait_for_a_hand(reception: Any, workspace: Workspace) -> None:
    busy = iter([5, 5])
    reception.work.waiting = lambda: (next(busy, 0), timedelta())
    with Embedding(reception):
        assert workspace.was_asked()
        assert workspace.was_asked()
    assert workspace.gave_way[:2] == [True, False]


def test_a_model_that_fails_is_asked_again(reception: Any, workspace: Workspace) -> None:
    workspace.failure = ConnectionError("the model does not answer")
    with Embedding(reception):
        assert workspace.was_asked()
        reception.unread.set()
        assert workspace.was_asked()


def test_the_end_of_the_service_ends_it(reception: Any, workspace: Workspace) -> None:
    with Embedding(reception) as reading:
        assert workspace.was_asked()
    assert not reading.alive
