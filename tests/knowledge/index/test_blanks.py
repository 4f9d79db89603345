"""A new graph is saved as its memory was, and here that memory is full of something."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.index.backlog import embed_pending
from knowledge.index.blanks import blank_unused
from tests.knowledge.index.library import BagOfWords, Library

_FULL = {"MALLOC_PERTURB_": "90", "MALLOC_MMAP_THRESHOLD_": "33554432"}  # glibc's, all of 0xA5
_REMAINS = bytes([0xFF ^ 90]) * 8
_BUILD = """
import sys
from pathlib import Path

import knowledge.index.blanks
from knowledge.records.store import Database
from tests.knowledge.index.library import BagOfWords

if sys.argv[3] == "as Chroma leaves it":
    knowledge.index.blanks.blank_unused = lambda folder: None

from knowledge.index.vectors import VectorIndex, probe

VectorIndex.embedded(Path(sys.argv[1]), Database.open(sys.argv[2]), BagOfWords()).close()
sys.exit(probe(next(Path(sys.argv[1]).glob("index/bag-*"))))
"""


def files_of_a_new_index(library: Library, home: Path, how: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-c", _BUILD, str(home), str(library.database.engine.url), how],
        env={**os.environ, **_FULL},
        check=True,
    )
    return {path.name: path.read_bytes() for path in home.rglob("*.bin")}


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc fills memory when asked to")
@pytest.mark.parametrize("passages", [3, 50, 1_003])
def test_no_memory_of_the_process_is_saved(library: Library, tmp_path: Path, passages: int) -> None:
    library.land(*(f"Renewal number {number} is in May." for number in range(passages)))
    embed_pending(library.database, BagOfWords())
    if passages < 100:
        left = files_of_a_new_index(library, tmp_path / "before", "as Chroma leaves it")
        assert _REMAINS in left["data_level0.bin"]
    saved = files_of_a_new_index(library, tmp_path / "after", "blanked")
    assert [name for name, held in saved.items() if _REMAINS in held] == []


def test_a_layout_nobody_knows_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "header.bin").write_bytes(struct.pack("<i4Q", 2, 0, 100, 0, 1_676))
    (tmp_path / "data_level0.bin").write_bytes(b"vectors")
    with pytest.raises(ValueError, match="version 2"):
        blank_unused(tmp_path)
    assert (tmp_path / "data_level0.bin").read_bytes() == b"vectors"
