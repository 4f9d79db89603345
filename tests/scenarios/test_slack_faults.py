"""A bad day in Slack: many events, many faults, a service that is killed again and again."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.work import Work
from tests.assistant.slack.house import manifest, shown
from tests.assistant.slack.processes import served
from tests.assistant.slack.teller import MOVE
from tests.doubles.slack import Delivery, Message, SlackDouble

EVENTS, KILLS, CROWD = 500, 10, 200


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home with a queue that is known already: what is asked is in the playbook."""
    place = tmp_path / "home"
    with Work(place, f"sqlite:///{place / 'liaison.db'}", poll=0.01) as work:
        work.start()
    return place


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble(manifest()) as double:
        yield double


def answers(slack: SlackDouble, question: Message) -> list[Message]:
    """What was said in the thread of a question, by us."""
    said = slack.answers(question.channel, question.ts)
    return [one for one in said if not one.deleted]


@pytest.mark.timeout(900)
def test_every_question_is_answered_once_on_a_day_when_everything_goes_wrong(
    slack: SlackDouble, home: Path
) -> None:
    dice = random.Random(20261122)
    people = [
        slack.workspace.person(f"Rep {number}", f"rep{number}@varnholt.example")
        for number in range(20)
    ]
    with served(slack, home, {"LONGEST_WAIT": "0.2"}) as process:
        questions: list[Message] = []
        for batch in range(KILLS):
            slack.withhold()
            here = [
                slack.say(one, slack.workspace.dm(one), f"How do I open meeting {batch}-{number}?")
                for number, one in enumerate(dice.choices(people, k=EVENTS // KILLS))
            ]
            questions += here
            with slack.faults.sprinkled(batch, 0.08):
                slack.release(lambda held: dice.sample(held, len(held)))
                for question in dice.sample(here, 10):
                    slack.redeliver(question.deliveries[0])
                if batch % 3 == 0:
                    slack.cut_sockets()
                wanted = dice.randrange(5, 40)
                done = len(questions) - len(here) + wanted
                slack.wait_for(lambda least=done // 2: _started(slack) >= least, 60)
                process.end(signal.SIGKILL)
            process.start()
            slack.redeliver_unacknowledged()
        _see_to_the_end(slack, questions)
        assert process.end(signal.SIGTERM) == 0
    told = Counter(len(answers(slack, question)) for question in questions)
    assert told == {1: EVENTS}, told
    assert all(MOVE in shown(answers(slack, question)[0]) for question in questions)
    assert {"429", "503", "lose_reply", "drop"} <= set(slack.faults.struck)


def _started(slack: SlackDouble) -> int:
    return len(slack.calls_of("chat.startStream"))


def _see_to_the_end(slack: SlackDouble, questions: list[Message]) -> None:
    """Let Slack repeat what nobody acknowledged, until every question has its whole answer."""

    def whole() -> bool:
        return all(any(MOVE in shown(one) for one in answers(slack, q)) for q in questions)

    for _ in range(10):
        slack.redeliver_unacknowledged()
        try:
            slack.wait_for(whole, 20)
        except AssertionError:
            continue
        return


def test_two_hundred_people_speak_at_once_and_nobody_waits_to_be_heard(
    slack: SlackDouble, home: Path
) -> None:
    with served(slack, home) as process:
        slack.withhold()
        questions = [
            slack.say(one, slack.workspace.dm(one), "How do I open a meeting?")
            for one in (
                slack.workspace.person(f"Rep {number}", f"rep{number}@varnholt.example")
                for number in range(CROWD)
            )
        ]
        slack.release()
        slack.wait_for(lambda: not _unheard(questions), 30)
        waited = sorted(_heard_after(one.deliveries[0]) for one in questions)
        _see_to_the_end(slack, questions)
        assert process.end(signal.SIGTERM) == 0
    assert all(len(answers(slack, question)) == 1 for question in questions)
    record = f"median {waited[CROWD // 2]:.3f} s, p99 {waited[int(CROWD * 0.99) - 1]:.3f} s"
    assert waited[int(CROWD * 0.99) - 1] < 0.5, record


def _unheard(questions: list[Message]) -> list[Message]:
    return [one for one in questions if not one.deliveries[0].acknowledged]


def _heard_after(delivery: Delivery) -> float:
    seconds = delivery.acknowledged_within
    assert seconds is not None
    return seconds
