"""Tokens are estimated rather too many than too few, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import estimate_tokens


@pytest.mark.parametrize(
    ("text", "letters"),  # a token has at least this many letters of the script on average
    [
        ("The renewal at Lindauer Papierwerke is decided by Karl Weber in March.", 4),
        ("Über die Verlängerung entscheidet Karl Weber im März.", 3.5),
        ("Решение о продлении принимает Карл Вебер в марте.", 2.5),
        ("续约由卡尔·韦伯在三月决定。", 1),
    ],
)
def test_an_estimate_is_generous_in_every_script(text: str, letters: float) -> None:
    assert len(text) / letters <= estimate_tokens(text) <= 2 * len(text) / letters


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(text: str, more: str) -> None:
    assert estimate_tokens(text) <= estimate_tokens(text + more)


def test_nothing_costs_nothing() -> None:
    assert estimate_tokens("") == 0
