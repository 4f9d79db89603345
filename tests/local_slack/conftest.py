"""`liaison serve` over the sample, and a Slack that nobody here wrote."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_slack.look_alike import PROGRAM, SECRET, LookAlike, free_port, local_slack

PEOPLE = {"U0PRIYA": "Priya Natarajan", "U0CLAIRE": "Claire Okafor", "U0JONAS": "Jonas Albrecht"}


@pytest.fixture(scope="session")
def _here_alone() -> None:
    """The program listens on every interface, so it is started only where there is but one."""
    if not PROGRAM.exists():
        pytest.skip("local-slack is not installed: make test-slack installs it")
    if [name for _, name in socket.if_nameindex() if name != "lo"]:
        pytest.skip("not cut off from the network: make test-slack sees to it")


@pytest.fixture(scope="module", params=["socket", "http"])
def slack(
    request: pytest.FixtureRequest,
    _here_alone: None,
    sample_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LookAlike]:
    """The look-alike with Liaison serving it, over Socket Mode and over signed HTTP."""
    port = free_port()
    over_http = request.param == "http"
    url = f"http://127.0.0.1:{port}/slack/events" if over_http else ""
    folder = tmp_path_factory.mktemp(request.param)
    with local_slack(folder, PEOPLE, request_url=url) as opened:
        told = opened.environment
        if over_http:
            told |= {"SLACK_SIGNING_SECRET": SECRET}
        command: list[str | Path] = [
            Path(sys.executable).with_name("liaison"),
            "serve",
            "--home",
            sample_home,
        ]
        with (
            (folder / "log.txt").open("w") as log,
            subprocess.Popen(
                [*command, "--http", f"127.0.0.1:{port}"],
                env={**os.environ, **told},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as liaison,
        ):
            assert liaison.stdout is not None
            said = liaison.stdout.readline()
            assert "Serving" in said, (folder / "log.txt").read_text()
            yield opened
            liaison.terminate()
            assert liaison.wait(60) == 0
