"""Word files as users have them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

Step = Callable[[Any], object]


def document(*steps: Step) -> bytes:
    """A Word file, written step by step."""
    from docx import Document

    paper = Document()
    for step in steps:
        step(paper)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def words(text: str, style: str | None = None) -> Step:
    return lambda paper: paper.add_paragraph(text, style)


def heading(text: str, level: int) -> Step:
    return lambda paper: paper.add_heading(text, level)


def xml(markup: str) -> Step:
    """Markup put where the next paragraph would stand."""

    def add(paper: Any) -> None:
        from docx.oxml import parse_xml

        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        element = parse_xml(f'<w:body xmlns:w="{space}">{markup}</w:body>')
        for child in list(element):
            paper.element.body.insert(len(paper.element.body) - 1, child)

    return add


def with_part(whole: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO(whole)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()
