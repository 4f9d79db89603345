"""The words of answers: every language says the same things."""

from __future__ import annotations

import re
import tomllib

import pytest

from assistant.conversation.intents import OF_ACCOUNT, OVERALL
from assistant.conversation.understanding import DRAFTS, OVER_ALL, PORTFOLIO, SMALL_TALK
from assistant.conversation.understanding.intents import FOLDER as PATTERNS
from assistant.conversation.voice import FOLDER, Voice, sayings
from assistant.drafting.phrases import placeholders, read_phrases
from assistant.errors import BadTemplate

LANGUAGES = ("en", "de", "ru")
#: Intents without a writer: they are looked up, or are about the talk itself.
LOOKED_UP = {"method", "dealings", "why", "source"}


def phrases(language: str) -> dict[str, str]:
    tables = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{table}.{name}": text for table, rows in tables.items() for name, text in rows.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_phrases_with_the_same_gaps(language: str) -> None:
    english, own = phrases("en"), phrases(language)
    assert own.keys() == english.keys()
    assert {k: placeholders(v) for k, v in own.items()} == {
        k: placeholders(v) for k, v in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_of_talk_takes_the_place_of_a_phrase_of_drafts(language: str) -> None:
    assert not phrases(language).keys() & read_phrases(language).texts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_that_is_recognised_is_answered_by_somebody(language: str) -> None:
    raw = tomllib.loads((PATTERNS / f"{language}.toml").read_text(encoding="utf-8"))
    answered = {*OF_ACCOUNT, *OVERALL, *LOOKED_UP, *SMALL_TALK, *DRAFTS}
    assert set(raw) <= answered
    assert all(re.compile(one) for patterns in raw.values() for one in patterns)
    assert set(OVER_ALL.values()) | PORTFOLIO <= set(OVERALL)


def test_a_language_nobody_wrote_is_refused() -> None:
    with pytest.raises(BadTemplate, match="No answers in"):
        sayings("xx")


def test_the_fixed_words_of_a_phrase_within_a_phrase_are_known() -> None:
    voice = Voice("en", "EUR")
    said = voice.say("say.no_deals", account="Corvane Chemicals")
    assert "No deal with" in voice.phrases.fixed_in(said)
