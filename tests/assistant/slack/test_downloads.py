"""Files are fetched from Slack alone: our token goes nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import TryLater
from assistant.slack.client import SlackClient
from assistant.slack.downloads import download
from knowledge.errors import Unreadable
from tests.doubles.slack import SlackDouble


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble() as double:
        yield double


def shared(slack: SlackDouble, name: str, content: bytes, *, invited: bool = True) -> Any:
    """A file as `files.info` tells of it, in a channel with or without us."""
    ana = slack.workspace.person("Ana Ruiz", "ana@varnholt.example")
    channel = slack.workspace.channel("deals", [ana], invited=invited)
    return slack.say(ana, channel, "", files={name: content}).files[0].as_json()


@pytest.fixture
def client(slack: SlackDouble) -> SlackClient:
    return SlackClient(slack.bot_token, slack.api_url)


def test_a_file_comes_byte_for_byte(slack: SlackDouble, client: SlackClient) -> None:
    file = shared(slack, "notes of may.md", b"# Notes\n\xc3\xa9")
    assert download(client, file) == b"# Notes\n\xc3\xa9"


@pytest.mark.parametrize(
    "address",
    [
        "https://files.slack.com.evil.example/a.md",
        "https://evil.example/files.slack.com/a.md",
        "https://files.slack.com@evil.example/a.md",
        "http://files.slack.com/a.md",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_elsewhere_is_never_called(client: SlackClient, address: str) -> None:
    with pytest.raises(Unreadable, match="lives elsewhere"):
        download(client, {"name": "a.md", "url_private": address})


def test_a_file_on_somebodys_drive_is_not_fetched(slack: SlackDouble, client: SlackClient) -> None:
    file = {**shared(slack, "a.md", b"x"), "is_external": True}
    with pytest.raises(Unreadable, match="share the file itself"):
        download(client, file)


def test_a_file_we_may_not_read_is_not_mistaken_for_slacks_sign_in_page(
    slack: SlackDouble, client: SlackClient
) -> None:
    file = shared(slack, "a.md", b"x", invited=False)
    with pytest.raises(Unreadable, match="invite me"):
        download(client, file)


def test_a_file_too_large_to_read_is_not_even_asked_for(
    slack: SlackDouble, client: SlackClient
) -> None:
    file = {**shared(slack, "a.md", b"x"), "size": 26 * 1024**2}
    with pytest.raises(Unreadable, match="larger than 25 MB"):
        download(client, file)


def test_an_outage_is_tried_again_later() -> None:
    with SlackDouble() as gone:
        client = SlackClient(gone.bot_token, gone.api_url)
        file = shared(gone, "a.md", b"x")
    with pytest.raises(TryLater):
        download(client, file)
