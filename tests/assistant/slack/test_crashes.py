"""A crash in the middle of an answer: the answer comes after the restart, and comes once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.slack.house import PRIYA, manifest, shown
from tests.assistant.slack.processes import served
from tests.assistant.slack.teller import OWNER
from tests.doubles.slack import Message, Person, SlackDouble


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble(manifest()) as double:
        yield double


@pytest.fixture
def priya(slack: SlackDouble) -> Person:
    return slack.workspace.person(PRIYA, "priya.natarajan@varnholt.example")


def answered(slack: SlackDouble, question: Message) -> bool:
    """Whether the answer is complete and its session over."""
    session = slack.session(question.channel, question.ts)
    said = slack.answers(question.channel, question.ts)
    over = session is not None and session.status == "active"
    return over and any(OWNER in shown(one) for one in said)


@pytest.mark.parametrize(
    ("method", "moment"), [("chat.startStream", "after"), ("chat.stopStream", "before")]
)
def test_killed_at_the_worst_moment_she_gets_one_answer_after_the_restart(
    slack: SlackDouble, priya: Person, home: Path, method: str, moment: str
) -> None:
    faults = slack.faults
    with served(slack, home) as process:
        gate = faults.hold(method) if moment == "before" else faults.hold_reply(method)
        question = slack.say(priya, slack.workspace.dm(priya), "Who owns Meridian?")
        gate.wait_reached(30)
        process.end(signal.SIGKILL)
        faults.clear()
        process.start()
        slack.redeliver_unacknowledged()
        slack.wait_for(lambda: answered(slack, question), 40)
        assert process.end(signal.SIGTERM) == 0
    [answer] = [m for m in slack.answers(question.channel, question.ts) if not m.deleted]
    assert OWNER in shown(answer)


def test_asked_to_end_it_finishes_the_answer_under_way(
    slack: SlackDouble, priya: Person, home: Path
) -> None:
    with served(slack, home, {"THINKING": "1"}) as process:
        question = slack.say(priya, slack.workspace.dm(priya), "Who owns Meridian?")
        slack.wait_for(lambda: slack.calls_of("chat.startStream"), 30)
        assert process.end(signal.SIGTERM) == 0
    [answer] = slack.answers(question.channel, question.ts)
    assert OWNER in shown(answer)
    assert slack.calls_of("chat.stopStream")[-1].ok
