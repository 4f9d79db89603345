"""The phrases of every language: the same keys and placeholders, sound marks, no empty words."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assistant.drafting.phrases import FOLDER, Phrases, placeholders, read_phrases
from assistant.errors import BadTemplate

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
#: Opening and closing quotation mark of each language.
MARKS = {"en": ("“", "”"), "de": ("„", "“"), "ru": ("«", "»")}
#: Words that say nothing, in the languages of the drafts.
EMPTY = (
    *(r"leverag\w*", r"synerg\w*", r"seamless\w*", r"world-class", r"robust\w*", r"unlock\w*"),
    *(r"delv\w*", r"journeys?", r"fast-paced", r"just checking in"),
    *(r"synergie\w*", r"nahtlos\w*", r"weltklasse", r"ganzheitlich\w*", r"mehrwert\w*"),
    *(r"синерг\w*", r"бесшовн\w*", r"мирового класса", r"динамично развивающ\w*"),
)


def test_there_are_three_languages() -> None:
    assert LANGUAGES == ["de", "en", "ru"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    assert list(read_phrases(language).texts) == list(read_phrases("en").texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_has_the_placeholders_of_the_english_one(language: str) -> None:
    english = read_phrases("en").texts
    texts = read_phrases(language).texts
    assert {key: placeholders(text) for key, text in texts.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_empty_or_loosely_spaced(language: str) -> None:
    for key, text in read_phrases(language).texts.items():
        assert text, key
        assert text == " ".join(text.split()), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_braces_brackets_and_quotation_marks_are_paired(language: str) -> None:
    others = set("“”„«»\"'") - set(MARKS[language])
    for key, text in read_phrases(language).texts.items():
        for one, two in (("{", "}"), ("(", ")"), ("[", "]"), MARKS[language]):
            assert _paired(text, one, two), f"{key}: {text}"
        assert not others & set(re.sub(r"(?<=\w)'(?=s\b)", "", text)), f"{key}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_plain_names(language: str) -> None:
    for key, text in read_phrases(language).texts.items():
        assert re.findall(r"\{(\w+)\}", text) == re.findall(r"\{([^{}]*)\}", text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_says_an_empty_word(language: str) -> None:
    empty = re.compile(rf"\b(?:{'|'.join(EMPTY)})\b", re.IGNORECASE)
    assert not [key for key, text in read_phrases(language).texts.items() if empty.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_sentence_is_not_written_twice_in_one_table(language: str) -> None:
    for table in {key.partition(".")[0] for key in read_phrases(language).texts}:
        if table in {"changed", "revenue", "part"}:
            continue  # short labels may be alike
        rows = [t for k, t in read_phrases(language).texts.items() if k.startswith(f"{table}.")]
        assert [text for text, times in Counter(rows).items() if times > 1] == [], table


@pytest.mark.parametrize("language", ["de", "ru"])
def test_no_english_sentence_is_left_in_another_language(language: str) -> None:
    english = read_phrases("en").texts
    texts = read_phrases(language).texts
    same = {key for key, text in texts.items() if re.sub(r"\{\w+\}|\W", "", text)}
    same = {key for key in same if texts[key] == english[key]}
    assert same <= {"stance.neutral"}


def test_russian_phrases_that_end_in_a_day_leave_the_full_stop_to_the_day() -> None:
    days = {"day", "due", "by", "ends", "until", "last"}
    for key, text in read_phrases("ru").texts.items():
        found = re.search(r"\{(\w+)\}\.$", text)
        assert not (found and found[1] in days), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_phrases_name_nobody(language: str) -> None:
    capitals = read_phrases(language).capitals
    assert capitals
    assert all(word[0].isupper() and "{" not in word for word in capitals)


def test_a_value_too_few_or_too_many_raises() -> None:
    phrases = Phrases("en", {"a.b": "{who} waits."})
    assert phrases.text("a.b", who="Mette") == "Mette waits."
    with pytest.raises(BadTemplate, match="wants"):
        phrases.text("a.b")
    with pytest.raises(BadTemplate, match="wants"):
        phrases.text("a.b", who="Mette", day="today")
    with pytest.raises(BadTemplate, match="no phrase"):
        phrases.text("a.c")


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(BadTemplate, match="de, en, ru"):
        read_phrases("xx")


def _paired(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for mark in text:
        depth += (mark == opening) - (mark == closing)
        if depth not in {0, 1}:
            return False
    return depth == 0
