"""What a plan costs in a small company and in a large one: goal, at most 1.5 times as much."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from assistant.desk import Desk
from assistant.settings import read_settings
from knowledge.records import Viewer
from tests.benchmarks.company import AS_OF, REP_HOLDS, name_of, rep_of, settle
from tests.benchmarks.measuring import Line, median, seconds

SMALL = 100


def measure(home: Path, *, quick: bool) -> list[Line]:
    """Plans by an administrator and by a rep in companies of 100 and of many accounts."""
    sizes, plans = (SMALL, 5_000 if quick else 50_000), 7 if quick else 15
    desks = {accounts: _opened(home / str(accounts), accounts) for accounts in sizes}
    lines: list[Line] = []
    for who in ("administrator", "rep"):
        first: dict[int, float] = {}
        warm: dict[int, list[float]] = {accounts: [] for accounts in sizes}
        for number in range(plans + 1):
            for accounts, desk in desks.items():  # in turns: both meet the same busy moments
                took = _plan(desk, who, number)
                if number == 0:
                    first[accounts] = took
                else:
                    warm[accounts].append(took)
        small, large = (median(warm[accounts]) for accounts in sizes)
        about = f"{seconds(large)} in {sizes[1]:,} accounts, {seconds(small)} in {sizes[0]:,}"
        lines.append(Line(f"a plan, {who}", large / small, "≤ 1.5", about))
        once = f"{seconds(first[sizes[1]])}, {seconds(first[sizes[0]])}"
        lines.append(
            Line(f"the first after an import, {who}", first[sizes[1]] / first[sizes[0]], "", once)
        )
    for desk in desks.values():
        desk.close()
    return lines


def _opened(home: Path, accounts: int) -> Desk:
    home.mkdir(parents=True, exist_ok=True)
    desk = Desk.open(read_settings(home, environ={}))
    settle(desk.workspace.database, accounts)
    desk.workspace.keep_playbook()
    return desk


def _plan(desk: Desk, who: str, number: int) -> float:
    viewer = Viewer.operator() if who == "administrator" else desk.viewer(rep_of(0))
    begun = perf_counter()
    draft = desk.plan(viewer, name_of(number % REP_HOLDS), AS_OF)
    took = perf_counter() - begun
    assert draft.sections, "a plan has something to say"
    return took
