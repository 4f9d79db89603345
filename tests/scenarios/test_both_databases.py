"""The core of the product, once on SQLite and once on PostgreSQL: the same story, word for word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.desk import Desk
from assistant.settings import Settings
from knowledge.errors import NotFound
from knowledge.records import Viewer
from knowledge.workspace import Workspace
from tests.properties.company import (
    Company,
    Customer,
    Person,
    account_id,
    allowed,
    email,
    export,
    reassigned,
)
from tests.properties.states import (
    check_findable,
    check_whole,
    differences,
    linguist,
    numbers,
    state_of,
    vectors_of,
)

NOW, DAY = datetime(2026, 9, 30, tzinfo=UTC), date(2026, 9, 30)
COMPANY = Company(
    people=(Person(), Person(manager=0), Person(), Person(admin=True)),
    leads=(0,),
    customers=(Customer(owner=1, seller=1), Customer(members=(2,), seller=2, parent=0)),
    lonely=(1,),
    by_name=True,
)


def test_import_search_rights_and_plan(either_workspace: Workspace, tmp_path: Path) -> None:
    workspace, exported = either_workspace, export(COMPANY)
    report = workspace.take_in([exported.write(tmp_path / "export")], now=NOW)
    assert report.outcomes["rejected"] == 0
    assert report.unassigned == ["inbox/Jomquist.txt"]
    state, passages = state_of(workspace.database), numbers(workspace.database)

    again = workspace.take_in([tmp_path / "export"], now=NOW)
    assert again.outcomes["unchanged"] == report.outcomes["created"]
    assert differences(state, state_of(workspace.database)) == {}
    assert numbers(workspace.database) == passages

    rep = workspace.ledger.viewer(email(1))
    by_words = workspace.search(rep, "energy report Quorvex")
    assert by_words.backlog == workspace.awaiting_vectors() == len(passages)
    assert workspace.embed() > 0
    assert workspace.search(rep, "energy report Quorvex").backlog == 0
    workspace.reindex()
    assert workspace._vectors is not None
    assert check_findable(workspace.database, workspace._vectors, linguist()) == len(passages)
    check_whole(workspace.database)

    for who in range(len(COMPANY.people)):
        seen = {one.id for one in workspace.ledger.accounts(workspace.ledger.viewer(email(who)))}
        assert seen == {account_id(number) for number in allowed(COMPANY, who)}

    settings = Settings(
        home=workspace.place.home, database_url=SecretStr(workspace.place.database_url)
    )
    desk = Desk(settings, workspace)
    plan = desk.plan(rep, "Quorvex Works", DAY)
    assert plan.account_id == account_id(0)
    assert [claim for claim in plan.claims() if claim.evidence]
    assert [line.revenue for line in desk.accounts(rep, DAY)] == [
        workspace.ledger.account_file(rep, account_id(0), DAY).revenue[0].amount
    ]
    with pytest.raises(NotFound):
        desk.plan(rep, "Zelbinor Works", DAY)


def test_what_changes_hands_is_found_by_the_new_owner_only(
    either_workspace: Workspace, tmp_path: Path
) -> None:
    workspace = either_workspace
    workspace.take_in([export(COMPANY).write(tmp_path / "before")], now=NOW)
    later = reassigned(COMPANY, 1, 2)
    workspace.take_in([export(later).write(tmp_path / "after")], now=NOW)
    loser, winner = (workspace.ledger.viewer(email(who)) for who in (1, 2))
    assert workspace.ledger.accounts(loser) == ()
    assert {hit.account_id for hit in workspace.search(loser, "Quorvex energy").hits} <= {None}
    assert account_id(0) in {h.account_id for h in workspace.search(winner, "Quorvex energy").hits}


def test_both_databases_hold_and_find_the_same(
    workspace: Workspace, postgres_url: str, tmp_path: Path
) -> None:
    from tests.properties.homes import place

    exported = export(COMPANY).write(tmp_path / "export")
    with Workspace(place(tmp_path / "other", postgres_url)) as other:
        for one in (workspace, other):
            one.take_in([exported], now=NOW)
            one.embed()
        assert differences(state_of(workspace.database), state_of(other.database)) == {}
        assert vectors_of(workspace.database) == vectors_of(other.database)
        for question in ("energy report", "who visits Zelbinor?", "discounts"):
            found = [
                [
                    (h.ref, h.start, round(h.score, 6))
                    for h in w.search(Viewer.operator(), question).hits
                ]
                for w in (workspace, other)
            ]
            assert sorted(found[0]) == sorted(found[1])
