"""What sources are called for a reader who has no English."""

from __future__ import annotations

import pytest

from assistant.claims import Evidence
from assistant.drafting.titles import FOLDER, OTHER, computations, title_in
from tests.assistant.written import Written

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_german_and_russian_name_the_same_things() -> None:
    assert LANGUAGES == ["de", "ru"]
    assert computations("de").keys() == computations("ru").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_of_every_draft_of_the_sample_has_a_name_in_the_language(
    written: list[Written], language: str
) -> None:
    sources = [source for one in written for source in one.draft.sources]
    bare = {
        source.title
        for source in sources
        if source.type == "computed" and title_in(source, language) == computations(language)[OTHER]
    }
    assert sources
    assert bare == set()


def test_a_record_keeps_its_own_name_behind_its_kind() -> None:
    owed = Evidence("record", "commitment:a1@1#text", "Commitment: Flow data of Norwich", "…")
    assert title_in(owed, "de") == "Vereinbarung: Flow data of Norwich"
    assert title_in(owed, "en") == "Commitment: Flow data of Norwich"


def test_a_document_keeps_the_name_its_author_gave_it() -> None:
    note = Evidence("passage", "document:n1@1[0:9]", "Notes of the visit", "…")
    assert title_in(note, "ru") == "Notes of the visit"
