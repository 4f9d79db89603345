"""What we owe is one figure, whoever asks and wherever it stands."""

from __future__ import annotations

import re

import pytest

from assistant.desk import Desk
from assistant.drafting import account_plan
from assistant.steering.exporting import team_table
from knowledge.records import AccountFile, Viewer

INGRID = "ingrid.solheim@varnholt.example"
OWED = {"answer_request", "keep_promise", "do_action"}


def overdue_in(file: AccountFile) -> int:
    """Counted from the rows: ours to do, to somebody outside, past its day and open."""
    return sum(
        row.side == "ours"
        and row.type in {"promise", "request", "action"}
        and row.done_on is None
        and row.due_on is not None
        and row.due_on < file.as_of
        for row in file.commitments
    )


@pytest.fixture(scope="module")
def overdue(sample_desk: Desk) -> dict[str, int]:
    viewer, day = Viewer.operator(), sample_desk.day(None)
    ledger = sample_desk.workspace.ledger
    files = [ledger.account_file(viewer, a.id, day) for a in ledger.accounts(viewer)]
    found = {file.account.name: overdue_in(file) for file in files}
    assert sum(found.values()) > 10
    assert found["Corvane Chemicals"] == 3
    return found


def test_the_plan_counts_what_the_records_hold(sample_desk: Desk, overdue: dict[str, int]) -> None:
    for name, count in overdue.items():
        brief = sample_desk.office.brief(Viewer.operator(), name, sample_desk.day(None))
        assert sum(one.kind in OWED for one in brief.priorities) == count, name
        aims = account_plan(brief).section("objectives")
        texts = [c.text for c in aims.claims] if aims else []
        figures = [re.search(r"from (\d+) to none", text) for text in texts]
        assert [int(f[1]) for f in figures if f] == ([count] if count else []), name


def test_health_takes_points_off_for_all_of_it(sample_desk: Desk, overdue: dict[str, int]) -> None:
    for name, count in overdue.items():
        brief = sample_desk.office.brief(Viewer.operator(), name, sample_desk.day(None))
        health = brief.study["health"].values
        parts = {part.name: part for part in health["parts"]}
        given = [i.value for e in parts["promises"].evidence for i in e.inputs]
        assert not count or given[0] == count, name
        assert (count > 0) == bool({"request_overdue", "promise_overdue"} & set(health["red"]))


def test_the_team_and_home_count_the_same(sample_desk: Desk, overdue: dict[str, int]) -> None:
    ingrid, day = sample_desk.viewer(INGRID), sample_desk.day(None)
    team = sample_desk.steering.team(ingrid, INGRID, day)
    assert {line.name: line.overdue for line in team.lines} == overdue
    home = sample_desk.steering.worklist(ingrid, day)
    counted = {one.account: sum(p.kind in OWED for p in one.priorities) for one in home.accounts}
    assert counted == overdue
    review = sample_desk.review_team(ingrid, INGRID, day)
    told = review.section("promises")
    assert told is not None
    whole = f"overdue today {sum(overdue.values())}."
    assert any(claim.text.endswith(whole) for claim in told.claims)


def test_an_answer_counts_the_same(sample_desk: Desk, overdue: dict[str, int]) -> None:
    day, viewer = sample_desk.day(None), Viewer.operator()
    ask = sample_desk.conversation.reply
    for name, count in overdue.items():
        told = str(ask(viewer, f"What do we owe {name}?", day=day, account=name).to_json())
        figure = re.search(rf"Overdue towards {re.escape(name)}: (\d+)\.", told)
        assert int(figure[1] if figure else 0) == count, name
    everywhere = str(ask(viewer, "Which promises are overdue?", day=day).to_json())
    assert re.search(rf"\b{sum(overdue.values())}\b", everywhere)


def test_an_export_counts_the_same(sample_desk: Desk, overdue: dict[str, int]) -> None:
    table = team_table(sample_desk.office, Viewer.operator(), sample_desk.day(None))
    at = table.header.index("promises overdue")
    assert {row[0]: row[at] for row in table.rows} == overdue
