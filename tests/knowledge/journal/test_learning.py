"""The learners' journal on both databases: kept, retired, agreed to and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from knowledge.journal.learning import Answered, LearningJournal, RolePlay, RolePlayLine
from knowledge.records import Database
from knowledge.records.base import Base

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def answered(question: str, at: datetime = NOW, grade: str = "good") -> Answered:
    return Answered(
        learner="mira@firm.example",
        question_id=question,
        article="charter",
        prompt=f"What about {question}?",
        at=at,
        grade=grade,
        reply=None,
        state={"stability": 2.5, "state": 2},
        due=at + timedelta(days=2),
    )


def test_an_answer_and_its_card_are_kept_together(database: Database) -> None:
    journal = LearningJournal(database)
    journal.keep(answered("one"))
    journal.keep(answered("one", NOW + timedelta(days=2), "hard"))
    card = journal.card("mira@firm.example", "one")
    assert card is not None
    assert (card.introduced, card.due) == (NOW, NOW + timedelta(days=4))
    assert card.state == {"stability": 2.5, "state": 2}
    assert [r.grade for r in journal.reviews("mira@firm.example")] == ["good", "hard"]
    assert len(journal.reviews("mira@firm.example", since=NOW + timedelta(days=1))) == 1
    assert journal.card("somebody@else.example", "one") is None


def test_a_card_retires_and_returns_with_its_history(database: Database) -> None:
    journal = LearningJournal(database)
    journal.keep(answered("one"))
    journal.keep(answered("two"))
    journal.settle("mira@firm.example", {"two"}, NOW)
    assert {c.question_id: c.retired for c in journal.cards("mira@firm.example")} == {
        "one": NOW,
        "two": None,
    }
    journal.settle("mira@firm.example", {"two"}, NOW + timedelta(days=9))
    retired = journal.card("mira@firm.example", "one")
    assert retired is not None
    assert retired.retired == NOW
    journal.settle("mira@firm.example", {"one", "two"}, NOW)
    assert all(card.retired is None for card in journal.cards("mira@firm.example"))
    assert len(journal.reviews("mira@firm.example")) == 2


def test_a_lesson_counts_as_read_from_the_first_time(database: Database) -> None:
    journal = LearningJournal(database)
    journal.read("mira@firm.example", "charter", NOW)
    journal.read("mira@firm.example", "charter", NOW + timedelta(days=3))
    assert journal.lessons("mira@firm.example") == {"charter": NOW}


def test_an_agreement_stands_until_it_is_taken_back_and_may_be_given_again(
    database: Database,
) -> None:
    journal = LearningJournal(database)
    journal.share("mira@firm.example", "lead@firm.example", NOW)
    journal.share("mira@firm.example", "lead@firm.example", NOW + timedelta(days=1))
    assert journal.shared_with("mira@firm.example") == {"lead@firm.example": NOW}
    assert journal.learners_of("lead@firm.example") == ["mira@firm.example"]
    journal.revoke("mira@firm.example", "Lead@firm.example", NOW + timedelta(days=2))
    journal.revoke("mira@firm.example", "other@firm.example", NOW)
    assert journal.shared_with("mira@firm.example") == {}
    later = NOW + timedelta(days=5)
    journal.share("mira@firm.example", "lead@firm.example", later)
    assert journal.shared_with("mira@firm.example") == {"lead@firm.example": later}


def test_a_role_play_keeps_its_lines_in_order(database: Database) -> None:
    with database.writing() as session:
        session.add(
            RolePlay(
                id="play",
                learner="mira@firm.example",
                persona="silent-cfo",
                account="Harrow Foods",
                state={"scene": "opening"},
                started=NOW,
            )
        )
        session.flush()
        for number, text in enumerate(("Good morning.", "Is it?"), start=1):
            session.add(
                RolePlayLine(role_play_id="play", number=number, speaker="you", text=text, at=NOW)
            )
    with database.reading() as session:
        play = session.get(RolePlay, "play")
        line = session.get(RolePlayLine, ("play", 2))
    assert play is not None
    assert (play.state, play.ended, play.debrief) == ({"scene": "opening"}, None, None)
    assert line is not None
    assert line.text == "Is it?"


def test_the_migration_makes_the_tables_that_the_code_expects(database: Database) -> None:
    mine = {"learning_cards", "learning_reviews", "lessons_read", "learning_shares"}
    mine |= {"role_plays", "role_play_lines"}
    assert mine <= set(Base.metadata.tables)
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [one for one in differences if any(f"'{name}'" in str(one) for name in mine)] == []
