"""Which files an import is about: everything under the paths given, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import BadInput
from knowledge.records.importing import Refusal

_DEEPEST = 20
_MOST_FILES = 100_000


@dataclass(frozen=True)
class Found:
    """A file to read. `root` is the folder nothing may leave; `name` its path below it."""

    path: Path
    root: Path
    name: str


def find_files(paths: Iterable[Path], refusals: list[Refusal]) -> list[Found]:
    """Every file under some paths; hidden ones are passed over.

    Links that lead out of the folder and folders nested too deep are added to `refusals`.

    Raises:
        BadInput: a path does not exist, or there are more files than an import takes at once.
    """
    found: dict[str, Found] = {}
    for path in paths:
        if not path.exists():
            raise BadInput(f"“{path}” does not exist: name a file or a folder to import.")
        root = path if path.is_dir() else path.parent
        for file in _walk(path, root, refusals):
            # `Path.resolve` would raise at a link to itself; reading it refuses it with a reason.
            at = os.path.realpath(file)
            found.setdefault(at, Found(file, root, file.relative_to(root).as_posix()))
            if len(found) > _MOST_FILES:
                raise BadInput(f"More than {_MOST_FILES:,} files: import a part of them at a time.")
    return sorted(found.values(), key=lambda file: (file.name, str(file.path)))


def _walk(path: Path, root: Path, refusals: list[Refusal]) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(here.relative_to(root).parts) >= _DEEPEST and folders:
            refusals.append(_too_deep(here, root))
            folders.clear()
        for name in sorted(files):
            if not name.startswith("."):
                yield here / name


def _too_deep(folder: Path, root: Path) -> Refusal:
    reason = f"Folders below it are nested deeper than {_DEEPEST}: move them up."
    return Refusal(folder.relative_to(root).as_posix(), None, reason, "")
