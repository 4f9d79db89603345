"""What Chroma's graph writes to disk beside itself: memory nobody wrote to, which is blanked here.

Chroma saves the places of a graph's first hundred entries as they were allocated. Those that no
entry fills hold what stood in the memory before, which can be a customer's name, and after an
erasing nobody may find it there.
The layout is that of its graph library, hnswlib: `header.bin` opens with a version and four
numbers, of which the third counts the entries and the fourth is the bytes of one.
"""

from __future__ import annotations

import struct
from pathlib import Path

_HEADER = struct.Struct("<i4Q")
_VERSION = 1
_LENGTH = 4  # bytes an entry takes in length.bin


def blank_unused(folder: Path) -> None:
    """Overwrite with zeros what no entry fills in the graphs under a folder.

    Raises:
        ValueError: a graph is of a layout this does not know.
    """
    for header in folder.rglob("header.bin"):
        version, _, _, entries, size = _HEADER.unpack_from(header.read_bytes())
        if version != _VERSION:
            raise ValueError(f"{header} is of version {version}, not {_VERSION}.")
        _blank(header.with_name("data_level0.bin"), entries * size)
        _blank(header.with_name("length.bin"), entries * _LENGTH)


def _blank(path: Path, used: int) -> None:
    unused = path.stat().st_size - used
    if unused > 0:
        with path.open("r+b") as file:
            file.seek(used)
            file.write(bytes(unused))
