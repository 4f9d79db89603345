"""From a path to bytes: nothing outside the root, nothing endless, nothing that is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from knowledge.errors import Unreadable
from knowledge.passages.reading.base import Limits, Original


def original(path: Path, root: Path, limits: Limits) -> Original:
    """The file's bytes under its name relative to `root`.

    Raises:
        Unreadable: the path leaves the root, is no regular file, is empty, too large, or the
            operating system refuses it.
    """
    try:
        name, inside = _name(path, root), _resolved(path, root)
        if not inside:
            raise Unreadable(
                f"“{path}” leads out of “{root}”; copy the file into the folder and import again."
            )
        data = _bytes(path.resolve(strict=True), name, limits)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unreadable(f"“{path}” cannot be opened ({reason}); check that it is there.") from None
    except (ValueError, RuntimeError):  # a NUL in the path; a loop of symbolic links
        raise Unreadable(
            f"“{path}” is no usable path; rename the file.", "file_name", name=path.name
        ) from None
    return Original(name, data, limits)


def _resolved(path: Path, root: Path) -> bool:
    return path.resolve(strict=True).is_relative_to(root.resolve(strict=True))


def _name(path: Path, root: Path) -> str:
    """The path as it was given, relative to the root; symbolic links keep their own name."""
    named, base = path.absolute(), root.absolute()
    if ".." in named.parts or not named.is_relative_to(base):
        named, base = path.resolve(), root.resolve()
    name = named.relative_to(base).as_posix() if named.is_relative_to(base) else path.name
    # A name the operating system could not decode must still be printable and storable.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    # Without O_NONBLOCK, opening a FIFO waits for ever for somebody to write into it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(f"“{name}” is not a regular file; leave it out of the import.")
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise Unreadable(
            f"“{name}” is larger than {limits.file_bytes:,} bytes; split it and import the parts.",
            "file_large",
            name=name,
            most=limits.file_bytes // 1024**2,
        )
    if not data.strip():
        raise Unreadable(
            f"“{name}” is empty; leave it out or export it again.", "file_empty", name=name
        )
    return data
