"""The ways in: signed HTTP, the socket and its watchdog, health, metrics and clear refusals."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection

from assistant.errors import BadSettings, WorkHeld
from assistant.models import RunFor
from assistant.prompting import Filled
from assistant.service import Discreet, Service
from assistant.settings import read_settings
from assistant.slack import connection
from knowledge.records import Viewer
from tests.assistant.slack.house import PRIYA, House, shown
from tests.assistant.slack.house import house as built
from tests.assistant.slack.teller import OWNER
from tests.doubles.model import MODEL, ScriptedOpenAI, say

SECRET = "5ea5e11e5ecre7"


@pytest.fixture
def by_http(home: Path) -> Iterator[House]:
    """A house that Slack calls over HTTP."""
    with built(home, {"SLACK_SIGNING_SECRET": SECRET}, "127.0.0.1:0") as opened:
        opened.slack.workspace.signing_secret = SECRET
        opened.slack.deliver_to(f"{address(opened)}/slack/events")
        yield opened


def address(house: House) -> str:
    assert house.service.http is not None
    return f"http://127.0.0.1:{house.service.http.port}"


def called(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> int:
    request = urllib.request.Request(url, body, dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return str(response.read().decode())


def signed(body: bytes, moment: str, secret: str = SECRET) -> dict[str, str]:
    base = f"v0:{moment}:".encode() + body
    told = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": told,
    }


def test_a_question_over_http_is_answered_once(by_http: House) -> None:
    question = by_http.ask(PRIYA, "Who owns Meridian?")
    by_http.slack.redeliver(question.deliveries[0])
    by_http.settled()
    assert OWNER in shown(by_http.answer(question))


def test_only_slack_is_let_in(by_http: House) -> None:
    url = f"{address(by_http)}/slack/events"
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    now = str(int(time.time()))
    assert called(url, body, signed(body, now)) == 200
    assert called(url, body, signed(body, now, "another secret")) == 401
    assert called(url, body, signed(body, str(int(time.time()) - 3_600))) == 401
    for moment in ("", "garbage", "-1", "1e9", "٣", "9" * 400):
        headers = signed(body, moment) | {
            "X-Slack-Request-Timestamp": moment.encode().decode("latin-1")
        }
        assert called(url, body, headers) == 401, moment
    assert called(url, body) == 401
    assert called(url, b"\xff\xfe", signed(b"\xff\xfe", now)) in {400, 401}
    assert called(f"{address(by_http)}/elsewhere") == 404


def test_health_and_metrics_tell_how_things_are(by_http: House) -> None:
    by_http.ask(PRIYA, "Who owns Meridian?")
    health = json.loads(read(f"{address(by_http)}/healthz"))
    assert health == {
        "status": "ok",
        "database": True,
        "slack": True,
        "queue": {"waiting": 0, "oldest_seconds": 0.0},
    }
    metrics = read(f"{address(by_http)}/metrics")
    assert 'liaison_requests_received_total{type="event"}' in metrics
    assert 'liaison_jobs_total{name="ask",outcome="done"} 1.0' in metrics
    assert 'liaison_answers_total{reach="everyone",route="computed"} 1.0' in metrics
    assert "liaison_acknowledged_seconds_bucket" in metrics


def test_metrics_tell_what_the_language_model_was_sent_and_wrote(home: Path) -> None:
    with ScriptedOpenAI(say("Yes.", usage=(120, 0, 7))) as model:
        environ = {"SLACK_SIGNING_SECRET": SECRET, **model.environment}
        with built(home, environ, "127.0.0.1:0") as house:
            asked = Filled("answer", 1, "0" * 64, "You answer.", "Who decides?")
            house.service.desk.models.say(asked, RunFor(Viewer.operator(), "answer"))
            metrics = read(f"{address(house)}/metrics")
    kind = f'{{model="{MODEL}",outcome="complete"}}'
    assert f"liaison_model_tokens_sent_total{kind} 120.0" in metrics
    assert f"liaison_model_tokens_received_total{kind} 7.0" in metrics


def test_health_fails_while_slack_cannot_be_reached(home: Path) -> None:
    with built(home, listen="127.0.0.1:0") as house:
        house.slack.wait_connected()
        assert house.service._socket is not None
        house.slack.faults.fail("auth.test", status=503)
        house.service._socket.look()
        assert called(f"{address(house)}/healthz") == 503
        house.service._socket.look()
        assert called(f"{address(house)}/healthz") == 200
        assert called(f"{address(house)}/slack/events", b"{}") == 404


def test_a_socket_that_has_gone_deaf_is_replaced(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.service._socket is not None
    before = len(house.slack.calls_of("apps.connections.open"))
    monkeypatch.setattr(connection, "SILENCE", -1.0)
    house.service._socket.look()
    assert len(house.slack.calls_of("apps.connections.open")) == before + 1
    house.slack.wait_for(lambda: len(house.slack.sockets.connections) == 1)
    assert OWNER in shown(house.answer(house.ask(PRIYA, "Who owns Meridian?")))


def test_a_connection_that_is_cut_is_replaced_within_a_second_or_two(house: House) -> None:
    before = list(house.slack.sockets.connections)
    house.slack.cut_sockets()
    house.slack.wait_for(
        lambda: [one for one in house.slack.sockets.connections if one not in before]
    )
    assert OWNER in shown(house.answer(house.ask(PRIYA, "Who owns Meridian?")))


def test_a_cut_in_the_moment_of_the_end_does_not_keep_the_service_from_ending(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cuts = Connection.disconnect, iter([True])

    def raced(self: Connection) -> None:
        """As if somebody else had closed the socket after this looked at it."""
        whole(self)
        if next(cuts, False):
            raise AttributeError("'NoneType' object has no attribute 'close'")

    with built(home):
        monkeypatch.setattr(Connection, "disconnect", raced)
    assert next(cuts, None) is None
    with built(home) as again:  # the home was let go of
        assert again.answer(again.ask(PRIYA, OWNER)).words


def test_a_connection_made_in_the_moment_of_the_end_is_ended_too(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = SocketModeClient.close

    def raced(self: SocketModeClient) -> None:
        """As if somebody had seen that there was no connection, and made one."""
        whole(self)
        self.wss_uri = self.issue_new_wss_url()
        self.connect()

    monkeypatch.setattr(SocketModeClient, "close", raced)
    with built(home) as house:
        house.slack.wait_connected()
        house.service.close(0.0)
        house.slack.wait_for(lambda: not house.slack.sockets.connections)
        assert len(house.slack.calls_of("apps.connections.open")) == 2


def test_slack_asks_to_reconnect_and_nothing_is_lost(house: House) -> None:
    house.slack.disconnect()
    house.slack.wait_for(lambda: len(house.slack.calls_of("apps.connections.open")) == 2)
    house.slack.wait_connected()
    question = house.slack.say(house.person(PRIYA), house.dm(PRIYA), "Who owns Meridian?")
    house.slack.wait_for(lambda: question.deliveries[0].attempts)
    house.slack.redeliver_unacknowledged()
    house.settled()
    assert OWNER in shown(house.answer(question))


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({}, "SLACK_BOT_TOKEN is not set: create the app from manifest.json"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "Set SLACK_APP_TOKEN"),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_APP_TOKEN": "xapp-1",
                "SLACK_API_URL": "http://127.0.0.1:9/",
            },
            "Slack does not answer at http://127.0.0.1:9/",
        ),
    ],
)
def test_what_is_missing_is_told_with_where_to_get_it(
    home: Path, environ: Mapping[str, str], told: str
) -> None:
    with pytest.raises(BadSettings, match=told):
        Service.open(read_settings(home, environ))


def test_a_token_that_slack_refuses_is_told_and_not_repeated(house: House, home: Path) -> None:
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-wrong",
        "SLACK_APP_TOKEN": house.slack.app_token,
        "SLACK_API_URL": house.slack.api_url,
    }
    with pytest.raises(BadSettings, match="SLACK_BOT_TOKEN: Slack refuses it") as error:
        Service.open(read_settings(home, environ))
    assert "xoxb-wrong" not in str(error.value)


def test_two_processes_cannot_serve_one_home(house: House, home: Path) -> None:
    environ = {
        "SLACK_BOT_TOKEN": house.slack.bot_token,
        "SLACK_APP_TOKEN": house.slack.app_token,
        "SLACK_API_URL": house.slack.api_url,
    }
    with pytest.raises(WorkHeld, match="Another process already serves"):
        Service.open(read_settings(home, environ))


def test_an_address_that_is_none_is_told(home: Path) -> None:
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SECRET}
    with pytest.raises(BadSettings, match="“3000” is no address"):
        Service.open(read_settings(home, environ), "3000")


def test_the_log_keeps_no_secrets() -> None:
    record = logging.LogRecord(
        "x",
        logging.ERROR,
        "",
        0,
        "token xoxb-12-ab and sk-abcdefgh12 at postgres://me:pw@db",
        (),
        None,
    )
    assert Discreet().format(record) == "token … and … at postgres://…@db"
