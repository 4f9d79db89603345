"""What .docx and .pptx share: a zip of XML that is checked before anything opens it."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Protocol

from knowledge.passages.reading.base import Original, line

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Who made the libraries' blank templates, and when: not the author and the day of a document.
_TEMPLATE_AUTHORS = {"python-docx", "Steve Canny"}
_TEMPLATE_DAYS = {date(2013, 12, 23), date(2013, 1, 27)}


class Properties(Protocol):
    """The part of a file's core properties that is read."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def author(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def modified(self) -> datetime | None: ...  # noqa: D102
    @property
    def created(self) -> datetime | None: ...  # noqa: D102


def check(original: Original, main: str) -> None:
    """Refuse what is no sound office file: encrypted, old, damaged, a bomb, or another kind.

    `main` is the part every file of this kind has, such as `word/document.xml`.

    Raises:
        Unreadable: with what to do about it.
    """
    if original.data.startswith(_OLE):
        raise original.refusal(
            "is encrypted or in the format of Office 97; save it without a password in the "
            "current format and import it again",
            "file_locked",
        )
    try:
        with zipfile.ZipFile(BytesIO(original.data)) as archive:
            _bounded(archive.infolist(), original)
            if main not in archive.namelist():
                raise original.refusal(
                    "is a zip, but not the kind of file its name says; give it its right suffix",
                    "file_suffix",
                )
            _no_declarations(archive, original)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise original.refusal(
            "is damaged or not the kind of file its name says; open it and save it again",
            "file_damaged",
        ) from error


def _bounded(entries: list[zipfile.ZipInfo], original: Original) -> None:
    limits = original.limits
    unpacked = sum(entry.file_size for entry in entries)  # reading never gives more than this
    if (
        len(entries) > limits.zip_entries
        or unpacked > limits.zip_bytes
        or unpacked > limits.zip_ratio * len(original.data)
    ):
        raise original.refusal(
            f"unpacks to {unpacked:,} bytes in {len(entries):,} parts, more than is safe; "
            "save it again without embedded objects",
            "file_long",
        )


def _no_declarations(archive: zipfile.ZipFile, original: Original) -> None:
    """No part may declare a document type: office files have none, entity bombs need one."""
    total = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            if not _is_xml(part.read(64)):
                continue
            total += entry.file_size
            if total > original.limits.xml_bytes:
                raise original.refusal(
                    f"holds more than {original.limits.xml_bytes:,} bytes of XML; split it",
                    "file_long",
                )
        content = archive.read(entry).replace(b"\0", b"")  # UTF-16 becomes comparable
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise original.refusal(
                "declares XML entities, which is not safe; save it again", "file_damaged"
            )


def _is_xml(head: bytes) -> bool:
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")


def title(properties: Properties) -> str:
    """The title the file states, or nothing."""
    return line(properties.title or "")


def author(properties: Properties) -> str | None:
    """Who wrote it, unless that is only the maker of a library's template."""
    name = line(properties.author or "")
    return None if name in _TEMPLATE_AUTHORS else name or None


def dated(properties: Properties) -> date | None:
    """The day it was last saved, else made; a library's template has none of its own."""
    saved = properties.modified or properties.created
    return saved.date() if saved and saved.date() not in _TEMPLATE_DAYS else None
