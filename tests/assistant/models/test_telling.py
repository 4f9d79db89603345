"""Whoever has no English is told why the model failed, whatever way it failed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.errors import BudgetSpent, ModelFailure
from assistant.models.telling import FOLDER, failures, sentence_of

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def kinds(kind: type[ModelFailure] = ModelFailure) -> Iterator[type[ModelFailure]]:
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)


def test_german_and_russian_have_their_own_sentences() -> None:
    assert LANGUAGES == ["de", "ru"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_one_sentence_and_there_are_no_others(language: str) -> None:
    assert failures(language).keys() == {one.outcome for one in kinds()}
    assert all(text.endswith(".") for text in failures(language).values())


def test_english_keeps_the_message_with_its_details() -> None:
    failure = BudgetSpent("Your budget is used up (daily_tokens under [model]).")
    assert sentence_of(failure, "en") == str(failure)
    assert sentence_of(failure, "de").startswith("Ihr Tagesbudget")
