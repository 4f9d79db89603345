"""The folders of the embedded vector index: one owner, one current generation.

index/
  lock                 held by the process that owns the index
  current              the folder in use and how many entries it was built with, in one
                       line that is replaced atomically
  <model>-<number>/    a generation
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from knowledge.errors import IndexHeld


class Generations:
    """The generations of one model's index under `<home>/index`, owned until `release`.

    Raises:
        IndexHeld: another process owns them.
    """

    def __init__(self, home: Path, model: str) -> None:
        self._root = home / "index"
        self._root.mkdir(parents=True, exist_ok=True)
        self._prefix = re.sub(r"[^a-z0-9]+", "-", model.lower())[:40].strip("-") + "-"
        self._lock = FileLock(self._root / "lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout:
            raise IndexHeld(
                f"The vector index in {self._root} is held by another process; "
                "until that one ends, this one answers by words."
            ) from None

    @property
    def current(self) -> Path | None:
        """The folder in use, if there is one and it is this model's."""
        name, _ = self._pointer()
        folder = self._root / name
        return folder if name.startswith(self._prefix) and folder.is_dir() else None

    @property
    def built_with(self) -> int:
        """How many entries the current folder held when it was adopted."""
        return self._pointer()[1]

    def begin(self) -> Path:
        """A new, empty folder; it counts only once it is `adopted`."""
        folder = self._root / f"{self._prefix}{uuid4().hex[:12]}"
        folder.mkdir()
        return folder

    def adopt(self, folder: Path, entries: int) -> None:
        """Make a folder the current one; a crash leaves either the old one or the new."""
        written = self._root / "current.new"
        with written.open("w", encoding="utf-8") as file:
            file.write(f"{folder.name} {entries}")
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._root / "current")

    def sweep(self) -> None:
        """Remove every folder but the current one: replaced, or left by a crash."""
        current = self.current
        for folder in self._root.iterdir():
            if folder.is_dir() and folder != current:
                shutil.rmtree(folder, ignore_errors=True)

    def release(self) -> None:
        """Let another process own the index."""
        self._lock.release()

    def _pointer(self) -> tuple[str, int]:
        try:
            name, entries = (self._root / "current").read_text(encoding="utf-8").split()
            return name, int(entries)
        except (OSError, ValueError):
            return "", 0
