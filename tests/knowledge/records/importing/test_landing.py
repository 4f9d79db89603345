from __future__ import annotations

import time

from knowledge.records import tables as t
from knowledge.records.landing import Arrival, chunks, land
from knowledge.records.store import Database
from tests.knowledge.records.importing.conftest import NOW


def arrival(key: str, text: str, **more: str) -> Arrival:
    return Arrival("document", key, f"Title {key}", text, {}, "notes.md:1", **more)  # type: ignore[arg-type]


def test_what_arrives_is_created_then_updated_and_else_left_alone(database: Database) -> None:
    with database.writing() as session:
        outcomes = land(session, [arrival("a", "one"), arrival("b", "b"), arrival("a", "two")], NOW)
    with database.writing() as session:
        again = land(session, [arrival("a", "two"), arrival("b", "c\x00\ud800")], NOW)

    assert outcomes == ["created", "created", "updated"]
    assert again == ["unchanged", "updated"]
    with database.reading() as session:
        versions = session.query(t.SourceVersion).filter_by(source_id="document:a").all()
        assert sorted((v.number, v.text) for v in versions) == [(1, "one"), (2, "two")]
        assert session.get_one(t.Source, "document:b").current == 2


def test_not_knowing_an_account_takes_no_source_away_from_it(database: Database) -> None:
    with database.writing() as session:
        land(session, [arrival("a", "one", audience="account", account_id="A1")], NOW)
        land(session, [arrival("a", "two")], NOW)
    with database.reading() as session:
        source = session.get_one(t.Source, "document:a")
        assert (source.audience, source.account_id, source.current) == ("account", "A1", 2)


def test_thousands_land_in_a_moment(database: Database) -> None:
    arrivals = [arrival(str(number), "x" * 300) for number in range(6_000)]
    begun = time.perf_counter()
    for chunk in chunks(arrivals, 2_000):
        with database.writing() as session:
            land(session, chunk, NOW)

    assert time.perf_counter() - begun < 10  # about 20,000 a second where nothing else runs
