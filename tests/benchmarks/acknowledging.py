"""How fast Slack is heard: 200 events at once, kept on disk before they are acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.work import Work
from tests.assistant.slack.house import manifest
from tests.assistant.slack.processes import served
from tests.benchmarks.measuring import Line, median, percentile, seconds
from tests.doubles.slack import SlackDouble

CROWD = 200
BARE = (sys.executable, "-m", "tests.benchmarks.bare_bolt")


def measure(home: Path, *, quick: bool) -> list[Line]:
    """The service in a process of its own, and a Bolt app that keeps nothing, in turns."""
    home.mkdir(parents=True)
    with Work(home, f"sqlite:///{home / 'liaison.db'}") as work:
        work.start()
    taken: dict[str, list[list[float]]] = {"liaison": [], "bare": []}
    for _ in range(2 if quick else 5):
        taken["bare"].append(_heard(home, BARE))
        taken["liaison"].append(_heard(home))
    lines = []
    for rank, goal in ((50, "ours < 200 ms"), (99, "ours < 500 ms")):
        ours, bare = (
            median([percentile(one, rank) for one in taken[name]]) for name in ("liaison", "bare")
        )
        about = f"{seconds(ours)}, bare Bolt {seconds(bare)}; {CROWD} at once, none lost"
        lines.append(Line(f"acknowledged, p{rank}", ours / bare, goal, about))
    return lines


def _heard(home: Path, command: tuple[str, ...] = ()) -> list[float]:
    """Seconds from the sending of each event to its acknowledgement."""
    with SlackDouble(manifest()) as slack, served(slack, home, command=command):
        slack.withhold()
        for number in range(CROWD):
            person = slack.workspace.person(f"Rep {number}", f"rep{number}@varnholt.example")
            slack.say(person, slack.workspace.dm(person), "How do I open a meeting?")
        sent = slack.release()
        slack.wait_for(lambda: not slack.unacknowledged(), 60)
        return [one.acknowledged_within or 0.0 for one in sent]
