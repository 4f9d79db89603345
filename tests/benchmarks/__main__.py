"""Measure Liaison against the stock LangChain + Chroma pipeline, in one run, as ratios."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

import click
from rich.console import Console
from rich.table import Table

from tests.benchmarks import acknowledging, importing, indexing, latency, plans, starting, tokens
from tests.benchmarks.measuring import Line

Section = Callable[..., list[Line]]

SECTIONS: dict[str, tuple[Section, str]] = {
    "starting": (starting.measure, "against a bare interpreter"),
    "acknowledging": (acknowledging.measure, "against a Bolt app that keeps nothing"),
    "tokens": (tokens.measure, "tokens of a request against those that may be sent"),
    "plans": (plans.measure, "a large company against one of 100 accounts"),
    "importing": (importing.measure, "time against pandas to SQLite"),
    "indexing": (indexing.measure, "time against the embedding model alone, same texts"),
    "latency": (latency.measure, "time and memory against LangChain + Chroma"),
}


def main() -> None:
    """Run the sections that were asked for and print a table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="default: all")
    parser.add_argument("--quick", action="store_true", help="small, in under two minutes")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    asked = parser.parse_args()
    told = Console(stderr=True)
    results: dict[str, list[Line]] = {}
    for name in asked.sections or SECTIONS:
        begun = perf_counter()
        home = Path(tempfile.mkdtemp(prefix=f"liaison-{name}-"))
        try:
            results[name] = SECTIONS[name][0](home / "run", quick=asked.quick)
        finally:
            shutil.rmtree(home, ignore_errors=True)
        told.print(f"{name}: {perf_counter() - begun:.0f} s", style="dim")
    if asked.json:
        found = {name: [asdict(line) for line in lines] for name, lines in results.items()}
        whole = {"machine": _machine(), "quick": asked.quick, "results": found}
        click.echo(json.dumps(whole, indent=2))
        return
    for name, lines in results.items():
        _show(SECTIONS[name][1], lines)
    click.echo(_machine())


def _show(against: str, lines: list[Line]) -> None:
    table = Table(title=against, title_justify="left", box=None, pad_edge=False)
    table.add_column("what", no_wrap=True)
    table.add_column("ratio", justify="right")
    table.add_column("goal", no_wrap=True)
    table.add_column("measured")
    for line in lines:
        table.add_row(
            line.what, "—" if line.ratio is None else f"{line.ratio:.2f}", line.goal, line.about
        )
    Console(width=None if sys.stdout.isatty() else 160).print(table, "")


def _machine() -> str:
    """What the figures were taken on; ratios of one run compare, seconds of two runs do not."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}"


if __name__ == "__main__":
    main()
