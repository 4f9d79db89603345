"""However a company's files are cut up, shuffled and repeated, the same is known afterwards."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.properties.company import (
    Company,
    Customer,
    Export,
    Person,
    Tables,
    export,
    with_somebody_unknown,
    write_documents,
    write_tables,
)
from tests.properties.homes import opened
from tests.properties.states import differences, numbers, state_of
from tests.properties.strategies import companies

NOW = datetime(2026, 9, 30, tzinfo=UTC)
SMALL = Company(
    people=(Person(), Person(manager=0)),
    leads=(0,),
    customers=(Customer(owner=1, seller=1), Customer(members=(0,), parent=0)),
    lonely=(1,),
)


def dealt(exported: Export, imports: int, luck: random.Random) -> list[Export]:
    """The same export in several imports, its rows and documents dealt out at random."""
    parts = [Export() for _ in range(imports)]
    for name, rows in exported.tables.items():
        for row in luck.sample(rows, len(rows)):
            luck.choice(parts).tables.setdefault(name, []).append(row)
    for name in luck.sample(list(exported.documents), len(exported.documents)):
        luck.choice(parts).documents[name] = exported.documents[name]
    for part in parts:
        names = list(part.tables)
        luck.shuffle(names)
        part.tables = {name: part.tables[name] for name in names}
    return parts


def in_files(folder: Path, part: Export, luck: random.Random) -> list[Path]:
    """One import as paths: its tables now in one file a kind, now in two, in any order."""
    halves: tuple[Tables, Tables] = ({}, {})
    for name, rows in part.tables.items():
        cut = luck.randint(0, len(rows))
        halves[0][name], halves[1][name] = rows[:cut], rows[cut:]
    paths = [folder / "one", folder / "two"]
    for path, tables in zip(paths, halves, strict=True):
        write_tables(path, tables)
    write_documents(paths[0], part.documents)
    luck.shuffle(paths)
    return paths


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(companies(), st.integers(1, 3), st.integers(0, 2**32))
@example(SMALL, 3, 1)
def test_the_order_and_the_cut_of_imports_make_no_difference(
    tmp_path_factory: pytest.TempPathFactory, company: Company, imports: int, seed: int
) -> None:
    folder, luck = tmp_path_factory.mktemp("order"), random.Random(seed)
    exported = with_somebody_unknown(export(company))
    with opened(folder / "whole") as whole, opened(folder / "cut") as cut:
        report = whole.take_in([exported.write(folder / "export")], now=NOW)
        assert not report.refusals
        for number, part in enumerate(dealt(exported, imports, luck)):
            again = cut.take_in(in_files(folder / f"part-{number}", part, luck), now=NOW)
            assert not again.refusals
        assert differences(state_of(whole.database), state_of(cut.database)) == {}


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(companies(), st.integers(0, 2**32))
def test_importing_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, company: Company, seed: int
) -> None:
    folder, luck = tmp_path_factory.mktemp("again"), random.Random(seed)
    exported = with_somebody_unknown(export(company))
    with opened(folder / "home") as workspace:
        first = workspace.take_in([exported.write(folder / "export")], now=NOW)
        state, passages = state_of(workspace.database), numbers(workspace.database)
        workspace.embed()
        (part,) = dealt(exported, 1, luck)
        for paths in ([folder / "export"], in_files(folder / "shuffled", part, luck)):
            report = workspace.take_in(paths, now=NOW)
            assert report.outcomes["unchanged"] == first.outcomes["created"]
            changed = [report.outcomes[name] for name in ("created", "updated", "rejected")]
            assert changed == [0, 0, 0]
            assert differences(state, state_of(workspace.database)) == {}
            assert numbers(workspace.database) == passages, "no passage was cut anew"
            assert workspace.embed() == 0, "nothing waits for a vector again"


def test_a_changed_row_is_a_new_version_and_the_old_one_stays_citable(tmp_path: Path) -> None:
    exported = export(SMALL)
    with opened(tmp_path / "home") as workspace:
        workspace.take_in([exported.write(tmp_path / "export")], now=NOW)
        exported.tables["Opportunity"][0]["Amount"] = "99000"
        exported.documents["notes/call-0.txt"] += " They said yes."
        report = workspace.take_in([exported.write(tmp_path / "export")], now=NOW)
        assert (report.outcomes["created"], report.outcomes["updated"]) == (0, 2)
        operator, deal = workspace.ledger, exported.tables["Opportunity"][0]["Id"]
        viewer = operator.viewer("anouk.colleague@us.example")
        _, before = operator.source_text(viewer, f"opportunity:{deal}@1")
        _, after = operator.source_text(viewer, f"opportunity:{deal}@2")
        assert "88000" in before.text.replace(",", "").replace(" ", "")
        assert "99000" in after.text.replace(",", "").replace(" ", "")
        found = workspace.search(viewer, "they said yes", k=1)
        assert found.hits[0].ref == "document:notes/call-0.txt@2"
