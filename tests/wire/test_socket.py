"""Over a real socket: silence, dawdling, hanging up, and connections that break."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from assistant.errors import HalfStream, ModelDown, ModelTimeout
from assistant.models import Deadline, Models, RunFor
from assistant.settings import read_settings
from knowledge.journal.runs import Runs
from tests.doubles.model import KEY, Reply, Request, Scripted, chunk, events, say
from tests.wire.laying import PROMPT, Laid, Wire, run

STREAM = {"Content-Type": "text/event-stream"}
SHORT = 0.4


def silent(left: threading.Event) -> Scripted:
    """Says nothing until the test is over."""

    def pieces() -> Iterator[bytes]:
        left.wait(20)
        yield b""

    return lambda _: Reply(200, STREAM, pieces)


def dawdling(left: threading.Event) -> Scripted:
    """Keeps the stream open with comments, for ever."""

    def pieces() -> Iterator[bytes]:
        while not left.wait(0.02):
            yield b": keep-alive\n\n"

    return lambda _: Reply(200, STREAM, pieces)


def dripping(left: threading.Event) -> Scripted:
    """Sends a whole reply one space at a time."""

    def pieces() -> Iterator[bytes]:
        while not left.wait(0.02):
            yield b" "

    return lambda _: Reply(200, {"Content-Type": "application/json"}, pieces)


def ask(wire: Wire, job: RunFor, *, streamed: bool) -> None:
    if streamed:
        list(wire.models.stream(PROMPT, job))
    else:
        wire.models.say(PROMPT, job)


@pytest.fixture
def left() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("server", [silent, dawdling, dripping])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_a_server_that_does_not_come_to_an_end_is_given_up(
    wired: Laid,
    left: threading.Event,
    server: Callable[[threading.Event], Scripted],
    *,
    streamed: bool,
) -> None:
    with wired.socket(say("Yes."), server(left)) as wire:
        wire.models.say(PROMPT, run())  # what the first call loads takes no time of the next
        began = time.monotonic()
        job = run(Deadline(SHORT))
        with pytest.raises(ModelTimeout):
            ask(wire, job, streamed=streamed)
        assert SHORT <= time.monotonic() - began < 10 * SHORT
        left.set()
        (kept,) = [one for one in wire.runs.about("thing") if one.outcome != "complete"]
        assert kept.outcome == "timeout"
        assert kept.tokens_in > 0, "the provider was at work and will want to be paid"


def test_words_come_over_a_socket_one_by_one(wired: Laid) -> None:
    with wired.socket(say("Karl Weber decides.")) as wire:
        assert list(wire.models.stream(PROMPT, run())) == ["Karl ", "Weber ", "decides. "]


def test_whoever_stops_listening_hangs_up(wired: Laid, left: threading.Event) -> None:
    gone = threading.Event()

    def endless() -> Iterator[bytes]:
        try:
            while not left.wait(0.01):
                yield from events(chunk({"role": "assistant", "content": "and "})).pieces()
        finally:
            gone.set()

    with wired.socket(lambda _: Reply(200, STREAM, endless)) as wire:
        words = wire.models.stream(PROMPT, run())
        assert next(words) == "and "
        words.close()
        assert gone.wait(10), "the server must notice that nobody listens any more"
        assert not left.is_set()
        assert wire.outcomes == ["stopped"]
        assert wire.runs.about("thing")[0].tokens_out > 0


def test_a_connection_that_breaks_inside_a_reply(wired: Laid) -> None:
    half = events(chunk({"role": "assistant", "content": "Karl "}))

    def torn(request: Request) -> Reply:
        assert request.streams
        return Reply(200, {**STREAM, "Content-Length": "100000"}, half.pieces)

    with wired.socket(torn) as wire:
        with pytest.raises(HalfStream):
            list(wire.models.stream(PROMPT, run()))
        assert wire.outcomes == ["half_stream"]


def test_nobody_at_the_address(wired: Laid) -> None:
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    (wired.folder / "liaison.toml").write_text("[model]\nattempts = 1\n", encoding="utf-8")
    models = Models(read_settings(wired.folder, environ), Runs(wired.database))
    with pytest.raises(ModelDown, match="OPENAI_BASE_URL"):
        models.say(PROMPT, run(Deadline(60.0)))
    models.close()
