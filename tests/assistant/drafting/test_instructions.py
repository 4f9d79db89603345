"""What is said below a draft: an instruction to change it, or a question about it."""

from __future__ import annotations

import pytest

from assistant.drafting.instructions import reader_in, reads_as_instruction


@pytest.mark.parametrize(
    "said",
    [
        "shorter",
        "Make it shorter, please",
        "for the CFO",
        "add the competitor risk",
        "Could you drop the last paragraph?",
        "without risks",
        "more formal",
        "kürzer bitte",
        "bitte ergänze das Risiko durch den Wettbewerber",
        "короче",
        "добавь риск конкурента",
    ],
)
def test_these_ask_for_a_change(said: str) -> None:
    assert reads_as_instruction(said)


@pytest.mark.parametrize(
    "said",
    [
        "who decides there?",
        "And the revenue?",
        "What is the competitor risk?",
        "Is it shorter than the last one?",
        "Draft a plan for Meridian",
        "write a follow-up to the last meeting",
        "Thanks, that helps",
        "Wer entscheidet dort?",
        "кто там решает?",
        "",
        "I met Oliver yesterday and he told me that they are going to replace the pumps. " * 4,
    ],
)
def test_these_do_not(said: str) -> None:
    assert not reads_as_instruction(said)


@pytest.mark.parametrize(
    ("said", "reader"),
    [
        ("for the CFO", "CFO"),
        ("now for Gareth Pugh.", "Gareth Pugh"),
        ("für die Einkaufsleiterin", "Einkaufsleiterin"),
        ("for the customer", None),
        ("shorter", None),
    ],
)
def test_another_reader_is_named(said: str, reader: str | None) -> None:
    assert reader_in(said) == reader
