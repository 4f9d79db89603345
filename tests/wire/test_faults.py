"""Every way a model can fail has a name of its own, whole or streamed, through the real client."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from assistant.errors import (
    ContentFiltered,
    ContextOverflow,
    GarbledReply,
    HalfStream,
    KeyRefused,
    LiaisonError,
    MalformedOutput,
    ModelBusy,
    ModelDown,
    ModelFailure,
    ModelTimeout,
    NoModel,
    QuotaSpent,
    Refused,
    RequestRefused,
    Truncated,
)
from assistant.models import Models
from assistant.prompting import AskBack
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from tests.doubles.model import KEY, Reply, Scripted, body, chunk, events, fail, say
from tests.wire.laying import PROMPT, Laid, Wire, run

ONCE = "attempts = 1"


@dataclass(frozen=True)
class Fault:
    reply: Scripted
    name: type[ModelFailure]


FAULTS = {
    "too many requests": Fault(fail(429, "rate_limit_exceeded"), ModelBusy),
    "no credit": Fault(fail(429, "insufficient_quota"), QuotaSpent),
    "wrong key": Fault(fail(401, "invalid_api_key"), KeyRefused),
    "forbidden": Fault(fail(403), KeyRefused),
    "unknown model": Fault(fail(404, "model_not_found"), RequestRefused),
    "unknown setting": Fault(fail(400, "unsupported_value"), RequestRefused),
    "server error": Fault(fail(500), ModelDown),
    "overloaded": Fault(fail(503), ModelDown),
    "gateway timeout": Fault(fail(504), ModelTimeout),
    "too long": Fault(fail(400, "context_length_exceeded"), ContextOverflow),
    "too long, in words": Fault(
        fail(400, message="the request exceeds the available context size"), ContextOverflow
    ),
    "filtered request": Fault(fail(400, "content_filter"), ContentFiltered),
    "refusal": Fault(say("", refusal="I cannot help with that."), Refused),
    "filtered reply": Fault(say("Karl", finish="content_filter"), ContentFiltered),
    "cut off": Fault(say("Karl Weber de", finish="length"), Truncated),
}


def ask(wire: Wire, *, streamed: bool) -> str:
    if streamed:
        return "".join(wire.models.stream(PROMPT, run()))
    return wire.models.say(PROMPT, run())


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_has_its_name_and_its_outcome(
    wired: Laid, fault: Fault, *, streamed: bool
) -> None:
    with wired(fault.reply, limits=ONCE) as wire:
        with pytest.raises(fault.name) as raised:
            ask(wire, streamed=streamed)
        assert type(raised.value) is fault.name
        assert wire.outcomes == [fault.name.outcome]
        assert KEY not in str(raised.value)


NO_REPLIES = {
    "a web page": body("<html>Sign in</html>", kind="text/html"),
    "half of one": body('{"choices": [{"mess'),
    "no choices": body('{"object": "chat.completion"}'),
    "null choices": body('{"choices": null}'),
    "empty choices": body('{"choices": []}'),
    "a list": body("[]"),
    "a word": body('"no"'),
}


@pytest.mark.parametrize("reply", NO_REPLIES.values(), ids=NO_REPLIES.keys())
def test_what_only_looks_like_a_reply_is_none(wired: Laid, reply: Reply) -> None:
    with wired(lambda _: reply, limits=ONCE) as wire, pytest.raises(GarbledReply):
        ask(wire, streamed=False)


def test_an_error_in_a_reply_that_says_it_went_well_is_no_reply(wired: Laid) -> None:
    told = json.dumps({"error": {"message": "engine crashed"}})
    with wired(lambda _: body(told), limits=ONCE) as wire, pytest.raises(GarbledReply):
        ask(wire, streamed=False)


KARL = chunk({"role": "assistant", "content": "Karl "})
BROKEN = {
    "no finish": ([KARL, "[DONE]"], HalfStream),
    "nothing at all": (["[DONE]"], HalfStream),
    "no end": ([KARL], HalfStream),
    "broken event": ([KARL, '{"choices": [{"del'], GarbledReply),
    "error event": ([KARL, {"error": {"message": "boom", "type": "server_error"}}], ModelDown),
    "no credit any more": ([KARL, {"error": {"code": "insufficient_quota"}}], QuotaSpent),
}


@pytest.mark.parametrize(("data", "name"), BROKEN.values(), ids=BROKEN.keys())
def test_a_stream_that_breaks_is_never_taken_for_an_answer(
    wired: Laid, data: list[str], name: type[ModelFailure]
) -> None:
    with wired(lambda _: events(*data), limits=ONCE) as wire:
        with pytest.raises(name):
            ask(wire, streamed=True)
        assert wire.outcomes == [name.outcome]


def test_a_web_page_instead_of_a_stream_is_no_reply(wired: Laid) -> None:
    page = NO_REPLIES["a web page"]
    with wired(lambda _: page, limits=ONCE) as wire, pytest.raises(HalfStream):
        ask(wire, streamed=True)


def test_a_refusal_in_place_of_a_form_is_a_refusal(wired: Laid) -> None:
    with wired(say("", refusal="No."), limits=ONCE) as wire, pytest.raises(Refused):
        wire.models.write(PROMPT, AskBack, run())


def test_a_reply_in_the_wrong_form_is_asked_for_again_and_then_told(wired: Laid) -> None:
    wrong = say('{"question": 7}')
    with wired(wrong, wrong, wrong) as wire:
        with pytest.raises(MalformedOutput, match="AskBack: question"):
            wire.models.write(PROMPT, AskBack, run())
        [kept] = wire.runs.about("thing")
        assert (kept.outcome, kept.attempts) == ("malformed", 3)
        assert (kept.tokens_in, kept.tokens_out) == (300, 30), "all three are paid for"


def test_a_reply_in_the_right_form_the_second_time_is_taken(wired: Laid) -> None:
    right = AskBack(question="Which deal?", readings=("the retrofit", "the audit"))
    with wired(say("Which deal?"), say(right)) as wire:
        assert wire.models.write(PROMPT, AskBack, run()) == right
        assert wire.outcomes == ["complete"]
        assert wire.server.sent[0].form == "AskBack"
        assert wire.server.sent[0].body["response_format"]["json_schema"]["strict"] is True


def test_a_form_tells_the_model_nothing_that_is_not_in_its_prompt(wired: Laid) -> None:
    with wired(say(AskBack(question="Which?", readings=()))) as wire:
        wire.models.write(PROMPT, AskBack, run())
        assert "description" not in json.dumps(wire.server.sent[0].body)


def test_without_a_key_nothing_is_sent_and_the_reason_is_told(wired: Laid) -> None:
    models = Models(read_settings(wired.folder, {}), Runs(wired.database))
    assert not models.available
    with pytest.raises(NoModel, match="OPENAI_API_KEY"):
        models.say(PROMPT, run())


def test_every_name_is_one_of_ours_and_has_an_outcome_of_its_own() -> None:
    names = ModelFailure.__subclasses__()
    assert len({name.outcome for name in names}) == len(names)
    assert all(issubclass(name, LiaisonError) for name in names)
