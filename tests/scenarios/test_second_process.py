"""The embedded index belongs to one process; a second one answers by words, and says so."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.errors import IndexHeld
from knowledge.workspace import Workspace
from tests.properties.company import Company, Customer, Person, export

COMPANY = Company(people=(Person(),), customers=(Customer(owner=0, seller=0),))
SECOND = """
import sys
from pathlib import Path
import knowledge.index.meaning, knowledge.workspace
from knowledge.records import Viewer
from tests.properties.homes import place
knowledge.index.meaning._SCANNED = knowledge.workspace.SMALL = 0
with knowledge.workspace.Workspace(place(Path(sys.argv[1]))) as workspace:
    found = workspace.search(Viewer.operator(), "energy report")
    print(len(found.hits), *found.notes, sep="\\n")
    try:
        workspace.reindex()
    except Exception as error:
        print(type(error).__name__, error)
"""


def second(home: Path) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", SECOND, str(home)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return ended.stdout.splitlines()


def test_a_second_process_answers_by_words_and_says_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.take_in([export(COMPANY).write(tmp_path / "export")], now=datetime.now(UTC))
    workspace.embed()
    workspace.reindex()  # this process holds the index now
    hits, note, refused = second(workspace.place.home)
    assert int(hits) > 3
    assert "words" in note
    assert refused.startswith(f"{IndexHeld.__name__} ")
    workspace._vectors.close()  # type: ignore[union-attr]
    workspace._vectors = None
    hits, *rest = second(workspace.place.home)
    assert int(hits) > 3
    assert rest == [], "the index is free: nothing to tell"


def test_a_workspace_within_reach_of_comparison_never_needs_the_index(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.take_in([export(COMPANY).write(tmp_path / "export")], now=datetime.now(UTC))
    workspace.embed()
    monkeypatch.setattr(Workspace, "_open_vectors", lambda _: pytest.fail("opened the index"))
    viewer = workspace.ledger.viewer("anouk.colleague@us.example")
    found = workspace.search(viewer, "energy", explain=True)
    assert found.notes == ()
    assert found.hits[0].why
    assert found.hits[0].why.meaning_score is not None
