"""How fast Slack is heard: 200 events at once, kept on disk before they are acknowledged."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from assistant.desk import Desk
from assistant.settings import read_settings
from assistant.work import Work
from tests.assistant.slack.house import manifest
from tests.assistant.slack.processes import served
from tests.benchmarks.measuring import Line, median, percentile, seconds
from tests.doubles.slack import SlackDouble

CROWD = 200
BARE = (sys.executable, "-m", "tests.benchmarks.bare_bolt")
GOALS = {50: "ours < 200 ms", 99: "ours < 500 ms"}


def measure(home: Path, *, quick: bool) -> list[Line]:
    """The service in a process of its own, and a Bolt app that keeps nothing, in turns.

    Once right after the start, and once while the service gives the playbook its vectors.
    """
    taken: dict[str, list[list[float]]] = {"idle": [], "reading": [], "bare": []}
    for number in range(1 if quick else 3):
        idle, reading = (_home(home / f"{name}-{number}") for name in ("idle", "reading"))
        taken["bare"].append(_heard(idle, BARE))
        taken["idle"].append(_heard(idle))
        taken["reading"].append(_heard(reading, when=partial(_begun, reading)))
    return [
        *(_line(taken, "idle", "acknowledged", rank) for rank in GOALS),
        *(_line(taken, "reading", "the same while it reads for meaning", rank) for rank in GOALS),
    ]


def _line(taken: dict[str, list[list[float]]], whose: str, what: str, rank: int) -> Line:
    ours, bare = (
        median([percentile(one, rank) for one in taken[name]]) for name in (whose, "bare")
    )
    about = f"{seconds(ours)}, bare Bolt {seconds(bare)}; {CROWD} at once, none lost"
    return Line(f"{what}, p{rank}", ours / bare, GOALS[rank], about)


def _home(home: Path) -> Path:
    """A home with the playbook, not yet read for meaning."""
    home.mkdir(parents=True)
    with closing(Desk.open(read_settings(home))) as desk:
        desk.workspace.keep_playbook()
    with Work(home, f"sqlite:///{home / 'liaison.db'}") as work:
        work.start()
    return home


def _begun(home: Path) -> bool:
    with closing(sqlite3.connect(home / "liaison.db")) as records:
        return bool(records.execute("SELECT count(*) FROM vectors").fetchone()[0])


def _heard(
    home: Path, command: tuple[str, ...] = (), when: Callable[[], bool] = lambda: True
) -> list[float]:
    """Seconds from the sending of each event to its acknowledgement, sent once `when` says so."""
    with SlackDouble(manifest()) as slack, served(slack, home, command=command):
        slack.withhold()
        for number in range(CROWD):
            person = slack.workspace.person(f"Rep {number}", f"rep{number}@varnholt.example")
            slack.say(person, slack.workspace.dm(person), "How do I open a meeting?")
        slack.wait_for(when, 60)
        sent = slack.release()
        slack.wait_for(lambda: not slack.unacknowledged(), 60)
        return [one.acknowledged_within or 0.0 for one in sent]
