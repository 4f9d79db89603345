"""Word: paragraphs, headings, lists and tables in the order they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from knowledge.passages.reading import office
from knowledge.passages.reading.base import Original, Reading

if TYPE_CHECKING:
    from docx.document import Document

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"heading ([1-6])\Z", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
# Deleted or moved text, text boxes (read after their paragraph), and the copies of them that
# Word keeps for old programs.
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}pPr", _FALLBACK}


def docx(original: Original) -> list[Reading]:
    """A Word document, with `#` before headings, `- ` before list items, `|` in tables."""
    office.check(original, "word/document.xml")
    from docx import Document

    document = Document(BytesIO(original.data))
    text = "\n\n".join(_blocks(document.element.body, _levels(document)))
    # Items of a list belong together.
    text = re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", text)
    about = document.core_properties
    return [
        Reading(
            key=original.name,
            title=office.title(about) or original.stem,
            text=text,
            media=_MEDIA,
            dated=original.dated or office.dated(about),
            author=office.author(about),
            language_hint=about.language or None,
        )
    ]


def _levels(document: Document) -> dict[str, str]:
    """The marks a paragraph gets for its style's id (ids are translated, names are not)."""
    marks: dict[str, str] = {}
    for style in document.styles:
        name = str(style.name or "").lower()
        if heading := _HEADING.match(name):
            marks[style.style_id] = "#" * int(heading[1]) + " "
        elif name == "title":
            marks[style.style_id] = "# "
        elif name.startswith("list "):
            marks[style.style_id] = "- "
    return marks


def _blocks(container: Any, marks: dict[str, str]) -> Iterator[str]:
    """Paragraphs and tables of a body, a cell or a text box, through content controls.

    The elements are walked here, because the library passes over content controls, links and
    insertions, and repeats a cell as often as its span claims.
    """
    for element in container:
        if element.tag == f"{_W}p":
            text = "".join(_words(element)).strip()
            if text:
                yield _mark(element, marks) + text
            for box in _boxes(element):
                yield from _blocks(box, marks)
        elif element.tag == f"{_W}tbl":
            rows = "\n".join(filter(None, _rows(element, marks)))
            if rows:
                yield rows
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield from _blocks(element, marks)


def _mark(paragraph: Any, marks: dict[str, str]) -> str:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    style = properties.find(f"{_W}pStyle")
    mark = marks.get(style.get(f"{_W}val"), "") if style is not None else ""
    return mark or ("- " if properties.find(f"{_W}numPr") is not None else "")


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == f"{_W}r" and _vanishes(child):
            continue
        elif child.tag not in _SKIPPED:
            yield from _words(child)


def _vanishes(run: Any) -> bool:
    """Whether Word would not show the run: what a reader cannot see is not evidence."""
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in {"0", "false", "off"}


def _boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        ancestors = list(box.iterancestors())
        above = ancestors[: ancestors.index(paragraph)]
        # A box inside a box comes with its own paragraph; a fallback repeats the choice.
        if not any(element.tag in {f"{_W}txbxContent", _FALLBACK} for element in above):
            yield box


def _rows(table: Any, marks: dict[str, str]) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue  # of a table inside a cell: it is read with that cell
        cells = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
        texts = [" ".join(" ".join(_blocks(cell, marks)).split()) for cell in cells]
        yield " | ".join(texts) if any(texts) else ""
