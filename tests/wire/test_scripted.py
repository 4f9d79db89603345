"""The scripted server is strict: it is asked exactly what its script says."""

from __future__ import annotations

import json

import pytest

from tests.doubles.model import Reply, Request, ScriptedOpenAI, say

ASKED = Request({"messages": [{"role": "user", "content": "Who?"}]}, {})


def words(reply: Reply) -> str:
    told = json.loads(b"".join(reply.pieces()))
    return str(told["choices"][0]["message"]["content"])


def test_a_reply_nobody_asked_for_is_told() -> None:
    with pytest.raises(AssertionError, match="1 replies"), ScriptedOpenAI(say("Karl.")):
        pass


def test_a_question_the_script_does_not_have_is_told() -> None:
    server = ScriptedOpenAI()
    assert server.answer(ASKED).status == 500
    with pytest.raises(AssertionError, match="1 requests too many"):
        server.check()


def test_a_reply_may_depend_on_what_was_asked() -> None:
    def echo(request: Request) -> Reply:
        return say(f"You asked: {request.user}")(request)

    server = ScriptedOpenAI(then=echo)
    assert [words(server.answer(ASKED)) for _ in range(2)] == ["You asked: Who?"] * 2
    assert len(server.sent) == 2
