"""An agent's model is the same door: its calls are metered, bounded and named alike."""

from __future__ import annotations

from typing import Any

import pytest
from langchain.agents import create_agent
from langchain.agents.middleware.types import InputAgentState
from langchain_core.messages import AIMessageChunk, HumanMessage
from langchain_core.tools import tool

from assistant.errors import (
    ContentFiltered,
    HalfStream,
    MalformedOutput,
    ModelBusy,
    ModelFailure,
    Refused,
    Truncated,
)
from assistant.prompting import AnswerClaim, AnswerOut
from tests.doubles.model import Call, chunk, events, fail, say
from tests.wire.laying import PROMPT, Laid, Wire, run

ANSWER = AnswerOut(
    claims=(AnswerClaim(text="Karl Weber decides.", kind="fact", sources=("S1",)),),
    no_answer_because=None,
    would_help=(),
    follow_ups=(),
    orders_in_sources=(),
)
LOOK = Call("who_decides", {"account": "Lindauer"})


@tool
def who_decides(account: str) -> str:
    """Who decides at an account."""
    return f"S1: Karl Weber decides at {account}."


def question() -> InputAgentState:
    return {"messages": [HumanMessage("Who decides at Lindauer?")]}


def asked(wire: Wire) -> dict[str, Any]:
    model = wire.models.chat_model(run(), PROMPT, AnswerOut)
    agent = create_agent(model, [who_decides], response_format=AnswerOut)
    return dict(agent.invoke(question()))


def test_an_agent_looks_something_up_and_answers_in_the_form(wired: Laid) -> None:
    with wired(say("", LOOK), say(ANSWER)) as wire:
        assert asked(wire)["structured_response"] == ANSWER
        assert wire.server.sent[0].tools == ["who_decides"]
        assert wire.server.sent[1].tool_results == ["S1: Karl Weber decides at Lindauer."]
        assert wire.outcomes == ["complete", "complete"]


def test_an_agent_that_misses_the_form_is_asked_again(wired: Laid) -> None:
    with wired(say("", LOOK), say("Karl Weber decides."), say(ANSWER)) as wire:
        assert asked(wire)["structured_response"] == ANSWER
        assert [run.attempts for run in wire.runs.about("thing")] == [1, 2]


def streamed(wire: Wire, form: type[AnswerOut] | None = None) -> str:
    model = wire.models.chat_model(run(), PROMPT, form)
    agent = create_agent(model, [who_decides], response_format=form)
    told = agent.stream(question(), stream_mode="messages")
    return "".join(piece.text for piece, *_ in told if isinstance(piece, AIMessageChunk))


def test_an_agent_streams_through_the_same_door(wired: Laid) -> None:
    with wired(say("", LOOK), say("Karl Weber decides. [S1]")) as wire:
        assert streamed(wire) == "Karl Weber decides. [S1] "
        assert [run.tokens_in for run in wire.runs.about("thing")] == [100, 100]


def test_an_agents_form_streams_too(wired: Laid) -> None:
    with wired(say("", LOOK), say(ANSWER)) as wire:
        assert "Karl Weber decides." in streamed(wire, AnswerOut)
        assert [run.tokens_out for run in wire.runs.about("thing")] == [10, 10]


@pytest.mark.parametrize(
    ("reply", "name"),
    [
        (say("", refusal="No."), Refused),
        (say('{"claims"', finish="length"), Truncated),
        (say('{"claims"', finish="content_filter"), ContentFiltered),
        (say("Karl Weber decides."), MalformedOutput),
        (lambda _: events(chunk({"role": "assistant", "content": '{"cl'})), HalfStream),
    ],
)
def test_a_form_that_streams_only_in_part_is_never_an_answer(
    wired: Laid, reply: Any, name: type[ModelFailure]
) -> None:
    with wired(reply, limits="attempts = 1") as wire:
        with pytest.raises(name):
            streamed(wire, AnswerOut)
        assert wire.outcomes == [name.outcome]


@pytest.mark.parametrize(
    ("reply", "name"),
    [(fail(429, retry_after=300), ModelBusy), (say("{", finish="length"), Truncated)],
)
def test_an_agent_fails_by_the_same_names(wired: Laid, reply: Any, name: type[Exception]) -> None:
    with wired(reply) as wire, pytest.raises(name):
        asked(wire)
