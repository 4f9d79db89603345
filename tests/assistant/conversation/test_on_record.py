"""What stands in the records is not denied, and is told with the account and days it is about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import Answer
from assistant.desk import Desk
from knowledge.errors import BadInput
from knowledge.records import Viewer

DAY = date(2026, 9, 30)


def reply(desk: Desk, question: str, who: str | None = None) -> Answer:
    return desk.conversation.reply(desk.viewer(who), question, day=DAY)


def said(desk: Desk, question: str, who: str | None = None) -> str:
    return reply(desk, question, who).text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how many employees does Corvane have?", "2,300"),
        ("Wie viele Mitarbeiter hat Corvane?", "2.300"),
        ("сколько сотрудников у Corvane?", "2 300"),
        ("what is the margin of Hexley?", "€70,000"),
        ("where is Altyn based?", "Karaganda"),
        ("what is the phone number of Pieter Claes?", "+32 3 555 7029"),
        ("what is the e-mail of Rachel Amadi?", "rachel.amadi@meridian-breweries.example"),
        ("Wie lautet die Telefonnummer von Ralf Kessler?", "+49 7522 555 1833"),
    ],
)
def test_a_field_of_a_record_is_told_with_its_source(
    sample_desk: Desk, question: str, told: str
) -> None:
    answer = reply(sample_desk, question)
    assert told in answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert all(claim.evidence for claim in answer.claims)


def test_a_field_that_is_empty_is_said_to_be(sample_desk: Desk) -> None:
    assert said(sample_desk, "where is Pelagia based?").startswith(
        "Pelagia Processing: town? Not on record."
    )


@pytest.mark.parametrize(
    "question",
    [
        "what is going on at Lindauer Papierwerke?",
        "Was ist bei Lindauer Papierwerke los?",
        "что происходит у Lindauer Papierwerke?",
    ],
)
def test_what_is_going_on_is_the_summary(sample_desk: Desk, question: str) -> None:
    answer = reply(sample_desk, question)
    assert answer.route == "computed"
    assert "PM1 Dichtungsumstellung" in answer.text


@pytest.mark.parametrize(
    "question",
    ["Wer ist bei Lindauer Papierwerke gegen uns?", "who at Lindauer Papierwerke is against us?"],
)
def test_who_is_against_us_is_whoever_was_assessed_so(sample_desk: Desk, question: str) -> None:
    first = reply(sample_desk, question).claims[0].text
    assert "Bernd Auer" in first
    assert "Petra Sommerfeld" in first


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("who is our biggest customer?", "Borealis Dairy Group (€4.43 million)"),
        ("Wer ist unser größter Kunde?", "Borealis Dairy Group (4,43 Mio. €)"),
        ("кто наш крупнейший клиент?", "Borealis Dairy Group (4,43 млн €)"),
    ],
)
def test_the_biggest_customer_has_a_figure(sample_desk: Desk, question: str, told: str) -> None:
    assert told in said(sample_desk, question)


def test_last_quarter_is_told_in_german_too(sample_desk: Desk) -> None:
    told = said(sample_desk, "wie viel Umsatz hatten wir letztes Quartal mit Corvane?")
    assert "393.167 €" in told
    assert "551.624 €" in told


def test_a_share_says_whose_it_is_and_of_which_months(sample_desk: Desk) -> None:
    told = said(sample_desk, "revenue of Borealis Dairy Group")
    assert "€4.43 million" in told
    assert "With 25.5 % of the revenue in view of the twelve months to 30 September 2026" in told
    assert "Borealis Dairy Group with its subsidiaries is number 1" in told
    assert "with its subsidiaries" not in said(sample_desk, "revenue of Corvane")
    assert "%" not in said(sample_desk, "Corvane revenue 2025").partition("a year earlier")[2]


def test_what_is_not_listed_is_counted_and_named(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "which promises are overdue?")
    assert answer.claims[-1].text.startswith("Not listed: ")
    assert "Meridian Breweries" in answer.claims[-1].text


@pytest.mark.parametrize("question", ["what do I owe?", "Was schulde ich?"])
def test_who_asks_for_their_own_gets_nobody_elses(sample_desk: Desk, question: str) -> None:
    answer = reply(sample_desk, question, "marcus.bell@varnholt.example")
    assert "Marcus Bell" in answer.claims[0].text
    assert len(answer.claims) > 1
    assert all("Marcus Bell" in claim.text for claim in answer.claims)


def test_the_teams_promises_are_told_of_a_period_that_has_been(sample_desk: Desk) -> None:
    claire = "claire.okafor@varnholt.example"
    first = said(sample_desk, "who owes most?", claire)
    assert "Since 30 September 2026" not in first
    assert "kept in time 0" not in first


def test_where_somebody_stands_comes_first_where_that_is_asked(sample_desk: Desk) -> None:
    first = reply(sample_desk, "What does Katrin think?").claims[0].text
    assert first.startswith("Katrin Vestergaard: neutral, as Daniel Reyes assessed")


def test_we_were_last_in_touch_once(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "when were we last in touch with Pieter Claes?")
    assert sum("last in touch" in claim.text for claim in answer.claims) == 1
    assert answer.claims[1].text.startswith("Before that: ")


def test_how_a_colleague_is_doing_quotes_no_phone_call(sample_desk: Desk) -> None:
    told = said(sample_desk, "how is Marcus doing?", "claire.okafor@varnholt.example")
    assert told.startswith("Marcus Bell is one of us")


def test_a_page_is_written_for_a_person_or_a_role_and_for_nobody_else(sample_desk: Desk) -> None:
    operator = Viewer.operator()
    with pytest.raises(BadInput, match="nobody on record at Corvane Chemicals"):
        sample_desk.value(operator, "Corvane Chemicals", "Nobody Atall", DAY)
    for reader in ("CFO", "Plant Manager", "Pieter Claes", "energy manager"):
        assert sample_desk.value(operator, "Corvane Chemicals", reader, DAY).sections


def test_a_name_of_two_words_that_nobody_may_see_is_told_whole(sample_desk: Desk) -> None:
    answer = reply(sample_desk, "Lindauer Papierwerke", "tom.hartigan@varnholt.example")
    assert answer.reason == (
        "No account “Lindauer Papierwerke” is on record, or none that you may see."
    )


def test_a_stranger_is_offered_only_what_a_stranger_may_ask(sample_desk: Desk) -> None:
    stranger = Viewer.outsider("x@elsewhere.example")
    answer = sample_desk.conversation.reply(stranger, "what can you do?", day=DAY)
    assert answer.help == ("What is a champion?",)
