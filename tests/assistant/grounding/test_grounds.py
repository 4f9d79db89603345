"""References resolve to stored source versions, for whoever may see them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.grounding import LedgerGrounds
from knowledge.records import Database, Ledger, Viewer
from knowledge.records.references import Reference, source_of
from knowledge.records.tables import Source, SourceVersion
from tests.databases import new_file

NOW = datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    database = Database.open(new_file(tmp_path))
    with database.writing() as session:
        for key, audience, account in (
            ("contract:7", "account", "borealis"),
            ("playbook:a", "everyone", None),
        ):
            source = Source(id=key, kind=key.split(":")[0], title=key, audience=audience, current=2)
            source.account_id = account
            session.add(source)
            session.flush()
            for number in (1, 2):
                session.add(
                    SourceVersion(
                        source_id=key, number=number, content_hash="x", text=f"version {number}",
                        payload={"number": number}, origin="test", imported_at=NOW,
                    )
                )  # fmt: skip
    yield Ledger(database)
    database.close()


def test_each_version_stays_citable(ledger: Ledger) -> None:
    grounds = LedgerGrounds(ledger, Viewer.operator())
    first, second = (grounds.find(f"contract:7@{n}#ends_on") for n in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("version 1", "version 2")
    assert (first.account_id, first.everyones) == ("borealis", False)
    assert grounds.find("contract:7@1[0:4]") is first, "read once"


def test_what_is_missing_and_what_is_not_theirs_look_the_same(ledger: Ledger) -> None:
    outsider = LedgerGrounds(ledger, Viewer.outsider())
    assert outsider.find("contract:7@1") is None
    assert outsider.find("contract:9@1") is None
    assert outsider.find("computed:sum") is None
    article = outsider.find("playbook:a@2")
    assert article is not None
    assert article.everyones


@pytest.mark.parametrize(
    ("ref", "parts"),
    [
        ("contact:4@2#name+title", Reference("contact:4", 2, ("name", "title"))),
        ("document:a/b@c.md@3[10:42]", Reference("document:a/b@c.md", 3, (), (10, 42))),
        ("order:1@1", Reference("order:1", 1)),
        ("order:1", None),
        ("computed:sum", None),
    ],
)
def test_a_reference_in_its_parts(ref: str, parts: Reference | None) -> None:
    assert Reference.parse(ref) == parts


@pytest.mark.parametrize(
    ("ref", "source"),
    [
        ("contact:4@2#name+title", "contact:4"),
        ("activity:<17@mail.example>@1#subject", "activity:<17@mail.example>"),
        ("computed:open_deals:a1:2026-06-30", "computed:open_deals:a1:2026-06-30"),
    ],
)
def test_a_source_is_the_same_in_every_version_and_field(ref: str, source: str) -> None:
    assert source_of(ref) == source
