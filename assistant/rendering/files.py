"""Drafts as files: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from assistant.claims import Draft
from assistant.rendering.figure import Figure
from assistant.rendering.mail import eml, mail_text
from assistant.rendering.markdown import markdown
from knowledge.errors import BadInput

Writer = Callable[[Draft, Sequence[Figure]], bytes]


def write_draft(draft: Draft, path: Path, figures: Sequence[Figure] = ()) -> None:
    """Write a draft to a file; the suffix says how. Markdown carries no figures.

    The file is there whole or as it was before, whatever happens meanwhile.

    Raises:
        BadInput: the suffix is none we write, the path is a folder, or it cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise BadInput(f"{path} cannot be written: give it one of the suffixes {SUFFIXES}.")
    # A link stays a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise BadInput(f"{path} is a folder: name a file in it.")
    if not target.parent.is_dir():
        raise BadInput(f"{path} cannot be written: there is no folder {path.parent}.")
    content = write(draft, figures)
    try:
        _replace(target, content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target, then take its place in one step."""
    beside = target.with_name(f".{token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _markdown(draft: Draft, _figures: Sequence[Figure]) -> bytes:
    return markdown(draft).encode("utf-8", "replace")


def _word(draft: Draft, figures: Sequence[Figure]) -> bytes:
    from assistant.rendering.word import word

    return word(draft, figures)


def _slides(draft: Draft, figures: Sequence[Figure]) -> bytes:
    from assistant.rendering.slides import slides

    return slides(draft.title, (draft,), figures)


def _mail(draft: Draft, _figures: Sequence[Figure]) -> bytes:
    return eml(_message(draft))


def _text(draft: Draft, _figures: Sequence[Figure]) -> bytes:
    return mail_text(_message(draft)).encode("utf-8", "replace")


def _message(draft: Draft) -> Draft:
    if draft.section("message") is None:
        raise BadInput(f"“{draft.title}” is no message: write it as .md or .docx.")
    return draft


WRITERS: Mapping[str, Writer] = {
    ".md": _markdown,
    ".docx": _word,
    ".pptx": _slides,
    ".eml": _mail,
    ".txt": _text,
}
SUFFIXES = ", ".join(WRITERS)
