"""When a call is tried again, when it is put off, and when the model is left alone."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from assistant.errors import (
    BreakerOpen,
    ContextOverflow,
    HalfStream,
    KeyRefused,
    ModelBusy,
    ModelDown,
    ModelTimeout,
    QuotaSpent,
)
from tests.doubles.model import chunk, events, fail, say
from tests.wire.laying import NOW, PROMPT, Laid, run

HELLO = say("Karl Weber decides.")
CRASH = fail(500)


def test_a_server_that_stumbles_twice_is_asked_a_third_time(wired: Laid) -> None:
    with wired(CRASH, fail(503), HELLO) as wire:
        assert wire.models.say(PROMPT, run()) == "Karl Weber decides."
        assert wire.time.waits == [0.5, 1.0]
        [kept] = wire.runs.about("thing")
        assert (kept.attempts, kept.outcome) == (3, "complete")


def test_after_the_last_try_the_failure_is_told(wired: Laid) -> None:
    with wired(CRASH, CRASH, CRASH) as wire, pytest.raises(ModelDown):
        wire.models.say(PROMPT, run())


def test_a_server_that_says_when_to_come_back_is_obeyed(wired: Laid) -> None:
    with wired(fail(429, retry_after=7), HELLO) as wire:
        wire.models.say(PROMPT, run())
        assert wire.time.waits == [7.5]


def test_it_may_say_so_with_a_date(wired: Laid) -> None:
    then = format_datetime(NOW + timedelta(seconds=9), usegmt=True)
    with wired(fail(429, retry_after=then), HELLO) as wire:
        wire.models.say(PROMPT, run())
        assert wire.time.waits == [9.5]


def test_too_long_a_wait_is_not_sat_through_but_put_off(wired: Laid) -> None:
    with wired(fail(429, retry_after=300)) as wire:
        with pytest.raises(ModelBusy) as busy:
            wire.models.say(PROMPT, run())
        assert busy.value.seconds == 300
        assert not wire.time.waits


@pytest.mark.parametrize("nonsense", ["soon", "-3", ""])
def test_nonsense_about_when_to_come_back_is_not_obeyed(wired: Laid, nonsense: str) -> None:
    with wired(fail(429, retry_after=nonsense), HELLO) as wire:
        wire.models.say(PROMPT, run())
        assert wire.time.waits == [0.5]


def test_nothing_is_waited_for_that_ends_after_the_job(wired: Laid) -> None:
    with wired(fail(429, retry_after=15), limits="job_seconds = 10") as wire:
        with pytest.raises(ModelBusy):
            wire.models.say(PROMPT, run())
        assert not wire.time.waits


def test_several_calls_share_the_time_of_one_job(wired: Laid) -> None:
    with wired(HELLO, limits="job_seconds = 30") as wire:
        job = run(wire.models.deadline())
        wire.models.say(PROMPT, job)
        wire.time.seconds += 31
        with pytest.raises(ModelTimeout):
            wire.models.say(PROMPT, job)


def test_what_asking_again_cannot_mend_is_asked_once(wired: Laid) -> None:
    with wired(fail(400, "context_length_exceeded")) as wire, pytest.raises(ContextOverflow):
        wire.models.say(PROMPT, run())


def test_a_stream_that_dies_before_its_first_word_is_begun_again(wired: Laid) -> None:
    silent = events(chunk({"role": "assistant", "content": ""}))
    with wired(lambda _: silent, HELLO) as wire:
        assert "".join(wire.models.stream(PROMPT, run())).split()[0] == "Karl"


def test_a_stream_that_dies_after_its_first_word_is_not_said_twice(wired: Laid) -> None:
    half = events(chunk({"role": "assistant", "content": "Karl "}))
    heard = []
    with wired(lambda _: half) as wire, pytest.raises(Exception, match="broke off"):
        heard += list(wire.models.stream(PROMPT, run()))
    assert len(wire.server.sent) == 1


def test_a_server_that_keeps_failing_is_left_alone_and_tried_again_later(wired: Laid) -> None:
    with wired(*[CRASH] * 5, HELLO, limits="attempts = 1") as wire:
        for _ in range(5):
            with pytest.raises(ModelDown):
                wire.models.say(PROMPT, run())
        with pytest.raises(BreakerOpen, match="30 s") as left:
            wire.models.say(PROMPT, run())
        assert left.value.seconds == 30
        assert len(wire.server.sent) == 5
        wire.time.seconds += 31
        assert wire.models.say(PROMPT, run()) == "Karl Weber decides."


def test_after_its_rest_one_failure_is_enough_to_leave_it_alone_again(wired: Laid) -> None:
    with wired(*[CRASH] * 6, limits="attempts = 1") as wire:
        for _ in range(5):
            with pytest.raises(ModelDown):
                wire.models.say(PROMPT, run())
        wire.time.seconds += 31
        with pytest.raises(ModelDown):
            wire.models.say(PROMPT, run())
        with pytest.raises(BreakerOpen):
            wire.models.say(PROMPT, run())


def test_streams_that_keep_breaking_off_count_as_failures_in_a_row(wired: Laid) -> None:
    half = events(chunk({"role": "assistant", "content": "Karl "}))
    with wired(*[lambda _: half] * 5) as wire:
        for _ in range(5):
            with pytest.raises(HalfStream):
                list(wire.models.stream(PROMPT, run()))
        with pytest.raises(BreakerOpen):
            list(wire.models.stream(PROMPT, run()))


@pytest.mark.parametrize(
    ("status", "code", "name"),
    [(429, "insufficient_quota", QuotaSpent), (401, "invalid_api_key", KeyRefused)],
)
def test_no_credit_or_a_wrong_key_leaves_it_alone_at_once(
    wired: Laid, status: int, code: str, name: type[Exception]
) -> None:
    with wired(fail(status, code)) as wire:
        with pytest.raises(name):
            wire.models.say(PROMPT, run())
        with pytest.raises(BreakerOpen, match="600 s"):
            wire.models.say(PROMPT, run())
        assert wire.outcomes == [name.outcome, "breaker_open"]  # type: ignore[attr-defined]


def test_refusals_and_long_texts_say_nothing_about_its_health(wired: Laid) -> None:
    with wired(*[say("", refusal="No.")] * 6, HELLO) as wire:
        for _ in range(6):
            with pytest.raises(Exception, match="declined"):
                wire.models.say(PROMPT, run())
        wire.models.say(PROMPT, run())
