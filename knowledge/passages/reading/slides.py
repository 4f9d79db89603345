"""PowerPoint: every slide with its title, its text, its tables and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from knowledge.passages.reading import office
from knowledge.passages.reading.base import Original, Reading, line

if TYPE_CHECKING:
    from pptx.slide import Slide

_MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_DEEPEST = 20  # groups within groups


def pptx(original: Original) -> list[Reading]:
    """A deck; every slide begins with `# ` and its title, else its number."""
    office.check(original, "ppt/presentation.xml")
    from pptx import Presentation

    deck = Presentation(BytesIO(original.data))
    if len(deck.slides) > original.limits.pages:
        raise original.refusal(
            f"has more than {original.limits.pages:,} slides; split it and import the parts",
            "file_long",
        )
    slides = [_slide(slide, number) for number, slide in enumerate(deck.slides, 1)]
    about = deck.core_properties
    first = deck.slides[0].shapes.title if slides else None
    return [
        Reading(
            key=original.name,
            title=_title(
                office.title(about), line(first.text_frame.text) if first else "", original
            ),
            text="\n\n".join(slides) if any("\n" in slide for slide in slides) else _bare(slides),
            media=_MEDIA,
            dated=original.dated or office.dated(about),
            author=office.author(about),
            language_hint=about.language or None,
        )
    ]


def _title(stated: str, first: str, original: Original) -> str:
    # “PowerPoint Presentation” is what the program and the library call every deck.
    named = stated if stated.lower() != "powerpoint presentation" else ""
    return named or first or original.stem


def _bare(slides: list[str]) -> str:
    """A deck of titles only is text; one of numbers only is not."""
    return "\n\n".join(slide for slide in slides if not slide.startswith("# Slide "))


def _slide(slide: Slide, number: int) -> str:
    title = slide.shapes.title
    heading = line(title.text_frame.text) if title is not None else ""
    parts = [f"# {heading or f'Slide {number}'}"]
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            parts.extend(_texts(shape, _DEEPEST))
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        notes = frame.text.strip()
        parts.extend([f"Notes: {notes}"] if notes else [])
    return "\n\n".join(parts)


def _texts(shape: Any, depth: int) -> Iterator[str]:
    """The texts of a shape: a group's shapes in turn, a table row a line."""
    if hasattr(shape, "shapes") and depth:
        for member in shape.shapes:
            yield from _texts(member, depth - 1)
    elif getattr(shape, "has_table", False):
        rows = ([" ".join(cell.text.split()) for cell in row.cells] for row in shape.table.rows)
        yield "\n".join(" | ".join(cells) for cells in rows if any(cells))
    elif getattr(shape, "has_text_frame", False) and (text := shape.text_frame.text.strip()):
        yield text
