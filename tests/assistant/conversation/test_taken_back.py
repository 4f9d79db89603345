"""What somebody took back is gone from what was answered and drafted with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from assistant.claims import Claim, Draft, Evidence, Input, Section
from assistant.conversation import Answer
from assistant.drafting.stored import restored, restored_sources, stored
from knowledge.journal.conversations import Conversations
from knowledge.journal.drafts import Drafts
from knowledge.journal.erasing import UNSAID, erase_quotes
from knowledge.records import Database, Viewer

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
REP = Viewer("u1", "Ada Ray", "ada@ours.example", "admin")
NOTE = Evidence("passage", "activity:slack-C1-1.5@1[0:11]", "Ada in #x", "Secret word", NOW.date())
COUNT = Evidence(
    type="computed",
    ref="computed:notes",
    title="Notes",
    quote="1",
    value=1,
    formula="count(note)",
    inputs=(Input("note", "Secret word", ("activity:slack-C1-1.5@1",)),),
)
ORDER = Evidence("record", "order:o1@1#amount", "Order", "500", value=500, unit="EUR")
CLAIMS = (
    Claim("They said the Secret word.", "fact", (NOTE,), "supported"),
    Claim("They ordered for 500.", "fact", (ORDER,), "supported"),
    Claim("One note says Secret word.", "fact", (COUNT, ORDER), "supported"),
)


def test_a_kept_answer_loses_the_sentences_and_keeps_the_numbers_of_its_sources(
    database: Database,
) -> None:
    answer = Answer("run-1", "What?", "en", CLAIMS, route="retrieved", account_id="a1")
    journal = Conversations(database)
    journal.keep(REP, answer.id, answer.question, answer.kept(), now=NOW)
    with database.writing() as session:
        assert erase_quotes(session, "activity:slack-C1-1.5") == 1
        assert erase_quotes(session, "activity:slack-C1-1") == 0
    kept = journal.turn("run-1").answer
    assert "Secret" not in json.dumps(kept)
    assert kept["answer"] == f"{UNSAID} They ordered for 500. {UNSAID}"
    sources = restored_sources(kept["evidence"])
    assert sources["S2"] == ORDER
    assert sources["S1"].ref == NOTE.ref
    assert sources["S3"].refs == COUNT.refs


def test_a_kept_draft_loses_them_too_and_opens_as_before(database: Database) -> None:
    section = Section("summary", "Summary", CLAIMS)
    draft = Draft(
        "account_plan", "Plan", "a1", "Acme", date(2026, 9, 30), "en", "template", (section,)
    )
    drafts = Drafts(database)
    drafts.keep(REP, "key", stored(draft), account_id="a1", now=NOW)
    with database.writing() as session:
        assert erase_quotes(session, "activity:slack-C1-1.5") == 1
    kept = drafts.get(REP, "key").content
    assert "Secret" not in json.dumps(kept)
    again = restored(kept)
    assert [one.text for one in again.claims()] == [UNSAID, "They ordered for 500.", UNSAID]
    assert again.sources[ORDER] == draft.sources[ORDER]
