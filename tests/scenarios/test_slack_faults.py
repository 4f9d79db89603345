"""A bad day in Slack: many events, many faults, a service that is killed again and again."""

from __future__ import annotations

import random
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
import pytest

from tests.assistant.slack.child import MARK
from tests.assistant.slack.house import known, manifest
from tests.assistant.slack.processes import Served, served
from tests.benchmarks.measuring import percentile
from tests.doubles.slack import Channel, Message, Person, SlackDouble

pytestmark = pytest.mark.long

#: Of the questions some are mentions, which are two events each: 500 events in all.
EVENTS, KILLS, DIRECT, MENTIONS = 500, 10, 44, 3
CROWD = 200
SEED = 20261122


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home with a queue that is known already: what is asked is in the playbook."""
    return known(tmp_path / "home")


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble(manifest()) as double:
        yield double


@pytest.fixture
def reps(slack: SlackDouble) -> list[Person]:
    return [
        slack.workspace.person(f"Rep {number}", f"rep{number}@varnholt.example")
        for number in range(20)
    ]


@pytest.fixture
def team(slack: SlackDouble, reps: list[Person]) -> Channel:
    return slack.workspace.channel("sales", reps)


class Questions:
    """What was asked, each question with a mark of its own that its answer has to bear."""

    def __init__(self, slack: SlackDouble) -> None:
        self._slack = slack
        self.asked: dict[str, Message] = {}

    def ask(self, person: Person, channel: Channel, call: str = "") -> Message:
        mark = f"K{len(self.asked):04}"
        said = self._slack.say(person, channel, f"{call} How do I open meeting {mark}?".strip())
        self.asked[mark] = said
        return said

    def answers(self) -> dict[tuple[str, str], list[set[str]]]:
        """By thread: the marks that each of the app's messages bears."""
        found: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
        for channel in {id(one.channel): one.channel for one in self.asked.values()}.values():
            for said in self._slack.answers(channel):
                if not said.deleted:
                    marks = set(MARK.findall(_without_question(said.words)))
                    found[channel.id, said.thread_ts].append(marks)
        return found

    def unanswered(self) -> list[str]:
        """Which questions have no whole answer yet."""
        found = self.answers()
        return [
            mark
            for mark, one in self.asked.items()
            if {mark} not in found.get((one.channel.id, one.ts), [])
        ]

    def wrong(self) -> str:
        """Which questions do not have their one answer, and what happened to each; or nothing."""
        found = self.answers()
        places = {(one.channel.id, one.ts): mark for mark, one in self.asked.items()}
        told = [f"nobody asked for {found[key]} in {key}" for key in found.keys() - places]
        for (channel, ts), mark in places.items():
            if found.get((channel, ts)) != [{mark}]:
                events = [one.event_id for one in self.asked[mark].deliveries]
                told.append(f"{mark} {events}: {found.get((channel, ts))}, {self._calls(ts)}")
        return "\n".join(told)

    def _calls(self, ts: str) -> list[tuple[str, str]]:
        """What the app called for a thread."""
        return [
            (call.method, call.error or call.fault or "ok")
            for call in self._slack.calls
            if ts in (call.arguments.get("thread_ts"), call.arguments.get("ts"))
        ]


def _without_question(words: str) -> str:
    """The words of an answer without the place where it may repeat what was asked."""
    return re.sub(r"How do I open meeting K\d{4}\?", "", words)


@pytest.mark.timeout(600)
def test_every_question_is_answered_once_on_a_day_when_everything_goes_wrong(
    slack: SlackDouble, home: Path, reps: list[Person], team: Channel
) -> None:
    dice = random.Random(SEED)
    questions = Questions(slack)
    with served(slack, home, {"LONGEST_WAIT": "0.3"}) as process:
        for batch in range(KILLS):
            slack.withhold()
            direct, calling = dice.choices(reps, k=DIRECT), dice.choices(reps, k=MENTIONS)
            here = [questions.ask(one, slack.workspace.dm(one)) for one in direct]
            here += [questions.ask(one, team, slack.bot.mention) for one in calling]
            left = dice.randrange(10, 60)
            with slack.faults.sprinkled(SEED + batch, 0.08):
                slack.release(lambda held: dice.sample(held, len(held)))
                for question in dice.sample(here, 10):
                    slack.redeliver(question.deliveries[0])
                if batch % 3 == 1:
                    _cut(slack)
                if batch % 3 == 2:
                    slack.disconnect()
                _wait(partial(_answered_but, questions, left), 60)
                process.end(signal.SIGKILL)
            process.start()
            slack.redeliver_unacknowledged()
        _see_to_the_end(slack, process)
        assert process.end(signal.SIGTERM) == 0
    assert sum(len(one.deliveries) for one in questions.asked.values()) == EVENTS
    assert questions.wrong() == ""
    assert {"429", "503", "lose_reply", "drop"} <= set(slack.faults.struck)


def _answered_but(questions: Questions, left: int) -> bool:
    return len(questions.unanswered()) <= left


def _cut(slack: SlackDouble) -> None:
    """Drop the connection without a word; the app has to notice by itself."""
    before = list(slack.sockets.connections)
    slack.cut_sockets()
    _wait(lambda: any(one not in before for one in slack.sockets.connections), 60)
    slack.redeliver_unacknowledged()


def _see_to_the_end(slack: SlackDouble, process: Served) -> None:
    """Let Slack repeat what nobody acknowledged, until all is heard and nothing left to do."""

    def over() -> bool:
        slack.redeliver_unacknowledged()
        return not slack.unacknowledged() and not process.left()

    _wait(over, 180, every=1.0)


def _wait(look: Callable[[], bool], seconds: float, every: float = 0.1) -> None:
    """Look now and then, without a hold on Slack in between; what is asserted comes after."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not look():
        time.sleep(every)


def test_two_hundred_people_speak_at_once_and_nobody_is_lost(
    slack: SlackDouble, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = Questions(slack)
    with served(slack, home) as process:
        slack.withhold()
        for number in range(CROWD):
            person = slack.workspace.person(f"Rep {number}", f"rep{number}@varnholt.example")
            questions.ask(person, slack.workspace.dm(person))
        slack.release()
        slack.wait_for(lambda: not slack.unacknowledged(), 60)
        waited = [_heard_after(one) for one in questions.asked.values()]
        _see_to_the_end(slack, process)
        assert process.end(signal.SIGTERM) == 0
    assert questions.wrong() == ""
    with capsys.disabled():
        p50, p99 = (1_000 * percentile(waited, rank) for rank in (50, 99))
        click.echo(f" [{CROWD} at once: heard after {p50:.0f} ms, p99 {p99:.0f} ms] ", nl=False)


def _heard_after(question: Message) -> float:
    seconds: float | None = question.deliveries[0].acknowledged_within
    assert seconds is not None
    return seconds
