"""The service as a process that can be killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.assistant.slack.house import ROOT
from tests.doubles.slack import SlackDouble

_CHILD = (sys.executable, "-m", "tests.assistant.slack.child")


@dataclass
class Served:
    """A home that is served by one process at a time: Liaison, or another command."""

    slack: SlackDouble
    home: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    command: Sequence[str] = ()
    process: subprocess.Popen[str] | None = None
    port: int = 0

    def start(self) -> None:
        """Start, and wait until Slack is connected."""
        told = {
            **{name: value for name, value in os.environ.items() if "SLACK" not in name},
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            **self.environ,
        }
        log = (self.home / "log.txt").open("a", encoding="utf-8")
        with log:
            self.process = subprocess.Popen(
                self.command or [*_CHILD, str(self.home), "127.0.0.1:0"],
                cwd=ROOT,
                env=told,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert "Serving" in said, (self.home / "log.txt").read_text()
        self.port = int(re.findall(r"on port (\d+)", said)[0])
        self.slack.wait_connected()

    def left(self) -> int:
        """How many jobs are not done yet, as `/healthz` tells."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as one:
                health = json.load(one)
        except urllib.error.HTTPError as error:
            with error:
                health = json.load(error)
        return int(health["queue"]["waiting"])

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        self.slack.wait_for(lambda: not self.slack.sockets.connections)
        return code


@contextmanager
def served(
    slack: SlackDouble,
    home: Path,
    environ: Mapping[str, str] | None = None,
    command: Sequence[str] = (),
) -> Iterator[Served]:
    """A served home; whatever still runs at the end is killed."""
    one = Served(slack, home, environ or {}, command)
    try:
        one.start()
        yield one
    finally:
        if one.process is not None:
            one.end(signal.SIGKILL)
