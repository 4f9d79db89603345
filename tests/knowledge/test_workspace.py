"""A workspace: import, embed, and rebuild the index without asking the model again."""

from __future__ import annotations

from pathlib import Path

from knowledge.records import Viewer
from knowledge.workspace import Place, Workspace
from tests.knowledge.index.library import BagOfWords


class Exhausted(BagOfWords):
    """A model that has read its last document."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError(f"asked to embed {len(texts)} texts")


def opened(home: Path, model: BagOfWords) -> Workspace:
    return Workspace(Place(home, f"sqlite:///{home / 'liaison.db'}", lambda: model))


def notes(folder: Path) -> Path:
    folder.mkdir()
    (folder / "seals.md").write_text(
        "# Seals\n\nThe reliability manager decides about the seals.\n"
    )
    (folder / "pumps.md").write_text("# Pumps\n\nThe site director signs for every new pump.\n")
    return folder


def test_what_is_imported_is_found_by_words_before_any_vector_exists(tmp_path: Path) -> None:
    with opened(tmp_path / "home", BagOfWords()) as workspace:
        workspace.take_in([notes(tmp_path / "notes")])
        assert workspace.awaiting_vectors() > 0
        found = workspace.search(Viewer.operator(), "who decides about seals")
        assert found.hits[0].source_id == "document:seals.md"
        assert found.backlog > 0


def test_reindexing_asks_the_model_for_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened(home, BagOfWords()) as workspace:
        workspace.take_in([notes(tmp_path / "notes")])
        workspace.embed()
        assert workspace.awaiting_vectors() == 0
    with opened(home, Exhausted()) as workspace:
        assert workspace.reindex() == 2
        found = workspace.search(Viewer.operator(), "who signs for a pump")
        assert found.hits[0].source_id == "document:pumps.md"


def test_the_playbook_is_kept_once_and_everyone_may_read_it(tmp_path: Path) -> None:
    with opened(tmp_path / "home", BagOfWords()) as workspace:
        first = workspace.keep_playbook()
        assert workspace.keep_playbook() == first
        assert set(first.values()) == {1}
        found = workspace.search(Viewer.outsider(), "champion who left")
        assert {hit.kind for hit in found.hits} == {"playbook"}
