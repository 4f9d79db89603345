"""What is asked goes to the model and nowhere else, whatever the environment traces."""

from __future__ import annotations

import pytest
from langchain_core.tracers import langchain as tracers
from langsmith.utils import get_env_var

from assistant.prompting import AnswerOut
from tests.doubles.model import say
from tests.wire.laying import PROMPT, Laid, run
from tests.wire.test_agent import ANSWER, asked


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An environment that wants everything traced; what became of it."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "of-somebody")
    get_env_var.cache_clear()  # type: ignore[attr-defined]
    made: list[str] = []

    def trace(*_: object, **__: object) -> None:
        made.append("a tracer")

    monkeypatch.setattr(tracers.LangChainTracer, "__init__", trace)
    return made


def test_tracing_variables_of_another_program_trace_nothing(wired: Laid, traced: list[str]) -> None:
    with wired(say("Karl Weber."), say(ANSWER), say(ANSWER)) as wire:
        wire.models.say(PROMPT, run())
        wire.models.write(PROMPT, AnswerOut, run())
        asked(wire)
    assert not traced
