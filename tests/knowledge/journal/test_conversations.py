"""What a talk leaves behind: ids for the next question, and a way to forget it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.errors import NotFound
from knowledge.journal.conversations import Conversations
from knowledge.journal.drafts import Drafts
from knowledge.records import Database, Viewer

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
PRIYA = Viewer("u1", "Priya Natarajan", "Priya@varnholt.example", "rep")
MARCUS = Viewer("u2", "Marcus Bell", "marcus@varnholt.example", "rep")
ANSWER = {"answer": "Rachel Amadi.", "language": "en", "route": "computed"}


def test_a_thread_remembers_what_it_is_about_and_in_which_language(database: Database) -> None:
    journal = Conversations(database)
    assert journal.recall("t1") is None
    focus = {"accounts": ["a4"], "intent": "decider"}
    journal.keep(PRIYA, "r1", "who decides?", ANSWER, now=NOW, thread_id="t1", focus=focus)
    kept = journal.recall("t1")
    assert kept is not None
    assert kept.focus == focus
    assert kept.language == "en"


def test_each_asker_sees_only_their_own_questions(database: Database) -> None:
    journal = Conversations(database)
    journal.keep(PRIYA, "r1", "who decides?", ANSWER, now=NOW, thread_id="t1", focus={})
    journal.keep(MARCUS, "r2", "and revenue?", ANSWER, now=NOW, thread_id="t1", focus={})
    assert journal.questions(PRIYA, "t1") == ("who decides?",)
    assert journal.questions(MARCUS, "t1") == ("and revenue?",)


def test_feedback_is_kept_once_a_person_and_only_for_an_answer_that_was_given(
    database: Database,
) -> None:
    journal = Conversations(database)
    journal.keep(PRIYA, "r1", "who decides?", ANSWER, now=NOW)
    journal.record_feedback("r1", "priya@varnholt.example", "down", "wrong person", now=NOW)
    journal.record_feedback("r1", "PRIYA@varnholt.example", "up", None, now=NOW)
    assert journal.feedback("r1") == (("priya@varnholt.example", "up", None),)
    with pytest.raises(NotFound):
        journal.record_feedback("r9", "priya@varnholt.example", "up", now=NOW)


def test_whoever_is_forgotten_leaves_nothing_and_others_keep_theirs(database: Database) -> None:
    journal = Conversations(database)
    journal.keep(PRIYA, "r1", "who decides?", ANSWER, now=NOW, thread_id="t1", focus={"a": 1})
    journal.keep(MARCUS, "r2", "revenue?", ANSWER, now=NOW, thread_id="t2", focus={"b": 2})
    journal.record_feedback("r1", "marcus@varnholt.example", "up", now=NOW)
    plan = {"kind": "account_plan"}
    drafts = Drafts(database)
    drafts.keep(PRIYA, "d1", plan, account_id=None, thread_id="t1", now=NOW)
    assert journal.forget("PRIYA@varnholt.example") == 1
    assert drafts.last(PRIYA, "t1") is None
    assert journal.recall("t1") is None
    assert journal.feedback("r1") == ()
    assert journal.recall("t2") is not None
    assert journal.questions(MARCUS, "t2") == ("revenue?",)
