"""The door over a real socket, to a real server, with a real model behind it.

The model is far too weak to judge what it writes; it shows that the wire holds.
"""

from __future__ import annotations

import time
from itertools import islice

import pytest

from assistant.errors import HalfStream, ModelTimeout, Truncated
from assistant.models import Deadline, Models, RunFor, estimate_tokens
from assistant.prompting import AskBack, Filled, read_prompts
from knowledge.journal.runs import Runs
from knowledge.records import Viewer

REP = Viewer("u1", "Nadia Brandt", None, "rep")
ENDLESS = Filled("endless", 1, "0" * 64, "You count.", "Count from 1 to 500, one number a line.")
SHORT = Filled("short", 1, "0" * 64, "You answer with one word.", "Is water wet? Yes or no.")


def run(deadline: Deadline | None = None) -> RunFor:
    return RunFor(REP, "answer", "thing", deadline)


@pytest.mark.parametrize("models", [160], indirect=True)
def test_a_form_is_kept_by_a_model_that_hardly_can(models: Models, runs: Runs) -> None:
    prompt = read_prompts()["ask_back"].fill(
        question="When is the renewal?",
        readings="the maintenance contract\nthe licence",
        language="English",
    )
    try:
        written: AskBack | None = models.write(prompt, AskBack, run())
    except Truncated:  # it may ramble inside a string; then the door says so
        written = None
    [kept] = runs.about("thing")
    assert kept.outcome == ("complete" if written else "truncated")
    assert kept.prompt == "ask_back"
    assert kept.tokens_in <= estimate_tokens(prompt.system + prompt.user) * 2
    assert kept.tokens_out > 0


@pytest.mark.parametrize("models", [24], indirect=True)
def test_words_stream_and_a_reply_cut_off_is_called_so(models: Models, runs: Runs) -> None:
    heard: list[str] = []
    with pytest.raises(Truncated):
        heard.extend(models.stream(ENDLESS, run()))
    assert len(heard) > 5
    [kept] = runs.about("thing")
    assert (kept.outcome, kept.tokens_out) == ("truncated", 24)


@pytest.mark.parametrize("models", [24], indirect=True)
def test_a_whole_reply_cut_off_is_called_so_too(models: Models, runs: Runs) -> None:
    with pytest.raises(Truncated):
        models.say(ENDLESS, run())
    assert runs.about("thing")[0].outcome == "truncated"


@pytest.mark.parametrize("models", [1500], indirect=True)
def test_hanging_up_frees_the_server_for_the_next_who_asks(models: Models, runs: Runs) -> None:
    words = models.stream(ENDLESS, run())
    assert len(list(islice(words, 3))) == 3
    words.close()
    began = time.monotonic()
    next_words = models.stream(SHORT, run())
    assert next(next_words)
    next_words.close()
    assert time.monotonic() - began < 15, "it went on writing for nobody"
    assert [kept.outcome for kept in runs.about("thing")] == ["stopped", "stopped"]


@pytest.mark.parametrize("models", [1500], indirect=True)
def test_a_deadline_ends_a_reply_that_takes_too_long(models: Models, runs: Runs) -> None:
    began = time.monotonic()
    with pytest.raises((ModelTimeout, HalfStream)) as late:
        models.say(ENDLESS, run(Deadline(1.5)))
    assert late.type is ModelTimeout
    assert time.monotonic() - began < 5
    assert runs.about("thing")[0].outcome == "timeout"
