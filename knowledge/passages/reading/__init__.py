"""From a file to its text.

One reader a kind of file, all behind `read`: whatever the bytes are, either a text comes back
or one sentence that says why not.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge.errors import Unreadable
from knowledge.passages.reading import files, mail, pdf, plain, slides, transcript, web, word
from knowledge.passages.reading.base import Limits, Original, Reading, stored

__all__ = ["Limits", "Reading", "read"]

_READERS: dict[str, Callable[[Original], list[Reading]]] = {
    ".md": plain.markdown,
    ".markdown": plain.markdown,
    ".txt": plain.plain,
    ".text": plain.plain,
    ".html": web.html,
    ".htm": web.html,
    ".pdf": pdf.pdf,
    ".docx": word.docx,
    ".pptx": slides.pptx,
    ".eml": mail.eml,
    ".mbox": mail.mbox,
    ".vtt": transcript.vtt,
}
_SIGNATURES = {b"%PDF-": (".pdf", "PDF"), b"PK\x03\x04": (".docx .pptx", "zip or Office")}


def read(path: Path, *, root: Path, limits: Limits = Limits()) -> list[Reading]:  # noqa: B008 - frozen
    """The text of a file under `root`: one reading, or one for each message of an .mbox.

    Raises:
        Unreadable: for every other outcome, with what to do about it: another kind of file, a
            path that leaves the root, an encrypted, scanned, damaged or empty file, or one
            beyond the limits.
    """
    original = files.original(path, root, limits)
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise original.refusal(
            f"is of a kind that is not read ({suffix or 'no suffix'}); save it as one of "
            + " ".join(_READERS),
            "file_kind",
            kinds=" ".join(_READERS),
        )
    _named_truly(original, suffix)
    try:
        return [stored(reading, original) for reading in reader(original)]
    except Unreadable:
        raise
    except Exception as error:
        # Parsers fail on hostile bytes in countless ways, recursion and memory included.
        raise original.refusal(
            f"is damaged or not a true {suffix} file ({type(error).__name__}); open it, save it "
            "again and import the copy",
            "file_damaged",
        ) from error


def _named_truly(original: Original, suffix: str) -> None:
    for signature, (suffixes, kind) in _SIGNATURES.items():
        if original.data.startswith(signature) and suffix not in suffixes.split():
            raise original.refusal(
                f"is a {kind} file by its contents, not {suffix}; give it its right suffix",
                "file_suffix",
            )
