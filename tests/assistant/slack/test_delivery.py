"""Nothing lost, nothing twice: what goes wrong on the way, and the one answer all the same."""

from __future__ import annotations

import threading

import pytest
from dbos import DBOS

from assistant.slack import apology, streaming
from assistant.slack.delivery import Place
from tests.assistant.slack.house import JONAS, PRIYA, House, shown
from tests.assistant.slack.teller import OWNER, STANDING
from tests.doubles.slack.api import registry


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be tried again is tried again at once."""
    sleep = DBOS.sleep
    monkeypatch.setattr(DBOS, "sleep", lambda seconds: sleep(min(seconds, 0.02)))


def one_answer(house: House) -> str:
    question = house.ask(PRIYA, "Who owns Meridian?")
    return shown(house.answer(question))


def test_an_event_that_slack_sends_three_times_is_answered_once(house: House) -> None:
    question = house.ask(PRIYA, "Who owns Meridian?")
    [delivery] = question.deliveries
    house.slack.redeliver(delivery)
    house.slack.redeliver(delivery, "http_timeout")
    house.settled()
    assert len(house.answers(question)) == 1
    assert len(house.teller.asked) == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "method",
    ["chat.startStream", "chat.appendStream", "chat.stopStream", "agents.sessions.setStatus"],
)
def test_one_answer_whatever_call_fails_in_whatever_way(house: House, method: str) -> None:
    for number, fault in enumerate(("lose_reply", "drop", "503", "429"), start=1):
        if fault.isdigit():
            house.slack.faults.fail(method, status=int(fault), retry_after=0)
        else:
            getattr(house.slack.faults, fault)(method)
        answer = one_answer(house)
        assert OWNER in answer, fault
        assert "pays late" in answer, fault
        assert len(house.teller.asked) == number, fault
        assert sum(house.slack.faults.struck.values()) == number, fault


def test_slack_says_when_to_come_back_and_we_come_back_then(house: House) -> None:
    house.slack.faults.fail("chat.startStream", status=429, retry_after=1)
    assert OWNER in one_answer(house)
    first, second = house.slack.calls_of("chat.startStream")
    assert second.at - first.at >= 1.0


def test_a_stream_that_dies_ends_as_an_update_of_the_same_message(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PACE", 0.0)
    house.slack.faults.kill_streams_after(2)
    answer = one_answer(house)
    assert OWNER in answer
    assert "pays late" in answer
    assert house.slack.calls_of("chat.update")[-1].ok


def test_a_workspace_without_streams_gets_a_placeholder_that_becomes_the_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = ("chat.startStream", "chat.appendStream", "chat.stopStream", "agents.", "assistant.")
    known = {
        name: method for name, method in registry.METHODS.items() if not name.startswith(missing)
    }
    monkeypatch.setattr(registry, "METHODS", known)
    assert OWNER in one_answer(house)
    assert len(house.slack.calls_of("chat.postMessage")) == 1
    assert len(house.slack.calls_of("chat.update")) == 1
    assert house.slack.calls_of("chat.stopStream") == []


def test_she_presses_stop_and_keeps_what_was_checked_so_far(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PACE", 0.0)
    house.teller.pause = threading.Event()
    priya = house.person(PRIYA)
    question = house.slack.say(priya, house.dm(PRIYA), "Who owns Meridian?")
    assert house.teller.paused.wait(15)
    house.slack.stop(priya, question.channel, question.ts)
    house.slack.wait_for(lambda: not house.slack.unacknowledged())
    house.teller.pause.set()
    house.settled()
    told = shown(house.answer(question))
    assert OWNER in told
    assert "pays late" not in told
    assert STANDING not in told
    assert "Stopped." in told
    session = house.slack.session(question.channel, question.ts)
    assert session is not None
    assert session.status == "active"


def test_a_question_asked_after_a_stop_is_answered_in_full(house: House) -> None:
    question = house.ask(PRIYA, "Who owns Meridian?")
    house.reception.stops.stop(Place(question.channel.id, question.ts), question.ts)
    more = house.slack.say(
        house.person(PRIYA), question.channel, "Who owns Meridian?", thread_ts=question.ts
    )
    house.settled()
    answers = house.answers(more)
    assert "pays late" in shown(answers[-1])


@pytest.mark.usefixtures("impatient")
def test_what_cannot_be_answered_is_told_kindly_with_a_number(house: House) -> None:
    house.teller.failure = ZeroDivisionError("secret internals")
    told = one_answer(house)
    assert "That did not work" in told
    assert "name the number" in told
    assert "secret internals" not in told
    assert "ZeroDivision" not in told


def test_an_answer_that_took_long_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apology, "LATE", apology.LATE * 0)
    assert "This took longer than it should" in one_answer(house)


def test_a_whisper_that_was_heard_is_not_whispered_again(house: House) -> None:
    house.slack.faults.fail("chat.stopStream", status=503)
    channel = house.channel("sales", PRIYA, JONAS)
    house.ask(PRIYA, f"{house.slack.bot.mention} who owns Meridian?", channel)
    [whisper] = house.slack.ephemerals(house.person(PRIYA))
    assert OWNER in shown(whisper)


@pytest.mark.usefixtures("impatient")
def test_a_whisper_whose_reply_was_lost_comes_rather_twice_than_never(house: House) -> None:
    house.slack.faults.drop("chat.postEphemeral")
    channel = house.channel("sales", PRIYA, JONAS)
    question = house.ask(PRIYA, f"{house.slack.bot.mention} who owns Meridian?", channel)
    assert OWNER in shown(house.slack.ephemerals(house.person(PRIYA))[0])
    assert len(house.answers(question)) == 1
