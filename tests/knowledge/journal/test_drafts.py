"""Drafts that were handed over: opened by their key, by those who may see their account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations
from knowledge.journal.drafts import Drafts
from knowledge.records import Database, Viewer
from knowledge.records.sources import Grant

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
PRIYA = Viewer("u1", "Priya Natarajan", "Priya@varnholt.example", "rep")
CLAIRE = Viewer("u2", "Claire Okafor", "claire@varnholt.example", "manager")
MARCUS = Viewer("u3", "Marcus Bell", "marcus@varnholt.example", "rep")


@pytest.fixture
def drafts(database: Database) -> Drafts:
    """Priya and Claire see account a1, Marcus does not."""
    with database.writing() as session:
        session.add_all([Grant(user_id=who, account_id="a1", why="team") for who in ("u1", "u2")])
    return Drafts(database)


def test_a_draft_is_opened_by_whoever_sees_its_account_and_by_nobody_else(drafts: Drafts) -> None:
    drafts.keep(PRIYA, "d1", {"title": "Plan"}, account_id="a1", now=NOW)
    drafts.keep(PRIYA, "d1", {"title": "again"}, account_id="a1", now=NOW)
    assert drafts.get(PRIYA, "d1").content == {"title": "Plan"}
    assert drafts.get(CLAIRE, "d1").asker == "priya@varnholt.example"
    with pytest.raises(NotFound):
        drafts.get(MARCUS, "d1")


def test_a_draft_about_many_accounts_is_its_asker_s_alone(drafts: Drafts) -> None:
    drafts.keep(CLAIRE, "d1", {"title": "Team"}, account_id=None, now=NOW)
    assert drafts.get(CLAIRE, "d1").content == {"title": "Team"}
    with pytest.raises(NotFound):
        drafts.get(PRIYA, "d1")


def test_versions_of_a_thread_are_counted_and_the_thread_is_about_their_account(
    drafts: Drafts, database: Database
) -> None:
    drafts.keep(PRIYA, "d1", {"title": "Plan"}, account_id="a1", now=NOW)
    drafts.hand_over("d1", "C1:1.1", now=NOW)
    later = NOW + timedelta(minutes=1)
    drafts.keep(PRIYA, "d2", {"title": "Short"}, account_id="a1", thread_id="C1:1.1", now=later)
    newest = drafts.last(PRIYA, "C1:1.1")
    assert newest is not None
    assert (newest.key, newest.version) == ("d2", 2)
    assert drafts.get(PRIYA, "d1").version == 1
    assert drafts.last(MARCUS, "C1:1.1") is None
    remembered = Conversations(database).recall("C1:1.1")
    assert remembered is not None
    assert remembered.focus == {"accounts": ["a1"]}


def test_a_draft_that_was_never_kept_is_not_handed_over(drafts: Drafts) -> None:
    with pytest.raises(NotFound):
        drafts.hand_over("d9", "C1:1.1", now=NOW)
