"""Whose a document is follows what is known, whatever came first and whatever was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.intake import taking
from knowledge.records import tables as t
from knowledge.workspace import Workspace
from tests.properties.homes import opened

NOW = datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path / "home") as one:
        yield one


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "note.md").write_text("Quorvex Works wants seals.")
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "Account.csv"
    path.write_text("Id,Name\n001000000000001AAA,Quorvex Works\n")
    return path


def account_of(workspace: Workspace) -> str | None:
    with workspace.database.reading() as session:
        return session.scalars(select(t.Document.account_id)).one()


def test_a_paper_finds_an_account_that_is_imported_later(
    workspace: Workspace, papers: Path, table: Path
) -> None:
    workspace.take_in([papers], now=NOW)
    assert account_of(workspace) is None
    workspace.take_in([table], now=NOW)
    assert account_of(workspace) == "001000000000001AAA"


def test_an_import_that_dies_before_attaching_leaves_it_to_the_next(
    workspace: Workspace, papers: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.take_in([papers], now=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(taking, "attach_documents", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            workspace.take_in([table], now=NOW)
    assert account_of(workspace) is None
    workspace.take_in([table], now=NOW)  # nothing in it is new any more
    assert account_of(workspace) == "001000000000001AAA"


def test_what_a_person_attached_stays_where_it_is(
    workspace: Workspace, papers: Path, table: Path
) -> None:
    workspace.take_in([papers], now=NOW)
    with workspace.database.writing() as session:
        document = session.scalars(select(t.Document)).one()
        document.account_id, document.attached_by = "elsewhere", "hand"
    workspace.take_in([table], now=NOW)
    assert account_of(workspace) == "elsewhere"
