"""How fast the command line is there: against an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from tests.benchmarks.measuring import Line, median, seconds


def measure(home: Path, *, quick: bool) -> list[Line]:
    """`liaison --help`, the import of its module, and Python doing nothing, in turns."""
    home.mkdir(parents=True)
    liaison = str(Path(sys.executable).with_name("liaison"))
    commands = {
        "bare": [sys.executable, "-c", "pass"],
        "import": [sys.executable, "-c", "import assistant.cli"],
        "help": [liaison, "--help"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(7 if quick else 21):
        for name, command in commands.items():
            begun = perf_counter()
            subprocess.run(command, cwd=home, check=True, capture_output=True)
            taken[name].append(perf_counter() - begun)
    bare, imported, helped = (median(taken[name]) for name in commands)
    return [
        Line("liaison --help", helped / bare, "< 10", f"{seconds(helped)}, Python {seconds(bare)}"),
        Line("import assistant.cli", imported / bare, "", seconds(imported)),
    ]
