"""Drafts as files: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant.rendering
from assistant.rendering import markdown, write_draft
from knowledge.errors import BadInput
from tests.assistant.rendering import drafts, office
from tests.assistant.rendering.pictures import picture


def test_the_suffix_says_which_file_it_becomes(tmp_path: Path) -> None:
    for name in ("plan.md", "plan.DOCX", "plan.pptx"):
        write_draft(drafts.rich(), tmp_path / name, [picture("revenue")])
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == markdown(drafts.rich())
    assert len(office.document((tmp_path / "plan.DOCX").read_bytes()).inline_shapes) == 1
    assert len(office.presentation((tmp_path / "plan.pptx").read_bytes()).slides) > 4


@pytest.mark.parametrize("name", ["plan.doc", "plan", "plan.pdf", ".docx"])
def test_another_suffix_is_refused_with_the_possible_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"\.md, \.docx, \.pptx"):
        write_draft(drafts.rich(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "plan.docx"
    folder.mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        write_draft(drafts.rich(), folder)
    assert folder.is_dir()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no folder"):
        write_draft(drafts.rich(), tmp_path / "nowhere" / "plan.md")


def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.md"
    target.write_text("before")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(BadInput, match="No space left"):
        write_draft(drafts.rich(), target)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.md", tmp_path / "plan.md"
    target.write_text("before")
    link.symlink_to(target)
    write_draft(drafts.rich(), link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == markdown(drafts.rich())


def test_a_draft_with_a_broken_letter_is_still_written(tmp_path: Path) -> None:
    write_draft(drafts.draft(title="Plan \ud800"), tmp_path / "plan.md")
    assert (tmp_path / "plan.md").read_text(encoding="utf-8").startswith("# Plan ?")


def test_the_room_shows_three_names() -> None:
    assert assistant.rendering.__all__ == ["Figure", "markdown", "write_draft"]
