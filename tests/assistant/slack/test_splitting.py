"""Long text in parts: nothing lost, every part fits, no citation cut in two."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.slack.splitting import length, split

_WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "[12]",
                "[3, 4]",
                "&amp;",
                "<https://crm.example/006A|[12]>",
                "[[3]](https://crm.example/006A)",
                "\n",
                "\n\n",
                "Done.",
                "👩‍🏭",
                "é" * 3,
                "e\u0301",
                "𝔘" * 9,
            ]
        ),
        st.text(alphabet="abc äж.,;", max_size=30),
    ),
    max_size=60,
)
_WHOLE = re.compile(r"\[\d[\d, ]*\]|&amp;|<https[^>]*>|\[\[3\]\]\([^)]*\)")


@given(_WORDS, st.integers(min_value=50, max_value=400))
def test_every_part_fits_and_nothing_is_lost(words: list[str], limit: int) -> None:
    text = " ".join(words)
    parts = split(text, limit)
    assert all(0 < length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(_WORDS, st.integers(min_value=50, max_value=400))
def test_no_link_citation_or_entity_is_cut(words: list[str], limit: int) -> None:
    text = " ".join(words)
    whole = _WHOLE.findall(text)
    assert [found for part in split(text, limit) for found in _WHOLE.findall(part)] == whole


def test_a_paragraph_is_the_best_place_to_pause() -> None:
    assert split("One two three.\n\nFour five six.", 25) == ("One two three.", "Four five six.")


def test_then_a_line_then_a_sentence_then_a_word() -> None:
    assert split("one two three\nfour five six", 25)[0] == "one two three"
    assert split("One two three. Four five six", 25)[0] == "One two three."
    assert split("one two three four five six", 20)[0] == "one two three"


def test_a_word_longer_than_the_room_is_cut_but_no_character_is() -> None:
    parts = split("𝔘" * 100, 55)
    assert "".join(parts) == "𝔘" * 100
    assert all(length(part) <= 55 for part in parts)


def test_code_that_does_not_fit_is_fenced_in_every_part() -> None:
    code = "\n".join(f"row {number}" for number in range(40))
    parts = split(f"Before.\n\n```sql\n{code}\n```\n\nAfter.", 120)
    for part in parts:
        assert part.count("```") % 2 == 0
    assert all(length(part) <= 120 for part in parts)
    shown = re.sub(r"```(?:sql)?", "", "\n".join(parts))
    assert shown.split() == ["Before.", *code.split(), "After."]


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert split("Short.", 3_000) == ("Short.",)
    assert split("  ", 3_000) == ()
