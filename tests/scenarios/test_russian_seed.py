"""A Russian article that nobody translated is found by Russian questions, without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.index.search import Search
from knowledge.intake import take_in
from knowledge.records import Database, Viewer
from knowledge.records.importing.intake import Unwatched
from tests.scenarios.clock import NOW

QUESTIONS = (
    "зачем координировать продажи и маркетинг",
    "чем охотники отличаются от фермеров",
    "постоянный комитет по ценам и скидкам",
    "границы кастомизации для отдельного клиента",
    "какой инструмент интеграции самый лёгкий",
)


@pytest.mark.real_data
def test_the_russian_article_answers_russian_questions(real_data: Path, database: Database) -> None:
    seeds = real_data.parent / "seeds"
    if not seeds.is_dir():
        pytest.skip("the seed texts are not beside the real exports")
    take_in(database, [seeds], now=NOW, progress=Unwatched())
    search = Search(database, None)
    for question in QUESTIONS:
        first = search.find(Viewer.operator(), question, k=1).hits[0]
        assert first.language == "ru"
        assert first.source_id.startswith("document:003")
