from __future__ import annotations

from io import BytesIO

from pptx import Presentation
from pptx.util import Inches

from knowledge.passages import Limits
from tests.knowledge.passages.files import ReadOne, Refusal


def deck() -> bytes:
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "Nordwind review"
    first.placeholders[1].text = "Revenue grew."
    first.notes_slide.notes_text_frame.text = "Mention Kiel."
    second = show.slides.add_slide(show.slide_layouts[6])
    grid = second.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(2)).table
    for at, text in enumerate(["Site", "Staff", "Kiel", "40"]):
        grid.cell(at // 2, at % 2).text = text
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = "In a group."
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def test_slides_are_read_with_titles_tables_groups_and_notes(read_one: ReadOne) -> None:
    reading = read_one("review.pptx", deck())
    assert reading.text == (
        "# Nordwind review\n\nRevenue grew.\n\nNotes: Mention Kiel.\n\n"
        "# Slide 2\n\nSite | Staff\nKiel | 40\n\nIn a group."
    )
    assert reading.title == "Nordwind review"
    assert reading.dated is None


def test_a_deck_of_pictures_is_refused(refusal: Refusal) -> None:
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[6])
    out = BytesIO()
    show.save(out)
    assert "holds no text" in refusal("pictures.pptx", out.getvalue())


def test_a_deck_of_too_many_slides_is_refused(refusal: Refusal) -> None:
    assert "slides" in refusal("review.pptx", deck(), Limits(pages=1))
