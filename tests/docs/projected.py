"""The generated documents of `docs/examples/` that are opened in an office program."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from assistant.desk import Desk
from assistant.rendering.slides import slides
from assistant.rendering.word import word

#: Suppositions that the example of a team's review ends with.
WHAT_IFS = ("if Borealis leaves", "if we move half a day a week to the nurture list")


def projected(desk: Desk, team: str, folder: Path) -> Iterator[tuple[Path, bytes]]:
    """A team's review as its manager sees it: a deck, and a Word document."""
    lead, day = desk.viewer(team), desk.day(None)
    draft = desk.review_team(lead, team, day, WHAT_IFS)
    figures = desk.charts(lead, draft)
    name = f"team-{team.lower().replace(' ', '-')}"
    yield folder / f"{name}.pptx", slides(draft.title, (draft,), figures)
    yield folder / f"{name}.docx", word(draft, figures)


def words_of(name: str, content: bytes) -> list[str]:
    """What a document says, whatever program or font drew it: text, notes, words of pictures."""
    if name.endswith(".pptx"):
        from pptx import Presentation

        said = []
        for slide in Presentation(BytesIO(content)).slides:
            said += [
                shape.text_frame.text if shape.has_text_frame else shape.name
                for shape in slide.shapes
            ]
            frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
            said.append(frame.text if frame else "")
        return said
    from docx import Document

    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
