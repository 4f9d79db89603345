"""The real conversation on a bad day: killed twice among faults, and every answer comes once."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.assistant.slack.house import PRIYA, manifest
from tests.assistant.slack.processes import served
from tests.doubles.slack import Message, SlackDouble
from tests.scenarios.slack.conftest import MORNING

pytestmark = pytest.mark.long

#: What she asks, and what only its answer says.
ASKED = {
    "Who decides at Meridian Breweries?": "Rachel Amadi",
    "What did we promise Meridian?": "Water balance for Norwich",
    "Which of my accounts need attention?": "Rory Finch",
    "What is a champion?": "argues for you",
    "What is the capital of Australia?": "outside what I know",
}
SEED = 20260930


@pytest.mark.timeout(300)
def test_among_kills_and_faults_the_real_answers_come_once(home: Path) -> None:
    dice = random.Random(SEED)
    with (
        SlackDouble(manifest(), starts_at=MORNING) as slack,
        served(slack, home, {"LONGEST_WAIT": "0.3", "REAL_CONVERSATION": "1"}) as process,
    ):
        priya = slack.workspace.person(PRIYA, "priya.natarajan@varnholt.example")
        asked: list[Message] = []
        for killed in range(2):
            with slack.faults.sprinkled(SEED + killed, 0.08):
                for text in dice.sample(list(ASKED), len(ASKED)):
                    asked.append(slack.say(priya, slack.workspace.dm(priya), text))
                    slack.redeliver(asked[-1].deliveries[0])
                _wait(lambda: bool(slack.calls_of("chat.appendStream")), 30)
                process.end(signal.SIGKILL)
            process.start()
            slack.redeliver_unacknowledged()
        _wait(lambda: _all_answered(slack, asked) and not process.left(), 120)
        assert process.end(signal.SIGTERM) == 0
        told = [(one.text, [each.words for each in _answers(slack, one)]) for one in asked]
    wrong = [(text, said) for text, said in told if len(said) != 1 or ASKED[text] not in said[0]]
    assert not wrong, wrong


def _answers(slack: SlackDouble, question: Message) -> list[Message]:
    said = slack.answers(question.channel, question.ts)
    return [one for one in said if not one.deleted]


def _all_answered(slack: SlackDouble, asked: list[Message]) -> bool:
    return all(
        any(ASKED[question.text] in one.words for one in _answers(slack, question))
        for question in asked
    )


def _wait(look: Callable[[], bool], seconds: float) -> None:
    """Look now and then; what is asserted comes after."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not look():
        time.sleep(0.2)
