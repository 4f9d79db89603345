"""An account review as a meeting: prepared, held, closed; the next one opens with its promises."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.settings import Settings
from assistant.slack.views import ids
from tests.assistant.slack.house import CLAIRE, JONAS, PRIYA, House
from tests.doubles.slack import Message, Submission, View
from tests.scenarios.slack.telling import click, posted, prepared, under, use

DECISION = "Visit the Norwich plant with the service lead"
NEXT_REVIEW = date(2027, 3, 29)


def decision_form(house: House, name: str, meeting: Message) -> View:
    """The form that opens for a decision."""
    person = house.person(name)
    house.slack.click(person, meeting, ids.DECIDE)
    return house.slack.wait_for(lambda: house.slack.open_views(person))[-1]


def decide(house: House, name: str, meeting: Message, due: str = "2026-10-16") -> Submission:
    """Somebody notes a decision."""
    form = decision_form(house, name, meeting)
    sent = house.slack.submit(house.person(name), form, {ids.TEXT: DECISION, ids.DUE: due})
    house.settled()
    return sent


def test_a_review_ends_with_decisions_and_the_next_one_opens_with_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = prepared(house, CLAIRE, "Meridian")
    assert "Note a decision" in meeting.words
    assert DECISION not in meeting.words
    sent = decide(house, CLAIRE, meeting)
    house.slack.redeliver(sent.delivery)
    house.settled()
    decided = under(house, meeting)[-1]
    assert f"Decided for Meridian Breweries: {DECISION}" in decided.words
    assert "Priya Natarajan does it by 16 October 2026" in decided.words
    click(house, CLAIRE, meeting, ids.CLOSE_REVIEW)
    click(house, CLAIRE, meeting, ids.CLOSE_REVIEW)
    closings = [one for one in under(house, meeting) if "is closed" in one.words]
    assert len(closings) == 1
    assert "is closed with 1 decision" in closings[0].words
    assert "It is due on 29 March 2027." in closings[0].words

    monkeypatch.setattr(Settings, "today", property(lambda _: NEXT_REVIEW))
    again = prepared(house, CLAIRE, "Meridian")
    assert DECISION in again.words
    assert "16 October 2026" in again.words
    assert again.words.index(DECISION) < again.words.index("Where it stands")


def test_a_decision_can_be_asked_for_and_cited(house: House) -> None:
    decide(house, CLAIRE, prepared(house, CLAIRE, "Meridian"))
    answer = house.answer(house.ask(PRIYA, "What did we promise Meridian Breweries?"))
    assert DECISION in answer.words


def test_a_decision_without_words_or_for_yesterday_is_sent_back(house: House) -> None:
    form = decision_form(house, CLAIRE, prepared(house, CLAIRE, "Meridian"))
    sent = house.slack.submit(house.person(CLAIRE), form, {ids.TEXT: "   ", ids.DUE: "2026-09-29"})
    assert sent.errors == {
        ids.TEXT: "Say what was decided in a few words.",
        ids.DUE: "Choose today or a later day.",
    }


def test_what_was_decided_stays_with_those_who_may_see_the_account(house: House) -> None:
    mixed = house.channel("sales", CLAIRE, JONAS)
    use(house, CLAIRE, "/review", "Meridian", mixed)
    review = posted(house, house.dm(CLAIRE))[-1]
    click(house, CLAIRE, review, ids.PREPARE)
    decide(house, CLAIRE, under(house, review)[-1])
    assert all("Norwich" not in one.words for one in house.slack.messages(mixed))
    assert DECISION in under(house, review)[-1].words
