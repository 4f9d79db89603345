from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text, update

from knowledge.errors import BadInput, IndexHeld, Unavailable
from knowledge.index import meaning
from knowledge.index.backlog import embed_pending, forget
from knowledge.index.entries import keys_wanted
from knowledge.index.scope import Scope
from knowledge.index.search import Search
from knowledge.index.vectors import VectorIndex
from knowledge.records.sources import Source
from knowledge.records.store import Database
from tests.knowledge.index.library import ADA, OPERATOR, BagOfWords, Library

ENGLISH = frozenset({"en"})
QUESTIONS = ["renewal in May", "who decides", "volume discount", "support cases"]


@pytest.fixture
def stocked(library: Library, embedder: BagOfWords) -> Library:
    library.land("They renew in May.", "Volume discount agreed.", account="a")
    library.land("Perhaps they renew in autumn.", "No discount for volume, ever.", account="b")
    library.land("Who decides is on the map.", "Support cases are closed.", "A charter.")
    embed_pending(library.database, embedder)
    return library


@pytest.fixture
def index(stocked: Library, embedder: BagOfWords, tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex.embedded(tmp_path, stocked.database, embedder)
    yield opened
    opened.close()


def neighbours(index: VectorIndex, scope: Scope | None = None) -> list[list[int]]:
    embedder = BagOfWords()
    asked = (embedder.embed_query(question) for question in QUESTIONS)
    return [index.nearest(vector, scope or Scope(ENGLISH), 3) for vector in asked]


def held(index: VectorIndex) -> set[str]:
    return set(index._collection.get(include=[])["ids"])


def wanted(database: Database) -> set[str]:
    with database.reading() as session:
        return set(keys_wanted(session, BagOfWords.name))


def test_a_rebuild_gives_the_same_neighbours_in_a_new_folder(
    stocked: Library, index: VectorIndex, tmp_path: Path
) -> None:
    before, folder = neighbours(index), (tmp_path / "index" / "current").read_text()
    assert index.rebuild(stocked.database) == 7
    assert neighbours(index) == before
    assert (tmp_path / "index" / "current").read_text() != folder
    folders = [path for path in (tmp_path / "index").iterdir() if path.is_dir()]
    assert len(folders) == 1, "the old one is gone"


def test_it_finds_what_an_exact_comparison_finds(stocked: Library, index: VectorIndex) -> None:
    embedder = BagOfWords()
    exact = Search(stocked.database, embedder)
    with pytest.MonkeyPatch.context() as patch:
        expected = [exact.find(OPERATOR, question) for question in QUESTIONS]
        patch.setattr(meaning, "_SCANNED", 0)
        through = Search(stocked.database, embedder, index)
        assert [through.find(OPERATOR, question) for question in QUESTIONS] == expected


def test_a_scope_confines_the_neighbours(index: VectorIndex) -> None:
    everyones = {5, 6, 7}
    assert {i for some in neighbours(index) for i in some} > everyones - {7}
    none = Scope(ENGLISH, accounts=frozenset())
    assert {i for some in neighbours(index, none) for i in some} <= everyones
    granted = Scope(ENGLISH, accounts=frozenset({"a"}))
    assert {i for some in neighbours(index, granted) for i in some} <= everyones | {1, 2}
    assert neighbours(index, Scope(ENGLISH, account_id="b"))[0] == [3, 4]
    german = Scope(frozenset({"de"}), accounts=frozenset({"a"}))
    assert neighbours(index, german) == [[], [], [], []]
    assert neighbours(index, Scope(frozenset())) == [[], [], [], []]


def test_who_sees_everything_needs_no_filter() -> None:
    assert Scope(ENGLISH).filter() is None


def test_any_other_filter_is_never_empty_and_only_allows() -> None:
    many = frozenset(str(number) for number in range(10_001))
    for scope in (
        Scope(ENGLISH, "a"),
        Scope(ENGLISH, accounts=frozenset()),
        Scope(ENGLISH, accounts=frozenset("ab")),
        Scope(ENGLISH, accounts=many),
    ):
        said = repr(scope.filter())
        assert "'language': {'$in': ['en']}" in said
        assert "$n" not in said
        assert "[]" not in said
        assert "{}" not in said


def test_more_accounts_than_a_filter_holds_are_sorted_out_by_the_records(
    stocked: Library, index: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "_SCANNED", 0)
    stocked.grant(ADA, "a", *(f"account {number}" for number in range(10_050)))
    found = Search(stocked.database, BagOfWords(), index).find(ADA, "renewal in May")
    assert found.hits[0].account_id == "a"
    assert "b" not in {hit.account_id for hit in found.hits}


def test_an_account_that_changes_hands_takes_its_entries_along(
    stocked: Library, index: VectorIndex
) -> None:
    with stocked.database.writing() as session:
        session.execute(update(Source).where(Source.account_id == "b").values(account_id="c"))
    assert index.reconcile(stocked.database) == 4, "two keys gone, two new"
    assert neighbours(index, Scope(ENGLISH, account_id="b")) == [[], [], [], []]
    assert neighbours(index, Scope(ENGLISH, account_id="c"))[0] == [3, 4]


def test_what_is_embedded_later_is_handed_over_and_what_is_deleted_goes(
    stocked: Library, index: VectorIndex, embedder: BagOfWords, tmp_path: Path
) -> None:
    stocked.land("The renewal in May is signed.", account="a")
    embed_pending(stocked.database, embedder, index)
    assert 8 in neighbours(index)[0]
    with stocked.database.writing() as session:
        session.execute(text("DELETE FROM passages WHERE id = 8"))
    assert index.reconcile(stocked.database) == 1
    assert held(index) == wanted(stocked.database)
    index.close()
    again = VectorIndex.embedded(tmp_path, stocked.database, embedder)
    assert held(again) == wanted(stocked.database)
    again.close()


def test_many_new_entries_become_a_new_generation(
    stocked: Library, index: VectorIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("knowledge.index.vectors._MOST_LOGGED", 2)
    folder = (tmp_path / "index" / "current").read_text()
    stocked.land("One more.", "Two more.", "Three more.")
    embed_pending(stocked.database, BagOfWords(), index)
    assert (tmp_path / "index" / "current").read_text() != folder
    assert held(index) == wanted(stocked.database)


def test_a_second_process_is_told_that_the_index_is_held(
    stocked: Library, index: VectorIndex, embedder: BagOfWords, tmp_path: Path
) -> None:
    del index
    code = (
        "from pathlib import Path\n"
        "from knowledge.errors import IndexHeld\n"
        "from knowledge.index.vectors import VectorIndex\n"
        "from knowledge.records.store import Database\n"
        "from tests.knowledge.index.library import BagOfWords\n"
        f"database = Database.open('sqlite:///{tmp_path}/records.db')\n"
        "try:\n"
        f"    VectorIndex.embedded(Path({str(tmp_path)!r}), database, BagOfWords())\n"
        "except IndexHeld as error:\n"
        "    print(error)\n"
    )
    second = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "is held by another process" in second.stdout
    with pytest.raises(IndexHeld):
        VectorIndex.embedded(tmp_path, stocked.database, embedder)


@pytest.mark.parametrize("damage", ["graph", "database", "pointer", "hang", "crash"])
def test_a_dead_index_is_rebuilt_from_the_records(
    stocked: Library, embedder: BagOfWords, tmp_path: Path, damage: str
) -> None:
    index = VectorIndex.embedded(tmp_path, stocked.database, embedder)
    before, folder = neighbours(index), next((tmp_path / "index").glob("bag-of-words-*"))
    index.close()
    with pytest.MonkeyPatch.context() as patch:
        if damage == "graph":
            for file in folder.glob("*/*"):
                file.write_bytes(b"\xff" * 64)
            (folder / "chroma.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 900)
        elif damage == "database":
            (folder / "chroma.sqlite3").unlink()
        elif damage == "pointer":
            (tmp_path / "index" / "current").write_text("../../elsewhere 1")
        else:
            ending = "import os; os.abort()" if damage == "crash" else "import time; time.sleep(9)"
            patch.setattr("knowledge.index.vectors._PROBE", ending)
            patch.setattr("knowledge.index.vectors._PROBE_SECONDS", 0.5)
        again = VectorIndex.embedded(tmp_path, stocked.database, embedder)
    assert neighbours(again) == before
    assert not folder.exists()
    again.close()


def test_another_model_gets_an_index_of_its_own(
    stocked: Library, index: VectorIndex, tmp_path: Path
) -> None:
    index.close()
    other = BagOfWords(name="other", dimensions=32)
    embed_pending(stocked.database, other)
    opened = VectorIndex.embedded(tmp_path, stocked.database, other)
    assert opened.nearest(other.embed_query("renewal"), Scope(ENGLISH), 1)
    opened.close()


def test_erased_vectors_are_gone_from_the_files(
    stocked: Library, index: VectorIndex, embedder: BagOfWords, tmp_path: Path
) -> None:
    values = [0.5] * 4 + [0.0] * 92  # of length one, so that no one rounds it
    embedder.embed_documents = lambda texts: [values for _ in texts]  # type: ignore[method-assign]
    source = stocked.land("Private zeppelin matter.", account="a")
    embed_pending(stocked.database, embedder, index)
    trace = np.asarray(values, dtype="<f4").tobytes()

    def stands() -> bool:
        files = [path for path in (tmp_path / "index").rglob("*") if path.is_file()]
        return any(trace in file.read_bytes() for file in files)

    assert stands()
    with stocked.database.writing() as session:
        forget(session, [source])
        session.execute(text("DELETE FROM passages WHERE source_id = :id"), {"id": source})
    index.rebuild(stocked.database)
    assert not stands()


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--path", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.kill()
    server.wait()


def test_a_server_is_the_same_index_for_several_processes(
    stocked: Library, index: VectorIndex, embedder: BagOfWords, chroma_server: str
) -> None:
    one = VectorIndex.served(chroma_server, stocked.database, embedder)
    other = VectorIndex.served(chroma_server, stocked.database, embedder)
    assert neighbours(one) == neighbours(other) == neighbours(index)
    stocked.land("The renewal in May is signed.", account="a")
    embed_pending(stocked.database, embedder, one)
    assert 8 in neighbours(other)[0]
    before = neighbours(one)
    one.rebuild(stocked.database)
    assert neighbours(one) == before
    assert neighbours(other) == before, "a rebuild elsewhere leaves the others working"
    one.close()
    other.close()


def test_a_server_that_is_not_there_is_said_so(stocked: Library, embedder: BagOfWords) -> None:
    with pytest.raises(Unavailable, match=r"at 127\.0\.0\.1 does not answer"):
        VectorIndex.served("http://127.0.0.1:9", stocked.database, embedder)
    with pytest.raises(BadInput):
        VectorIndex.served("not an address", stocked.database, embedder)
