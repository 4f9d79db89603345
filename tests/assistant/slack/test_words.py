"""The words of every language: the same keys, the same placeholders, short enough for Slack."""

from __future__ import annotations

import re

import pytest

from assistant.drafting.phrases import placeholders, read_phrases
from assistant.slack.words import FOLDER, words
from assistant.steering.imperatives import IMPERATIVES
from assistant.tutoring.lessons import lesson_of
from assistant.tutoring.path import ROLES, path_of
from assistant.tutoring.role_play.personas import read_rubric
from knowledge.playbook import read_playbook
from knowledge.playbook.articles import SITUATIONS

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
#: What is the same word in German: names of formats, roles of the method, words it has taken in.
ALIKE = {
    *("deed.word", "do.plan", "do.review", "tab.team", "sort.name", "stance.neutral"),
    *("role.champion", "role.sponsor", "role.coach", "drafting.topics"),
}
_FORMS = ("_one", "_few", "_many", "_other")


def _fixed(text: str) -> str:
    """A phrase without its placeholders."""
    return re.sub(r"{\w+}", "", text)


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


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_other_language_repeats_the_english_words(language: str) -> None:
    english, texts = words("en").texts, words(language).texts
    same = {key for key, text in texts.items() if text == english.get(key)}
    assert {key for key in same if re.search(r"[^\W\d_]{2}", _fixed(texts[key]))} <= ALIKE


def test_what_the_tutor_writes_has_words_in_slack() -> None:
    texts = words("en").texts
    path = path_of("rep", read_playbook())
    assert {unit.id: (unit.title, unit.purpose) for unit in path.units} == {
        unit.id: (texts[f"unit.{unit.id}"], texts[f"purpose.{unit.id}"]) for unit in path.units
    }
    assert {f"path.{role.replace(' ', '_')}" for role in ROLES} <= texts.keys()
    for name, criterion in read_rubric().items():
        assert texts[f"criterion.{name}"] == criterion.title
        assert {n: texts[f"looks.{name}_{n}"] for n in criterion.looks} == criterion.looks
    assert {name: texts[f"imperative.{name}"] for name in IMPERATIVES} == IMPERATIVES
    assert {f"situation.{one}" for one in SITUATIONS} <= texts.keys()
    lesson = lesson_of(next(iter(read_playbook().values())), 1)
    assert {part.id: texts[f"part.{part.id}"] for part in lesson.parts} == {
        part.id: part.title for part in lesson.parts
    }


def test_a_language_without_words_is_answered_in_english() -> None:
    assert words("xx").text("modal.close") == "Close"
