"""PDF, page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.passages.reading.base import Original, Reading, line

if TYPE_CHECKING:
    from pypdf import PdfReader

_NO_NAME = {"untitled", "anonymous", "(anonymous)", "unspecified", "(unspecified)"}


def pdf(original: Original) -> list[Reading]:
    """The text layer of a PDF; pages are separated by a blank line."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    locked = original.refusal(
        "is encrypted; save it without a password and import it again", "file_locked"
    )
    with _quiet():
        try:
            reader = PdfReader(BytesIO(original.data))
            # A PDF locked against editing only opens with the empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise locked
            pages = _pages(reader, original)
        except (DependencyError, FileNotDecryptedError, WrongPasswordError):
            raise locked from None
        said = _said(reader)
    blank = [str(number) for number, text in enumerate(pages, 1) if not text]
    warning = f"No text on page {', '.join(blank)}: a picture, perhaps a scan."
    return [
        Reading(
            key=original.name,
            title=said.get("title") or original.stem,
            text="\n\n".join(text for text in pages if text),
            media="application/pdf",
            dated=original.dated or _made(reader),
            author=said.get("author"),
            warnings=(warning,) if blank else (),
        )
    ]


def _pages(reader: PdfReader, original: Original) -> list[str]:
    if len(reader.pages) > original.limits.pages:
        raise original.refusal(
            f"has more than {original.limits.pages:,} pages; split it and import the parts",
            "file_long",
        )
    pages: list[str] = []
    total = 0
    for page in reader.pages:
        pages.append(page.extract_text().strip())
        total += len(pages[-1])
        if total > original.limits.characters:
            break  # refused by the caller, before the rest is unpacked
    if not total:
        raise original.refusal(
            "holds no text, so it was probably scanned; run text recognition (OCR) on it first",
            "file_scanned",
        )
    return pages


def _said(reader: PdfReader) -> dict[str, str]:
    """Title and author as the file states them, if it states anything."""
    try:
        about = reader.metadata
        stated = {"title": about.title, "author": about.author} if about else {}
    except Exception:  # noqa: BLE001 - a broken date or string here must not cost the text
        return {}
    names = {key: line(str(value or "")) for key, value in stated.items()}
    return {key: name for key, name in names.items() if name and name.lower() not in _NO_NAME}


def _made(reader: PdfReader) -> date | None:
    try:
        about = reader.metadata
        made = about.creation_date if about else None
    except Exception:  # noqa: BLE001 - as above
        return None
    return made.date() if made else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from logging every oddity of a damaged file; the reader's error says it once."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)
