"""A proof is kept from whoever may not see the customer it tells of, however large the company."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from knowledge.records import Database, Viewer
from knowledge.records import tables as t
from knowledge.records.calling import normalise_names
from knowledge.records.proofs import hidden_proofs

ANN = Viewer("ann", "Ann", "ann@varnholt.example", "rep")
ADMIN = Viewer("ada", "Ada", "ada@varnholt.example", "admin")
PUBLIC = "Certificates of both makers"


class House:
    """Our customers: Ann's, and those of others."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.numbers = count()

    def of_ann(self, name: str, **called: str) -> None:
        """Keep a customer that Ann owns."""
        with self.database.writing() as session:
            session.add(t.Grant(user_id="ann", account_id=self.of_others(name, **called), why="o"))

    def of_others(
        self, name: str, *, city: str | None = None, site: str | None = None, person: str = "Jo Bo"
    ) -> str:
        """Keep a customer that Ann may not see; its key."""
        key = f"a{next(self.numbers)}"
        self._keep(t.Account(id=key, name=name, city=city, implied=False))
        self._keep(t.Contact(id=key, account_id=key, name=person))
        spend: dict[str, Any] = {"business_unit": site, "product_family": "pumps"}
        self._keep(t.SpendEstimate(id=key, account_id=key, **spend))
        return key

    def hides(self, *proofs: str, viewer: Viewer = ANN) -> set[str]:
        """Which of some proofs the viewer is not told."""
        with self.database.reading() as session:
            return set(hidden_proofs(session, viewer, {*proofs, PUBLIC}))

    def _keep(self, row: t.Record) -> None:
        row.source_id, row.version = f"{row.kind}:{row.id}", 1
        source = {"id": row.source_id, "kind": row.kind, "title": row.id, "audience": "account"}
        with self.database.writing() as session:
            session.add(t.Source(**source, current=1))
            session.flush()
            session.add(row)


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_a_customer_is_told_by_name_town_site_or_person(house: House) -> None:
    house.of_others("Corvane Chemicals", city="Hjørring", site="Polymers", person="Gareth Pugh")
    house.of_others("Łódź", city="Le Havre", site="Board Mill")
    house.of_others("Rolls-Royce plc")
    telling = {
        "Corvane tank farm, 8.6 tonnes",
        "Salt balance Hjørring, 2026-08-19",
        "The run in Polymers",
        "As Gareth Pugh measured it",
        "First weeks in Łódź",
        "First weeks in Le Havre",
        "The log of the Board Mill",
        "At Rolls-Royce’s test bench",
    }
    normalise_names(house.database)
    assert house.hides(*telling) == telling
    assert not house.hides(*telling, viewer=ADMIN)


def test_what_a_customer_of_theirs_is_called_by_as_well_gives_nothing_away(house: House) -> None:
    house.of_others("Corvane Chemicals", city="Le Havre", site="Polymers", person="Gareth Pugh")
    house.of_ann("Corvane Dairy", city="Polymers", site="Le Havre", person="Gareth Pugh")
    normalise_names(house.database)
    assert not house.hides("Corvane tank farm", "The run in Polymers, Le Havre: Gareth Pugh")


def test_a_word_is_a_name_only_as_the_customer_spells_it(house: House) -> None:
    for name in ("MERIDIAN Breweries", "zürich Mills", "Corvanex", "Nordic Tank"):
        house.of_others(name)
    house.of_ann("Ølsen Works")
    house.of_others("Olsen Works")
    normalise_names(house.database)
    assert not house.hides("Meridian, then Zürich", "Zurich Tank", "Corvane, Corv, No: Breweries")
    assert house.hides("Olsen", "Ølsen", "MERIDIAN") == {"Olsen", "MERIDIAN"}


def test_a_customer_that_came_or_was_renamed_a_moment_ago_is_told_by_nobody(house: House) -> None:
    key = house.of_others("Corvane Chemicals")
    assert house.hides("Corvane tank farm") == {"Corvane tank farm"}
    normalise_names(house.database)
    with house.database.writing() as session:
        session.execute(update(t.Account).where(t.Account.id == key).values(name="Beskid Rail"))
    assert house.hides("Corvane tank farm", "Beskid test run") == {"Beskid test run"}
    house.of_ann("Beskid Power")
    assert not house.hides("Beskid test run")


def test_thousands_of_words_are_looked_up_as_few_are(house: House) -> None:
    house.of_others("Zyra Works", city="Yvoire")
    normalise_names(house.database)
    letters = "abcdefghijklm"
    said = [f"Q{one}{two}{three}" for one in letters for two in letters for three in letters]
    assert len(said) > 2_000
    proofs = {" ".join(said), "Zyra test run", "Yvoire test run"}
    assert house.hides(*proofs) == proofs - {" ".join(said)}


def test_no_table_is_read_from_end_to_end(tmp_path: Path) -> None:
    # On SQLite: PostgreSQL is right to read a table of a few rows whole.
    house = House(Database.open(f"sqlite:///{tmp_path / 'liaison.db'}"))
    house.of_others("Corvane Chemicals", city="Hjørring", site="Polymers")
    normalise_names(house.database)
    asked: list[tuple[str, Any]] = []

    @event.listens_for(house.database.engine, "before_cursor_execute")
    def _note(_connection: Any, _cursor: Any, said: str, given: Any, *_: Any) -> None:
        asked.append((said, given))

    assert house.hides("Corvane tank farm")
    looked_up = [(said, given) for said, given in asked if said.startswith("SELECT")]
    assert looked_up
    with house.database.engine.connect() as connection:
        for said, given in looked_up:
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given).all()
            assert not [step.detail for step in steps if step.detail.startswith("SCAN")], said
    house.database.close()
