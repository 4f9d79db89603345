from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.passages import Limits, read
from tests.knowledge.passages.files import Put, ReadOne, Refusal


def test_a_file_is_known_by_its_path_under_the_import_folder(read_one: ReadOne) -> None:
    assert read_one("Nordwind/2026/call.txt", "We spoke.").key == "Nordwind/2026/call.txt"


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("salaries")
    root = tmp_path / "import"
    root.mkdir()
    (root / "note.txt").symlink_to(outside)
    for path in (root / "note.txt", root / ".." / "secret.txt", outside):
        with pytest.raises(Unreadable, match="leads out of"):
            read(path, root=root)


def test_a_link_inside_the_folder_keeps_the_name_it_was_given(tmp_path: Path, put: Put) -> None:
    put("shared/sheet.txt", "Prices.")
    (tmp_path / "Nordwind").mkdir()
    (tmp_path / "Nordwind" / "prices.txt").symlink_to(tmp_path / "shared" / "sheet.txt")
    (reading,) = read(tmp_path / "Nordwind" / "prices.txt", root=tmp_path)
    assert reading.key == "Nordwind/prices.txt"


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(Unreadable):
        read(tmp_path / "a.txt", root=tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
def test_a_fifo_does_not_make_the_import_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    outcome: list[str] = []

    def attempt() -> None:
        try:
            read(tmp_path / "pipe.txt", root=tmp_path)
        except Unreadable as error:
            outcome.append(str(error))

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(5)
    assert outcome
    assert "not a regular file" in outcome[0]


def test_a_folder_a_device_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for path in (tmp_path / "folder.txt", tmp_path / "missing.txt", tmp_path / "nul\0.txt"):
        with pytest.raises(Unreadable):
            read(path, root=tmp_path)
    with pytest.raises(Unreadable, match="not a regular file"):
        read(Path("/dev/null"), root=Path("/dev"))


def test_an_empty_file_is_refused(refusal: Refusal) -> None:
    assert "is empty" in refusal("note.md", "")
    assert "is empty" in refusal("note.md", " \n ")


def test_a_file_beyond_the_limit_is_refused_with_what_to_do(refusal: Refusal) -> None:
    assert "split it" in refusal("log.txt", "word " * 50, Limits(file_bytes=100))
    assert "characters" in refusal("log.txt", "word " * 50, Limits(characters=100))


def test_an_unknown_kind_of_file_is_refused_with_the_kinds_that_are_read(refusal: Refusal) -> None:
    said = refusal("budget.xlsx", b"PK\x03\x04")
    assert ".xlsx" in said
    assert ".docx" in said


def test_a_pdf_named_docx_is_refused_as_what_it_is(refusal: Refusal) -> None:
    assert "is a PDF file by its contents" in refusal("plan.docx", b"%PDF-1.7 ...")
    assert "zip or Office" in refusal("plan.txt", b"PK\x03\x04 ...")
