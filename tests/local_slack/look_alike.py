"""`local-slack`, a Slack that nobody here wrote: started, driven as a person would, and read.

It knows no streams, canvases or agents and answers `unknown_method`, as an older workspace might.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from websockets.sync.client import connect

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "build/local-slack/node_modules/local-slack-linux-x64/bin/local-slack"
BOT, SECRET = "U0BOT", "test-signing-secret"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-test-token", "SLACK_APP_TOKEN": "xapp-test-token"}

Seen = TypeVar("Seen")
Json = Mapping[str, Any]


@dataclass(frozen=True)
class LookAlike:
    """The program, seen through its control interface."""

    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What leads an app here."""
        return {**TOKENS, "SLACK_API_URL": f"http://127.0.0.1:{self.port}/api/"}

    def say(self, user: str, channel: str, text: str) -> Json:
        """Post as somebody; to the bot's own id it is a direct message."""
        where = user if channel == BOT else channel
        message: Json = self._do("message", user=user, channel=where, text=text)["message"]
        return message

    def command(self, user: str, channel: str, command: str, text: str = "") -> None:
        """Use a slash command."""
        self._do("command", user=user, channel=channel, command=command, text=text)

    def click(self, user: str, message: Json, action: Json) -> None:
        """Press a button of a message."""
        where = {"channel": message["channel"], "messageTs": message["ts"]}
        self._do("interact", user=user, action=dict(action), **where)

    def open_home(self, user: str) -> None:
        """Open the app's Home."""
        self._do("open-home", user=user)

    def submit(self, user: str, values: Json) -> None:
        """Submit the modal that is open, as the program's own web page does."""
        with connect(f"ws://127.0.0.1:{self.port}/ui") as page:
            page.send(json.dumps({"t": "view_submit", "user": user, "values": values}))
            self.wait_for(lambda: not self.state()["modalStack"])

    def state(self) -> Json:
        """Everything that its web page shows."""
        with connect(f"ws://127.0.0.1:{self.port}/ui", max_size=None) as page:
            told: Json = json.loads(page.recv(10))["state"]
            return told

    def messages(self, channel: str) -> list[Json]:
        """What was said in a channel, oldest first."""
        said: list[Json] = self._get(f"messages/{channel}")["messages"]
        return said

    def answers(self, question: Json) -> list[Json]:
        """What the app said in the thread of a question, or below it in a direct message."""
        said = [one for one in self.messages(question["channel"]) if one.get("user") == BOT]
        return [one for one in said if one.get("thread_ts") == question["ts"]]

    def wait_for(self, look: Callable[[], Seen], seconds: float = 40.0) -> Seen:
        """Look now and then until something is there."""
        until = time.monotonic() + seconds
        while not (found := look()):
            if time.monotonic() > until:
                log = json.dumps(self._get("log")["log"][-12:], indent=1)[-6_000:]
                raise AssertionError(f"It did not happen in {seconds} s: {log}")
            time.sleep(0.1)
        return found

    def _get(self, path: str) -> Json:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_control/{path}") as answer:
            told: Json = json.load(answer)
            return told

    def _do(self, act: str, **about: object) -> Json:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/_control/{act}",
            json.dumps(about).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            told: Json = json.load(answer)
        assert told["ok"], told
        return told


@contextmanager
def local_slack(folder: Path, people: Json, *, request_url: str = "") -> Iterator[LookAlike]:
    """The program over a workspace of these people (id → name); HTTP with a `request_url`."""
    port = free_port()
    app: dict[str, str] = {"botUserId": BOT, "signingSecret": SECRET, "mode": "socket"}
    if request_url:
        app |= {"mode": "events", "requestUrl": request_url}
    users = [
        {"id": key, "name": key.lower(), "real_name": name, "email": address(name)}
        for key, name in people.items()
    ]
    members = [*people, BOT]
    channels = [{"id": "C1", "name": "deals", "members": members}]
    config = folder / "local-slack.json"
    config.write_text(json.dumps({"apps": [app], "users": users, "channels": channels}))
    command: list[str | Path] = [PROGRAM, "--config", config, "--base-host", "127.0.0.1"]
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL) as program:
        try:
            slack = LookAlike(port)
            slack_is_there(slack, program)
            yield slack
        finally:
            program.kill()


def slack_is_there(slack: LookAlike, program: subprocess.Popen[bytes]) -> None:
    """Wait until the program answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert program.poll() is None, "local-slack ended while it started"
        try:
            slack.messages("C1")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("local-slack did not start")


def address(name: str) -> str:
    """The address that the sample has for a colleague."""
    return f"{name.lower().replace(' ', '.')}@varnholt.example"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
