"""A backup: one file with everything that cannot be derived again, while the service may run.

It holds the records and the durable jobs, each as SQLite copies a database that is being written
to, and what people set: `liaison.toml` and the company's own prompts. It holds no index, which
`liaison reindex` makes from the records, and no secret: those stand in the environment only.

It is a gzipped tar, because that keeps on unpacking what zip loses: that only their owner may
read the files.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from assistant.settings import FILE_NAME, Settings
from assistant.work import STORE
from knowledge.errors import BadInput, Unavailable

_DATABASE, _PROMPTS, _SAMPLE = "liaison.db", "prompts", "sample"
_SECRET = re.compile(
    r"\bxox[a-z]-[\w-]{10,}|\bxapp-[\w-]{10,}|\bsk-[\w-]{20,}|-----BEGIN [A-Z ]+KEY"
)


@dataclass(frozen=True)
class Backup:
    """What was written: where, how large, and what is in it."""

    path: Path
    size: int
    files: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The backup as the command line prints it; `bytes` is the size of the file."""
        return {"path": str(self.path), "bytes": self.size, "files": list(self.files)}


def back_up(settings: Settings, path: Path) -> Backup:
    """Write a backup of a home folder to a file that is not there yet, readable by its owner only.

    The file appears when it is whole. To restore it, unpack it into an empty home folder and run
    `liaison reindex`.

    Raises:
        BadInput: the file is there already, its folder is not, the records are in PostgreSQL,
            there are none, or a secret stands in a file that would be copied.
        Unavailable: a database cannot be copied or is damaged, or the file cannot be written.
    """
    databases = _databases(settings)
    if path.exists():
        raise BadInput(f"{path} is there already, and no backup is overwritten: name another file.")
    if not path.parent.is_dir():
        raise BadInput(f"{path.parent} is no folder: make it first, or name another file.")
    kept = dict(_kept(settings.home))
    _refuse_secrets(kept)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
            copies = {name: _copied(one, Path(folder) / name) for name, one in databases.items()}
            _pack(part, copies | kept)
        _put(part, path)
    except OSError as error:
        raise Unavailable(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, (*databases, *kept))


def _databases(settings: Settings) -> dict[str, Path]:
    """The databases, in the order in which they are copied.

    The jobs come first: what is done meanwhile is looked for before it is done again, but what is
    not asked for any more would be lost.
    """
    if not settings.embedded:
        raise BadInput(
            "The records are in PostgreSQL: back them up with pg_dump, and copy "
            f"{settings.home / FILE_NAME} and {settings.home / _PROMPTS} if they are there."
        )
    records = Path(make_url(settings.database_url.get_secret_value()).database or "")
    if not records.is_file():
        raise BadInput(f"There is no workspace in {settings.home} yet: nothing to back up.")
    jobs = settings.home / STORE
    return ({STORE: jobs} if jobs.is_file() else {}) | {_DATABASE: records}


def _kept(home: Path) -> Iterator[tuple[str, Path]]:
    """What people set, by its name in the backup; links are not followed out of the home."""
    named = [home / FILE_NAME, home / _SAMPLE, *sorted((home / _PROMPTS).rglob("*"))]
    for path in named:
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(home).as_posix(), path


def _refuse_secrets(kept: dict[str, Path]) -> None:
    for path in kept.values():
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if _SECRET.search(line):
                raise BadInput(
                    f"{path}, line {number}: this looks like a secret, and backups hold none; "
                    "move it to the environment."
                )


def _copied(database: Path, to: Path) -> Path:
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as copy:
            source.execute("PRAGMA busy_timeout = 30000")
            source.backup(copy)  # in one go: one moment's state, while writers go on
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise Unavailable(f"{database} cannot be copied: {error}.") from error
    if verdict != "ok":
        raise Unavailable(f"{database} is damaged ({verdict}): restore an earlier backup.")
    return to


def _pack(path: Path, files: dict[str, Path]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz") as archive:
            for name, file in files.items():
                archive.add(file, arcname=name, filter=_private)
        raw.flush()
        os.fsync(raw.fileno())


def _private(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
    return entry


def _put(part: Path, path: Path) -> None:
    """Give the finished file its name; never that of a file which has appeared meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise BadInput(f"{path} has appeared meanwhile, and is not overwritten.") from None
    except OSError:  # a file system without links
        if path.exists():
            raise BadInput(f"{path} has appeared meanwhile, and is not overwritten.") from None
        part.replace(path)
