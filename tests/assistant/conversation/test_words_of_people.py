"""Who said what: nobody's words are put in anybody else's mouth."""

from __future__ import annotations

import pytest

from assistant.conversation import Answer
from assistant.conversation.attributing import Cast, spoken
from assistant.conversation.sentences import sentences
from assistant.desk import Desk
from knowledge.records import Viewer

MAYA = Cast("Maya Lund", ("Piet Vos", "Jonas Albrecht"))


def said(text: str, cast: Cast = MAYA) -> list[str]:
    return [text[one.start : one.end] for one in spoken(text, cast)]


def reply(desk: Desk, question: str) -> Answer:
    return desk.conversation.reply(Viewer.operator(), question)


def test_of_a_note_only_what_it_tells_of_the_person_is_theirs() -> None:
    note = (
        "# Visit\n\nFrau Dr. Lund: one can change seals, not trust. She said nobody will sign.\n"
        "I said we would be generous. Piet Vos wants a rebate.\n\nShe asked for the report."
    )
    assert said(note) == [
        "Frau Dr. Lund: one can change seals, not trust. She said nobody will sign."
    ]


def test_she_is_nobody_once_somebody_else_was_named() -> None:
    assert said("Maya came late. I asked Piet about it. She said no.") == []
    assert said("Maya came late. The tea was cold. She said no.") == ["She said no."]


def test_what_she_quotes_is_told_to_its_end() -> None:
    assert said('Maya: "One page. I carry it up myself." The tea was cold.') == [
        'Maya: "One page. I carry it up myself."'
    ]


def test_you_is_not_she() -> None:
    assert said("Maya kam spät. Ein Muster, „damit Sie es sehen“, wurde gesagt.") == []


def test_of_a_call_only_the_lines_of_the_person_are_theirs() -> None:
    call = "Jonas Albrecht: We will be generous.\nMaya Lund: I doubt it. Send the page.\n"
    assert said(call) == ["I doubt it. Send the page."]


def test_a_letter_is_its_writers_without_its_head_and_what_it_answers() -> None:
    letter = (
        "From: Maya Lund <m@x.example>\nTo: Jonas\n\nI need the page by the 10th of June, and I\n"
        "need it signed.\n\n> We will be generous."
    )
    assert said(letter, Cast("Maya Lund", (), "Maya Lund")) == [
        "I need the page by the 10th of June, and I\nneed it signed."
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sie haben den Bericht für den 10. Juli zugesagt. Er kam nicht.", 2),
        ("Frau Dr. Lund hat z. B. am 20. August gefragt. Danach nichts.", 2),
        ("(am 20. August neu zugesagt für den 4. September)", 1),
        ('She said "so be it." There was tea.', 2),
        ("Revenue rose to 12. Then it fell.", 2),
    ],
)
def test_a_full_stop_after_a_day_or_a_title_ends_no_sentence(text: str, expected: int) -> None:
    assert len(list(sentences(text))) == expected


def test_petra_is_quoted_with_her_own_words_of_that_day(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "Was hat Petra Sommerfeld am 20. August gesagt?")
    assert "das Vertrauen nicht" in answer.text
    assert "kulant" not in answer.text
    other = reply(sample_desk, "Was hat Petra Sommerfeld am 21. August gesagt?")
    assert other.abstained
    assert other.reason == "Von Petra Sommerfeld ist nichts festgehalten, was das beantwortet."


def test_what_henrik_wants_is_what_henrik_asked_for(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "What does Henrik Dalgaard want?")
    assert "One page for Henrik Dalgaard" in answer.text
    assert "15 % less energy" in answer.text
    assert "list of all positions" not in answer.text
    assert "weather man" not in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what did Rachel Amadi ask for?", "Reference brewery"),
        ("Was will Bernd Auer?", "Kostenbeteiligung"),
        ("what did Thomas Wouters say about emissions?", "below 4 tonnes a year"),
    ],
)
def test_a_request_on_record_answers_what_they_asked_for(
    sample_desk: Desk, question: str, told: str
) -> None:
    assert told in reply(sample_desk, question).text


def test_what_only_a_note_says_is_told_as_on_record_and_not_as_theirs(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "has mette said anything about a free energy audit")
    assert answer.claims
    assert all(claim.text.startswith("On record, ") for claim in answer.claims)


def test_a_quotation_is_not_cut_at_a_date(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "why is the 8D report late?")
    assert "am 25. Juni haben Sie" in answer.text
    assert "für den 10. Juli zugesagt." in answer.text
