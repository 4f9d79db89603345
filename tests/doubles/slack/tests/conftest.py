"""A Slack, a channel, somebody in it, and an app that answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from tests.doubles.slack import Channel, Person, SlackDouble
from tests.doubles.slack.tests.echo_app import Heard, bolt_app, over_http, over_sockets


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble() as double:
        yield double


@pytest.fixture
def client(slack: SlackDouble) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def ana(slack: SlackDouble) -> Person:
    return slack.workspace.person("Ana Ruiz", "ana@varnholt.example")


@pytest.fixture
def deals(slack: SlackDouble, ana: Person) -> Channel:
    return slack.workspace.channel("deals", [ana])


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture(params=["sockets", "http"])
def app(request: pytest.FixtureRequest, slack: SlackDouble, heard: Heard) -> Iterator[App]:
    """The app, running; each test that asks for it runs over both transports."""
    app = bolt_app(slack, heard)
    run = over_sockets if request.param == "sockets" else over_http
    yield from run(slack, app)
