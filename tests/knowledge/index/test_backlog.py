from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from knowledge.errors import Unavailable
from knowledge.index.backlog import embed_pending, forget, pending
from knowledge.records.sources import Passage, Vector
from knowledge.records.store import Database
from tests.knowledge.index.library import BagOfWords, Library


def waiting(database: Database, embedder: BagOfWords) -> int:
    with database.reading() as session:
        return pending(session, embedder)


def test_a_text_is_embedded_once_however_often_it_stands(either: Database) -> None:
    library, embedder = Library(either), BagOfWords()
    for _ in range(5):
        library.land("Confidential. Do not forward.", "Hello")
    assert waiting(either, embedder) == 10
    assert embed_pending(either, embedder) == 2
    assert sorted(embedder.embedded) == ["Confidential. Do not forward.", "Hello"]
    assert waiting(either, embedder) == 0
    assert embed_pending(either, embedder) == 0
    library.land("Hello", language="en")
    assert waiting(either, embedder) == 0, "its vector is there already"


def test_the_heading_is_embedded_too(library: Library, embedder: BagOfWords) -> None:
    library.land("They said no.", title="Pilot")
    embed_pending(library.database, embedder)
    assert embedder.embedded == ["Pilot\nThey said no."]


def test_the_newest_come_first_and_the_work_can_be_stopped(
    library: Library, embedder: BagOfWords
) -> None:
    library.land(*(f"note {number}" for number in range(10)))
    told: list[int] = []
    done = embed_pending(
        library.database,
        embedder,
        batch=2,
        progress=told.append,
        stop=lambda: len(told) == 3,
    )
    assert done == 6
    assert told == [2, 4, 6]
    assert sorted(embedder.embedded) == [f"note {number}" for number in range(4, 10)]
    assert embed_pending(library.database, embedder, batch=2) == 4


def test_each_model_has_vectors_of_its_own(library: Library) -> None:
    library.land("A note.")
    one, other = BagOfWords(name="one"), BagOfWords(name="other")
    assert embed_pending(library.database, one) == embed_pending(library.database, other) == 1


def test_a_text_erased_while_it_is_embedded_leaves_no_vector(library: Library) -> None:
    class Slow(BagOfWords):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            with library.database.writing() as session:
                session.delete(session.scalars(select(Passage).limit(1)).one())
            return super().embed_documents(texts)

    library.land("To be erased.", "To stay.")
    embed_pending(library.database, Slow())
    with library.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Vector)) == 1


def test_vectors_of_another_size_are_refused(library: Library) -> None:
    library.land("A note.")
    wrong = BagOfWords()
    wrong.embed_documents = lambda texts: [[1.0, 0.0] for _ in texts]  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="not 1 of 96 numbers"):
        embed_pending(library.database, wrong)


def test_a_killed_worker_is_finished_by_the_next(library: Library, embedder: BagOfWords) -> None:
    library.land(*(f"passage number {number}" for number in range(400)))
    code = (
        "import signal\n"
        "from knowledge.index.backlog import embed_pending\n"
        "from knowledge.records.store import Database\n"
        "from tests.knowledge.index.library import BagOfWords\n"
        f"database = Database.open('{library.database.engine.url}')\n"
        "def stay(_): len(embedder.embedded) > 20 and signal.pause()\n"
        "embedder = BagOfWords()\n"
        "embed_pending(database, embedder, batch=4, progress=stay)\n"
    )
    root = Path(__file__).parents[3]
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=root)
    while waiting(library.database, embedder) > 380:
        assert worker.poll() is None
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    left = waiting(library.database, embedder)
    assert 0 < left < 400
    assert embed_pending(library.database, embedder) == left
    with library.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Vector)) == 400


def test_the_queue_costs_little_beside_the_embedding(library: Library) -> None:
    class Timed(BagOfWords):
        seconds = 0.0

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            began = time.perf_counter()
            vectors = super().embed_documents(texts)
            self.seconds += time.perf_counter() - began
            return vectors

    library.land(*(f"passage number {number}" for number in range(512)))
    embedder = Timed()
    began = time.perf_counter()
    embed_pending(library.database, embedder)
    beside = time.perf_counter() - began - embedder.seconds
    embedding = 512 / 38  # seconds: what the real model takes for passages of 120 words
    assert beside < 0.15 * embedding


def test_what_is_forgotten_leaves_neither_words_nor_vectors(either: Database) -> None:
    library, embedder = Library(either), BagOfWords()
    gone = library.land("Private zeppelin matter.", "Shared footer.")
    kept = library.land("Shared footer.", "Public matter.")
    embed_pending(either, embedder)
    with either.writing() as session:
        forget(session, [gone])
    with either.reading() as session:
        passages = session.scalars(select(Passage).where(Passage.source_id == kept))
        hashes = {passage.content_hash for passage in passages}
        assert set(session.scalars(select(Vector.content_hash))) == hashes
        assert session.scalar(text("SELECT count(*) FROM words")) == 2


def test_forgotten_words_are_gone_from_the_file(
    library: Library, embedder: BagOfWords, tmp_path: Path
) -> None:
    source = library.land("Private zeppelin matter.")
    library.land("Public matter.")
    embed_pending(library.database, embedder)
    with library.database.writing() as session:
        forget(session, [source])
        session.execute(text("DELETE FROM passages WHERE source_id = :id"), {"id": source})
        session.execute(text("DELETE FROM source_versions WHERE source_id = :id"), {"id": source})
    library.database.close()
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection:
        connection.execute("VACUUM")
    assert b"zeppelin" not in (tmp_path / "records.db").read_bytes()
