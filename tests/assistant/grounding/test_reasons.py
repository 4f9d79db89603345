"""Why a sentence was withheld, in the language of the draft it was withheld from."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.drafting.phrases import placeholders
from assistant.grounding import Fault
from assistant.grounding.faults import FOLDER, FaultKind, reasons

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def shape(language: str) -> dict[str, set[str]]:
    """Every sentence by its table and kind, with its placeholders."""
    return {
        f"{table}.{kind}": placeholders(text)
        for table, rows in reasons(language).items()
        for kind, text in rows.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_sentence_for_every_fault_with_the_same_placeholders(
    language: str,
) -> None:
    assert set(reasons(language)["plain"]) == set(get_args(FaultKind))
    assert shape(language) == shape("en")


def test_a_fault_says_what_the_sentence_says_and_what_the_source_says() -> None:
    fault = Fault("number", "12 %", "14 %")
    assert fault.told() == "Says 12 %, the source says 14 %."
    assert fault.told("de") == "Sagt 12 %, die Quelle sagt 14 %."
    assert fault.told("ru") == "Говорит 12 %, в источнике 14 %."


def test_what_the_check_itself_finds_is_told_in_the_language_too() -> None:
    assert Fault("polarity", "wuchs", "a fall").told("de") == (
        "Sagt „wuchs“, die Quelle sagt „einen Rückgang“."
    )
