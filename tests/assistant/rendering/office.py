"""Office files opened again: what a reader finds in them."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from pptx import Presentation

from assistant.rendering.footnotes import MARK

SPACE = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def part(package: bytes, name: str) -> Any:
    """One XML part of a file."""
    with ZipFile(BytesIO(package)) as opened:
        return parse_xml(opened.read(name))


def document(package: bytes) -> Any:
    return Document(BytesIO(package))


def presentation(package: bytes) -> Any:
    return Presentation(BytesIO(package))


def footnotes(package: bytes) -> dict[str, str]:
    """The text of each footnote by its id, separators left out."""
    notes = part(package, "word/footnotes.xml").findall("w:footnote", SPACE)
    return {
        note.get(qn("w:id")): "".join(words.text for words in note.iter(qn("w:t")))
        for note in notes
        if note.get(qn("w:type")) is None
    }


def cited(paragraph: Any) -> list[str]:
    """The numbers behind a sentence: of notes it carries, and of notes it refers to."""
    found = []
    for run in paragraph._p.iter(qn("w:footnoteReference"), qn("w:instrText")):
        text = run.get(qn("w:id")) or str(run.text).split()[1].removeprefix("_Source")
        found.append(text)
    return found


def sentence(paragraph: Any) -> str:
    """A paragraph's own words, without the numbers behind them."""
    own = (run.text for run in paragraph.runs if run.style.name != MARK)
    return "".join(own)


def slide_texts(package: bytes) -> list[str]:
    return [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in presentation(package).slides
    ]
