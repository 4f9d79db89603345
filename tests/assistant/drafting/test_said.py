"""Promises in an exchange: quoted as they stand, and none that nobody made."""

from __future__ import annotations

import pytest

from assistant.drafting.said import Remark, promised


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I'll send the baseline by Friday. See you.", ["I'll send the baseline by Friday."]),
        ("We will deliver 2.5 t on 3 October", ["We will deliver 2.5 t on 3 October"]),
        ("Ich schicke die Bilanz bis Freitag.", ["Ich schicke die Bilanz bis Freitag."]),
        ("Пришлю баланс до пятницы.", ["Пришлю баланс до пятницы."]),
        ("I will not send it.", []),
        ("Shall we send it?", []),
        ("I will check the discount with the pricing committee.", []),
        ("They sent the baseline.", []),
    ],
)
def test_only_what_somebody_binds_themselves_to_counts(text: str, sentences: list[str]) -> None:
    found = promised([Remark("Priya Natarajan", text, ours=True)])
    assert [sentence for _, sentence in found] == sentences
