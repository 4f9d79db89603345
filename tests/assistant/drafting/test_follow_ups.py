"""A follow-up says each thing once, by whose it is, in words that are the customer's to read."""

from __future__ import annotations

import pytest

from assistant.desk import Desk
from assistant.drafting.as_told import as_told
from knowledge.records import Viewer
from tests.assistant.insight.builders import account, commitment, contact, file

EVERYBODY = Viewer.operator()


def message(desk: Desk, name: str) -> list[str]:
    draft = desk.follow_up(EVERYBODY, name, None, desk.day(None))
    assert not draft.withheld
    section = draft.section("message")
    assert section is not None
    return [claim.text for claim in section.claims]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Energy baseline for line 3 to Eva Lund and Ada Berg", "Energy baseline for line 3"),
        ("Water balance for Norwich, to Eva Lund", "Water balance for Norwich"),
        ("Binder for line 3, to Dr. Eva Lund", "Binder for line 3"),
        ("8D-Bericht (am 20. August neu zugesagt)", "8D-Bericht"),
        ("Отчёт (перенесён на октябрь)", "Отчёт"),
        ("Offer for the brine pilot (line 2)", "Offer for the brine pilot (line 2)"),
        ("Option to pay in tenge", "Option to pay in tenge"),
        ("To Eva Lund", "To Eva Lund"),
    ],
)
def test_a_promise_is_told_without_our_notes_and_without_its_address(
    written: str, told: str
) -> None:
    people = (contact("eva", name="Eva Lund"), contact("ada", name="Ada Berg"))
    row = commitment("p", text=written)
    assert as_told(file(account(), row, *people), row) == told


def test_a_next_step_is_said_once_and_by_whose_it_is(sample_desk: Desk) -> None:
    told = message(sample_desk, "Borealis Dairy Group")
    audit = [text for text in told if "energy audit" in text]
    assert audit == [
        "Next from my colleague Emre Yildiz, by 9 October 2026: Offer an energy audit at Hjørring."
    ]
    assert any("“Written energy baseline for line 3”" in text for text in told)


def test_what_was_agreed_on_several_days_is_not_said_to_be_of_one(sample_desk: Desk) -> None:
    told = message(sample_desk, "Altyn Mineral")
    assert "У нас с вами открыто:" in told
    assert not any("24 сентября" in text for text in told)


@pytest.mark.parametrize("name", ["Corvane Chemicals", "Lindauer Papierwerke", "Osterby Shipyards"])
def test_no_follow_up_ends_without_a_next_step(sample_desk: Desk, name: str) -> None:
    told = message(sample_desk, name)
    assert "?" in told[-2]
    assert "[" in told[-2]
    assert not any("zugesagt für den 4. September" in text for text in told)
