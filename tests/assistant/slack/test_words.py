"""The words of every language: the same keys, the same placeholders, short enough for Slack."""

from __future__ import annotations

import pytest

from assistant.drafting.phrases import placeholders, read_phrases
from assistant.slack.words import FOLDER, words

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
_FORMS = ("_one", "_few", "_many", "_other")


def shape(language: str) -> dict[str, set[str]]:
    """Keys without their plural forms, each with its placeholders but the count."""
    found: dict[str, set[str]] = {}
    for key, text in words(language).texts.items():
        stem = next((key.removesuffix(form) for form in _FORMS if key.endswith(form)), key)
        found.setdefault(stem, set()).update(placeholders(text) - {"count"})
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    assert shape(language) == shape("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_submit_buttons_fit_a_modal(language: str) -> None:
    texts = words(language).texts
    titles = [text for key, text in texts.items() if key.endswith(".title") and "{" not in text]
    titles = [text for text in titles if text != texts["outsider.title"]]
    titles += [texts[f"do.{key}"] for key in ("plan", "value", "follow_up", "review", "ask")]
    titles += [texts[f"do.{key}"] for key in ("refuse", "approve_changed", "remember")]
    titles += [texts["approval.refuse_title"], texts["approval.change_title"]]
    titles += [texts["digest.settings"], texts["digest.snooze"]]
    assert [title for title in titles if len(title) > 24] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_priority_asks_for_has_a_reason_in_words(language: str) -> None:
    texts = words(language).texts
    for key, text in read_phrases("en").texts.items():
        if key.startswith("do."):
            told = texts[f"reason.{key.removeprefix('do.')}"]
            assert placeholders(told) <= placeholders(text)


def test_a_language_without_words_is_answered_in_english() -> None:
    assert words("xx").text("modal.close") == "Close"
