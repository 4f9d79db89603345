from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.records.store import Database
from tests.databases import new_file
from tests.knowledge.records.importing.conftest import Desk

NAMES = ("Acme GmbH", "ACME", "Acme Inc", "Betacorp", "Beta Corp", "Betakorp", "Çelik", "Celik AG")
PEOPLE = ("Ann Lee", "ann lee", "Bob Ray", "bob@we.com", "Cy Fox", "")
STAGES = ("Won", "Lost", "Proposal", "gewonnen", "")

accounts = st.tuples(st.sampled_from(NAMES), st.sampled_from(PEOPLE), st.sampled_from(("", *NAMES)))
users = st.tuples(st.sampled_from(PEOPLE[:5]), st.sampled_from(PEOPLE), st.sampled_from(("N", "")))
deals = st.tuples(
    st.sampled_from(("", "A0", "A1", "A2")),
    st.sampled_from(("", *NAMES)),
    st.sampled_from(PEOPLE),
    st.sampled_from(STAGES),
)
touches = st.tuples(st.sampled_from(("D0", "D1", "D9")), st.sampled_from(PEOPLE))

workspaces = st.tuples(
    st.lists(accounts, max_size=4, unique_by=lambda row: row[0]),
    st.lists(users, max_size=4, unique_by=lambda row: row[0]),
    st.lists(deals, max_size=6),
    st.lists(touches, max_size=4),
)
HEADERS = {
    "Account.csv": "Id,Name,Owner,Parent Account",
    "User.csv": "Id,Name,Manager,Team",
    "Opportunity.csv": "Id,Name,AccountId,Account Name,Owner,StageName",
    "Task.csv": "Id,Opportunity Id,Subject,Assigned To",
}


def sheets(workspace: tuple[list[tuple[str, ...]], ...]) -> dict[str, list[str]]:
    accounts_, users_, deals_, touches_ = workspace
    return {
        "Account.csv": [f"A{n},{','.join(row)}" for n, row in enumerate(accounts_)],
        "User.csv": [f"U{n},{','.join(row)}" for n, row in enumerate(users_)],
        "Opportunity.csv": [f"D{n},Deal {n},{','.join(row)}" for n, row in enumerate(deals_)],
        "Task.csv": [f"T{n},{deal},Ring,{who}" for n, (deal, who) in enumerate(touches_)],
    }


@contextmanager
def fresh_desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(new_file(Path(folder)))
        try:
            yield Desk(database, Path(folder))
        finally:
            database.close()


def take(desk: Desk, parts: list[tuple[str, list[str]]]) -> None:
    """Import the parts in one run, each a file of its own folder-less name."""
    files = []
    for number, (name, rows) in enumerate(parts):
        place = desk.folder / f"{number}"
        place.mkdir(exist_ok=True)
        path = place / name
        path.write_text("\n".join([HEADERS[name], *rows]) + "\n", "utf-8")
        files.append(type(desk.file(name, ""))(path, desk.folder, f"{number}/{name}"))
    desk.take(*files)


relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(workspaces, st.randoms(use_true_random=False))
def test_neither_rows_nor_files_nor_runs_decide_the_outcome(
    workspace: tuple[list[tuple[str, ...]], ...], chance: random.Random
) -> None:
    whole = [(name, rows) for name, rows in sheets(workspace).items() if rows]
    parts = []
    for name, rows in whole:
        shuffled = chance.sample(rows, len(rows))
        cut = chance.randint(0, len(rows))
        parts += [(name, some) for some in (shuffled[:cut], shuffled[cut:]) if some]
    chance.shuffle(parts)
    runs: list[list[tuple[str, list[str]]]] = [[] for _ in range(3)]
    for part in parts:
        runs[chance.randrange(3)].append(part)

    with fresh_desk() as at_once, fresh_desk() as in_parts:
        take(at_once, whole)
        for run in runs:
            take(in_parts, run)
        assert in_parts.state() == at_once.state()


@relaxed
@given(workspaces)
def test_importing_again_changes_nothing(workspace: tuple[list[tuple[str, ...]], ...]) -> None:
    whole = [(name, rows) for name, rows in sheets(workspace).items() if rows]
    with fresh_desk() as desk:
        take(desk, whole)
        before = desk.state()
        take(desk, whole)
        assert desk.state() == before
        assert desk.linked[-1].linked == 0


@relaxed
@given(workspaces, workspaces)
def test_a_workspace_that_changed_is_as_if_it_had_always_been_so(
    before: tuple[list[tuple[str, ...]], ...], after: tuple[list[tuple[str, ...]], ...]
) -> None:
    """Renamed, moved and reassigned: only version numbers tell of the past."""
    old, new = sheets(before), sheets(after)
    kept = {name: new[name] + old[name][len(new[name]) :] for name in HEADERS}
    with fresh_desk() as changed, fresh_desk() as always:
        take(changed, [(name, rows) for name, rows in old.items() if rows])
        take(changed, [(name, rows) for name, rows in new.items() if rows])
        take(always, [(name, rows) for name, rows in kept.items() if rows])
        assert timeless(changed) == timeless(always)


def timeless(desk: Desk) -> dict[str, object]:
    state = desk.state()
    state.pop("sources")
    return {
        name: [
            {column: value for column, value in row.items() if column != "version"}
            if isinstance(row, dict)
            else row
            for row in rows
        ]
        for name, rows in state.items()
    }
