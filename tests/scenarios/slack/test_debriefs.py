"""Won or lost, and why: the owner is asked once, tells it in a form, and the next deal hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.slack.views import ids
from knowledge.records.tables import Opportunity
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.doubles.slack import Message, View
from tests.scenarios.slack.telling import click, posted, prepared, under

#: Won by Priya on 1 July, from Calder & Finch.
DEAL, NAME = "0065g0000000042AAA", "Spirit still pumps"
#: A working day at ten in the morning, whatever day it is.
TEN = datetime(2026, 9, 30, 8, 10, tzinfo=UTC)
BUYER = "You were the only ones who came with a reference from Speyside."


def untold(house: House) -> None:
    """Nobody has told why the deal was won."""
    silent = {"reason_buyer": None, "reason_buyer_said_by": None, "reason_rep": None}
    with house.service.desk.workspace.database.writing() as session:
        session.execute(update(Opportunity).where(Opportunity.id == DEAL).values(**silent))


def round_at(house: House, moment: datetime, again: str = "") -> None:
    """The clock strikes."""
    due = moment.isoformat()
    house.service.work.enqueue(f"debrief_round:{due}{again}", "debrief_round", {"due": due})
    house.settled()


@pytest.fixture
def asked(house: House) -> House:
    """Priya, who closed the deal, her lead and a colleague are in Slack; nobody told why."""
    for name in (PRIYA, CLAIRE, JONAS):
        house.person(name)
    untold(house)
    return house


def form(house: House, name: str, question: Message, action: str) -> View:
    """The form that opens behind a button."""
    person = house.person(name)
    house.slack.click(person, question, action)
    return house.slack.wait_for(lambda: house.slack.open_views(person))[-1]


def told_to(house: House, name: str) -> list[Message]:
    return posted(house, house.dm(name))


def test_the_owner_of_a_closed_deal_is_asked_why_once_and_nobody_else(asked: House) -> None:
    round_at(asked, TEN)
    round_at(asked, TEN, again="/twice")
    round_at(asked, TEN + timedelta(days=1))
    round_at(asked, TEN + timedelta(days=30))
    (question,) = told_to(asked, PRIYA)
    assert question.words.startswith(f"“{NAME}” with Calder")
    assert "was won on 1 July 2026. Why?" in question.words
    assert told_to(asked, CLAIRE) == []
    assert told_to(asked, JONAS) == []


def test_nobody_is_asked_at_night(asked: House) -> None:
    round_at(asked, TEN.replace(hour=23))
    assert told_to(asked, PRIYA) == []
    round_at(asked, TEN + timedelta(days=1))
    assert len(told_to(asked, PRIYA)) == 1


def test_later_means_once_more_in_a_week_and_then_no_more(asked: House) -> None:
    round_at(asked, TEN)
    (question,) = told_to(asked, PRIYA)
    click(asked, PRIYA, question, ids.DEBRIEF_LATER)
    now = datetime.now(UTC).replace(hour=8, minute=10)
    round_at(asked, now + timedelta(days=3))
    (put_off,) = told_to(asked, PRIYA)
    assert "I ask once more in a week" in put_off.words
    for days in (8, 16, 30):
        round_at(asked, now + timedelta(days=days))
    _, again = told_to(asked, PRIYA)
    assert "In a week" not in again.words
    assert NAME in again.words


def test_the_story_is_told_in_a_form_and_can_be_asked_for(asked: House) -> None:
    round_at(asked, TEN)
    (question,) = told_to(asked, PRIYA)
    story = form(asked, PRIYA, question, ids.DEBRIEF)
    assert "kept apart from yours" in story.words
    priya = asked.person(PRIYA)
    empty = asked.slack.submit(priya, story, {})
    assert empty.errors == {ids.BUYER_REASON: "Say at least one thing, or close this form."}
    nameless = asked.slack.submit(priya, story, {ids.BUYER_REASON: BUYER})
    assert list(nameless.errors) == [ids.SAID_BY]
    answers = {ids.BUYER_REASON: BUYER, ids.SAID_BY: "Fiona Calder", ids.AGAIN: "Bring Speyside."}
    sent = asked.slack.submit(priya, story, answers)
    asked.slack.redeliver(sent.delivery)
    asked.settled()
    (kept,) = told_to(asked, PRIYA)
    assert f"Kept for “{NAME}”" in kept.words
    desk = asked.service.desk
    hits = desk.search(desk.viewer(priya.email), "only ones with a reference from Speyside").hits
    assert any(BUYER in hit.text for hit in hits)


def test_lessons_come_with_their_count_and_somebody_says_what_became_of_them(
    house: House,
) -> None:
    meeting = prepared(house, PRIYA, "Calder")
    click(house, PRIYA, meeting, ids.DEAL_LESSONS)
    lessons = told_to(house, PRIYA)[-1]
    assert "2 deals like “Still house pumps” were won" in lessons.words
    assert "performance: 1 of 2" in lessons.words
    assert "%" not in lessons.words, "two deals are no percentage"
    click(house, PRIYA, lessons, f"{ids.LESSON_USED}.1")
    lessons = told_to(house, PRIYA)[-1]
    assert "Priya Natarajan acted on it on 30 September 2026." in lessons.words
    why = form(house, PRIYA, lessons, f"{ids.LESSON_LEFT}.2")
    assert house.slack.submit(house.person(PRIYA), why, {ids.REASON: " "}).errors
    house.slack.submit(house.person(PRIYA), why, {ids.REASON: "They know us."})
    house.settled()
    lessons = told_to(house, PRIYA)[-1]
    assert "left it aside on 30 September 2026: They know us." in lessons.words
    assert under(house, lessons) == []
