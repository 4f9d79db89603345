"""Captions: the same keys and placeholders in every language."""

from __future__ import annotations

from decimal import Decimal
from string import Formatter

import pytest

from assistant.rendering.captions import FOLDER, captions

LANGUAGES = ("en", "de", "ru")
#: Only Russian counts in four forms.
_FORMS = ("_few", "_many")


def test_every_file_is_a_language_we_speak() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_key_or_a_placeholder(language: str) -> None:
    assert _shape(language) == _shape("en")


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 half-year"),
        ("en", 2, "two half-years"),
        ("de", 3, "drei Halbjahre"),
        ("ru", 2, "два полугодия"),
        ("ru", 5, "5 полугодий"),
        ("ru", 21, "21 полугодие"),
    ],
)
def test_counted_phrases_take_the_form_of_their_number(
    language: str, count: int, said: str
) -> None:
    assert captions(language).counted("period.months_6", count, months=6) == said


def test_figures_are_written_as_the_language_writes_them() -> None:
    assert captions("de").change(Decimal("-24.31")) == "−24,3 %"
    assert captions("en").number(Decimal("1234.5"), 2) == "1,234.50"


def test_a_language_without_captions_is_captioned_in_english() -> None:
    assert captions("fi").text("document.account") == "Account"


def _shape(language: str) -> dict[str, frozenset[str]]:
    return {
        key: frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
        for key, text in captions(language).texts.items()
        if not key.endswith(_FORMS)
    }
