"""Which files an import is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import BadInput
from knowledge.intake.files import find_files
from knowledge.records.importing import Refusal


def names(*paths: Path) -> list[str]:
    return [file.name for file in find_files(paths, [])]


def test_files_come_in_a_stable_order_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", ".hidden.md", ".git/config.md", "sub/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(tmp_path) == ["a.md", "b.md", "sub/c.md"]
    assert names(tmp_path / "sub", tmp_path / "b.md", tmp_path / "b.md") == ["b.md", "c.md"]


def test_a_link_to_itself_is_left_to_the_reader_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    assert names(tmp_path) == ["loop.md"]


def test_folders_nested_too_deep_are_refused_with_a_reason(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefghijklmnopqrstuvwxyz")
    deep.mkdir(parents=True)
    (deep / "lost.md").write_text("x")
    refusals: list[Refusal] = []
    assert find_files([tmp_path], refusals) == []
    (refusal,) = refusals
    assert "deeper than 20" in refusal.reason


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere"):
        names(tmp_path / "nowhere")
