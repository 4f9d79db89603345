"""The switch of the whole suite: nothing leaves this machine, no real key is used."""

from __future__ import annotations

import os
import socket

import pytest

import tests.conftest as suite


def test_no_test_reaches_another_machine() -> None:
    with (
        socket.socket() as wire,
        pytest.raises(RuntimeError, match="nothing may leave this machine"),
    ):
        wire.connect(("192.0.2.1", 443))


def test_the_keys_of_whoever_runs_the_suite_are_gone() -> None:
    assert not [name for name in os.environ if name.startswith("OPENAI_")]
    assert suite.REAL_CALLS_ALLOWED is False
