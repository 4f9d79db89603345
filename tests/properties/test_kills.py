"""Killed at any moment of importing or indexing, a hundred times: nothing is lost or doubled."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.workspace import Workspace
from tests.properties.company import (
    Company,
    Customer,
    Person,
    export,
    write_documents,
    write_tables,
)
from tests.properties.doomed import MOST_LIVES
from tests.properties.homes import place
from tests.properties.states import check_findable, differences, linguist, state_of

pytestmark = pytest.mark.long

COMPANY = Company(
    people=(Person(), Person(manager=0), Person(admin=True)),
    leads=(0,),
    customers=(Customer(owner=1, seller=1), Customer(members=(0,), parent=0)),
    lonely=(1,),
    by_name=True,
)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forks")
def test_a_hundred_kills_leave_what_no_kill_would_have_left(tmp_path: Path) -> None:
    exported = export(COMPANY)
    exported.tables["Opportunity"].append(
        exported.tables["Opportunity"][0] | {"Id": "006000000000999AAA", "Amount": "a lot"}
    )
    write_tables(tmp_path / "export" / "tables", exported.tables)
    write_documents(tmp_path / "export" / "papers", exported.documents)
    (tmp_path / "export" / "papers" / "torn.pdf").write_bytes(b"%PDF-1.7 torn off")

    ended = subprocess.run(
        [sys.executable, "-m", "tests.properties.doomed", str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    kills = sum(int(path.read_text()) for path in tmp_path.glob("kills-*"))
    outcomes = {path.stem: pickle.loads(path.read_bytes()) for path in tmp_path.glob("*.outcome")}
    usual = outcomes.pop("home-reference")
    assert kills >= 100
    assert len(outcomes) >= 100 / MOST_LIVES
    assert len(usual["state"]["rejects"]) == 2, "a bad row and a bad file: kept, and kept once"
    assert usual["found"] == len(usual["state"]["passages"]) > 20
    for name, outcome in outcomes.items():
        assert differences(usual["state"], outcome["state"]) == {}, name
        assert outcome["vectors"] == usual["vectors"], name
        assert outcome["folders"] == 1, f"{name}: what a dead process had begun is swept away"

    # One of them is opened as people do, in a process of its own with the real probe.
    home = tmp_path / min(outcomes)
    with Workspace(place(home)) as workspace:
        index = workspace._open_vectors()
        assert check_findable(workspace.database, index, linguist()) == usual["found"]
        assert differences(usual["state"], state_of(workspace.database)) == {}
