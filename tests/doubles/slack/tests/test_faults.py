"""What goes wrong between an app and Slack goes wrong here too, on demand."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.doubles.slack import Channel, Person, SlackDouble, Unacknowledged
from tests.doubles.slack.tests.echo_app import Heard, bolt_app, over_http

ROOT = Path(__file__).parents[4]
CHILD = """
import sys, threading
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

client = WebClient(sys.argv[1], base_url=sys.argv[3])
app = App(client=client)

@app.event("message")
def answer(event):
    if "bot_id" not in event:
        client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Heard")

SocketModeHandler(app, sys.argv[2]).connect()
threading.Event().wait()
"""


def test_too_many_requests_say_when_to_come_back(
    slack: SlackDouble, client: WebClient, deals: Channel
) -> None:
    slack.faults.fail("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=deals.id, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["retry-after"] == "7"
    client.chat_postMessage(channel=deals.id, text="x")
    assert len(slack.answers(deals)) == 1
    assert slack.faults.struck == {"429": 1}


@pytest.mark.parametrize(("kind", "posted"), [("lose_reply", 1), ("drop", 0)])
def test_a_lost_reply_leaves_the_message_and_a_dropped_call_does_not(
    slack: SlackDouble, client: WebClient, deals: Channel, kind: str, posted: int
) -> None:
    getattr(slack.faults, kind)("chat.postMessage")
    with pytest.raises(OSError):  # noqa: PT011 - whichever way the connection breaks
        client.chat_postMessage(channel=deals.id, text="x")
    assert len(slack.answers(deals)) == posted
    assert slack.calls_of("chat.postMessage")[0].ok is bool(posted)


def test_a_call_held_at_a_gate_takes_effect_when_it_opens(
    slack: SlackDouble, client: WebClient, deals: Channel
) -> None:
    gate = slack.faults.hold("chat.postMessage")
    posting = threading.Thread(
        target=client.chat_postMessage, kwargs={"channel": deals.id, "text": "x"}
    )
    posting.start()
    gate.wait_reached()
    assert slack.answers(deals) == []
    gate.open()
    posting.join()
    assert len(slack.answers(deals)) == 1


def test_chance_strikes_the_same_way_for_the_same_seed(
    slack: SlackDouble, client: WebClient
) -> None:
    def struck() -> list[bool]:
        found = []
        with slack.faults.sprinkled(7, 0.5, kinds=("503",), methods=("auth.test",)):
            for _ in range(20):
                try:
                    client.auth_test()
                    found.append(False)
                except SlackApiError:
                    found.append(True)
        return found

    once = struck()
    assert True in once
    assert False in once
    assert once == struck()


@pytest.mark.usefixtures("app")
def test_withheld_events_come_in_the_order_a_test_wants(
    slack: SlackDouble, ana: Person, heard: Heard
) -> None:
    dm = slack.workspace.dm(ana)
    slack.withhold()
    said = [slack.say(ana, dm, str(number)) for number in range(3)]
    assert not heard.events
    slack.release(lambda kept: [*reversed(kept), kept[0]])
    slack.wait_for(lambda: len(heard.events) == 4)
    assert len(said[0].deliveries[0].attempts) == 2


def test_a_forged_or_stale_request_is_turned_away(slack: SlackDouble, heard: Heard) -> None:
    serving = over_http(slack, bolt_app(slack, heard))
    next(serving)
    webhooks = slack.deliver_to(slack.post.transport.url)  # type: ignore[union-attr]
    assert webhooks.post("{}", secret="other")[0] == 401
    assert webhooks.post("{}", timestamp=str(int(time.time()) - 600))[0] == 401
    next(serving, None)


def test_an_app_killed_with_sigkill_gets_the_event_again_when_it_is_back(
    slack: SlackDouble, ana: Person
) -> None:
    def start() -> subprocess.Popen[bytes]:
        tokens = [slack.bot_token, slack.app_token, slack.api_url]
        return subprocess.Popen([sys.executable, "-c", CHILD, *tokens], cwd=ROOT)

    child = start()
    slack.wait_connected(seconds=30)
    child.send_signal(signal.SIGKILL)
    child.wait()
    slack.wait_for(lambda: not slack.sockets.connections)
    question = slack.say(ana, slack.workspace.dm(ana), "Anybody there?")
    with pytest.raises(Unacknowledged):
        question.deliveries[0].wait(0.05)
    child = start()
    slack.wait_connected(seconds=30)
    assert slack.redeliver_unacknowledged() == question.deliveries
    slack.wait_for(lambda: slack.answers(question.channel, question.ts))
    child.kill()
    child.wait()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("app", ["sockets"], indirect=True)
@pytest.mark.parametrize("lose", [SlackDouble.disconnect, SlackDouble.cut_sockets])
def test_an_app_asked_to_reconnect_or_cut_off_comes_back(
    slack: SlackDouble, ana: Person, lose: Callable[[SlackDouble], None]
) -> None:
    (before,) = slack.sockets.connections
    lose(slack)
    slack.wait_for(lambda: slack.sockets.connections and before not in slack.sockets.connections)
    said = slack.say(ana, slack.workspace.dm(ana), "Still there?")
    said.deliveries[0].wait()


@pytest.mark.usefixtures("app")
def test_two_hundred_events_at_once_are_all_acknowledged_and_answered_once(
    slack: SlackDouble, ana: Person
) -> None:
    dm = slack.workspace.dm(ana)
    slack.withhold()
    said = [slack.say(ana, dm, f"Question {number}") for number in range(200)]
    slack.release(lambda kept: random.Random(7).sample(kept, len(kept)))
    slack.wait_for(lambda: len(slack.answers(dm)) == 200, 60)
    for message in said:
        assert message.deliveries[0].wait().acknowledged_within is not None
        assert len(slack.answers(dm, message.ts)) == 1


def test_a_held_call_of_an_app_that_died_meanwhile_never_takes_effect(
    slack: SlackDouble, deals: Channel
) -> None:
    gate = slack.faults.hold("chat.postMessage")
    hasty = WebClient(slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=deals.id, text="x")
    gate.open()
    slack.wait_for(lambda: slack.calls[0].fault == "abandoned" or slack.calls[0].status)
    assert slack.answers(deals) == []
