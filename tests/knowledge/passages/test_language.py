from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import BadInput
from knowledge.passages import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We agreed on the price for next year.", "en"),
        ("Vielen Dank für das Gespräch gestern", "de"),
        ("Le budget est validé par la direction", "fr"),
        ("El presupuesto está aprobado", "es"),
        ("Договор подписан", "ru"),
        ("Цена", "ru"),
        ("Hola, buenos días", "es"),
        ("Thank you", "en"),
        ("THE CUSTOMER WANTS A DISCOUNT", "en"),
    ],
)
def test_a_sentence_is_known_by_its_language(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "   ", "42 000 €", "2026-03-04", "Acme Inc", "Nordwind", "| 1 | 2 |", "会议纪要", "a b c"],
)
def test_what_gives_no_evidence_is_undetermined(text: str) -> None:
    assert language_of(text) == "und"


def test_a_team_may_name_its_own_languages() -> None:
    assert language_of("Il prezzo è stato approvato ieri", ["it", "en"]) == "it"
    assert language_of("Договір підписано вчора", ["uk", "en"]) == "uk"
    assert language_of("Договор подписан", ["en", "de"]) == "und"
    assert language_of("会议纪要如下", ["zh", "en"]) == "zh"


def test_a_language_nobody_knows_is_refused() -> None:
    with pytest.raises(BadInput, match="xx"):
        language_of("The price was approved", ["en", "xx"])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text) in {"en", "ru", "de", "fr", "es", "und"}
