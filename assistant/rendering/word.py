"""A draft as a Word document: sentences with footnotes, figures beside their sections.

Everything a reader sees as text is text: titles, captions and notes can be searched, edited and
read aloud. No link is made of anything a record says.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from string import Formatter

from assistant.claims import Draft, Section
from assistant.rendering import house
from assistant.rendering.captions import Captions, captions
from assistant.rendering.figure import Figure, placed
from assistant.rendering.footnotes import Footnotes, field
from assistant.rendering.plain import legal
from assistant.rendering.sealing import describe, sealed, without_thumbnail

#: A picture is never higher than this, so that its caption stays on its page.
_HIGHEST_MM = 190
#: The columns of the title block.
_WIDTHS = (32, house.TEXT_WIDTH - 32)


def word(draft: Draft, figures: Sequence[Figure] = ()) -> bytes:
    """The draft as .docx; the same draft and figures give the same bytes."""
    page = _Page(draft)
    page.title()
    places = placed(draft, figures)
    for section in draft.sections:
        page.section(section)
        page.figures(places.get(section.id, ()))
    page.figures(places.get(None, ()))
    page.withheld()
    return page.bytes()


class _Page:
    """A document in the making, from its title down."""

    def __init__(self, draft: Draft) -> None:
        from docx import Document

        self.draft = draft
        self.captions = captions(draft.language)
        self.document = Document()
        self.notes = Footnotes()
        self.figure_number = 0
        house.furnish(self.document, self.captions.tag)

    def title(self) -> None:
        """Title, what it is about, who wrote it, what the check said."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        draft, said = self.draft, self.captions
        self.document.add_paragraph(legal(draft.title), style="Title")
        about = "account" if draft.account_id else "team"
        rows = [
            (said.text(f"document.{about}"), legal(draft.account_name)),
            (said.text("document.as_of"), said.day(draft.as_of)),
            (said.text("document.writer"), _writer(draft, said)),
            (said.text("document.check"), checked(draft, said)),
        ]
        table = self.document.add_table(0, 2)
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            column.width = Mm(width)
        for name, value in rows:
            self._row(table.add_row().cells, name, value)
        note = self.document.add_paragraph(style=house.NOTE)
        note.paragraph_format.space_before = note.paragraph_format.space_after = _points(8)
        note.add_run(said.text("document.draft")).bold = True
        for notice in draft.notices:
            self.document.add_paragraph(legal(notice), style=house.NOTE)
        if not draft.sections:
            self.document.add_paragraph(said.text("document.nothing"))

    def section(self, section: Section) -> None:
        """A heading and its sentences, each with its notes."""
        self.document.add_paragraph(legal(section.title), style="Heading 1")
        for claim in section.claims:
            paragraph = self.document.add_paragraph(
                legal(claim.text), style=house.STYLES[claim.kind]
            )
            self.notes.cite(paragraph, claim.evidence)

    def figures(self, figures: Sequence[Figure]) -> None:
        """Figures under their message, with their words for who cannot see them."""
        from docx.shared import Mm

        for figure in figures:
            self.figure_number += 1
            number = self.captions.text("document.figure", number=self.figure_number)
            caption = self.document.add_paragraph(style=house.CAPTION)
            caption.add_run(f"{number} ").font.color.rgb = _colour(house.MUTED)
            caption.add_run(legal(figure.title))
            width = min(figure.width_mm, house.TEXT_WIDTH)
            width = min(width, width * _HIGHEST_MM / (width / figure.width_mm * figure.height_mm))
            picture = self.document.add_paragraph(style=house.PICTURE).add_run()
            shape = picture.add_picture(BytesIO(figure.png), width=Mm(width))
            inline = shape._inline  # noqa: SLF001 - python-docx sets no distances and no words
            for side in "TBLR":
                # Without it, some programs leave room beside the picture.
                inline.set(f"dist{side}", "0")
            properties = inline.docPr
            properties.set("name", legal(figure.name))
            properties.set("descr", legal(figure.alt))
            properties.set("title", legal(figure.title))

    def withheld(self) -> None:
        """What failed the check, struck through, with the reason."""
        if not self.draft.withheld:
            return
        said = self.captions
        self.document.add_paragraph(said.text("document.withheld"), style="Heading 1")
        self.document.add_paragraph(said.text("document.withheld_intro"), style=house.NOTE)
        for item in self.draft.withheld:
            paragraph = self.document.add_paragraph(style=house.WITHHELD)
            paragraph.add_run(legal(item.text)).font.strike = True
            paragraph.add_run(f" {legal(item.reason)}")

    def bytes(self) -> bytes:
        """The finished document."""
        self._footer()
        self.notes.attach(self.document)
        draft = self.draft
        describe(
            self.document.core_properties,
            title=legal(draft.title),
            subject=legal(draft.account_name),
            language=self.captions.tag,
            day=draft.as_of,
        )
        without_thumbnail(self.document.part.package.rels)
        out = BytesIO()
        self.document.save(out)
        return sealed(out.getvalue())

    def _row(self, cells: Sequence[object], name: str, value: str) -> None:
        from docx.shared import Mm
        from docx.table import _Cell

        for cell, text, width in zip(cells, (name, value), _WIDTHS, strict=True):
            assert isinstance(cell, _Cell)
            cell.width = Mm(width)
            cell.paragraphs[0].style = self.document.styles[house.NOTE]
            run = cell.paragraphs[0].add_run(text)
            if text is value:
                run.font.color.rgb = _colour(house.INK)

    def _footer(self) -> None:
        """The account and the day on the left, the page number on the right."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Mm

        said, draft = self.captions, self.draft
        paragraph = self.document.sections[0].footer.paragraphs[0]
        stops = paragraph.paragraph_format.tab_stops
        # A stop on the very edge is lost to rounding, and with it the space before the number.
        stops.add_tab_stop(Mm(house.TEXT_WIDTH - 1), WD_TAB_ALIGNMENT.RIGHT)
        account, day = legal(draft.account_name), said.day(draft.as_of)
        paragraph.add_run(said.text("document.footer", account=account, day=day))
        paragraph.add_run("\t")
        codes = {"page": " PAGE ", "pages": " NUMPAGES "}
        for words, name, _, _ in Formatter().parse(said.texts["document.page"]):
            paragraph.add_run(words)
            if name:
                field(paragraph, codes[name], "1")


def checked(draft: Draft, said: Captions) -> str:
    """What the check said of a draft, in a sentence."""
    claims = list(draft.claims())
    judged = [claim for claim in claims if claim.verdict != "not_checked"]
    supported = sum(1 for claim in judged if claim.verdict == "supported")
    parts = []
    if judged:
        parts.append(said.text("document.checked", supported=supported, total=len(judged)))
    if len(claims) > len(judged):
        parts.append(said.text("document.unchecked", count=len(claims) - len(judged)))
    if draft.withheld:
        parts.append(said.text("document.withheld_count", count=len(draft.withheld)))
    return "; ".join(parts) or "–"


def _writer(draft: Draft, said: Captions) -> str:
    return said.text("document.template") if draft.writer == "template" else legal(draft.writer)


def _points(size: float) -> int:
    from docx.shared import Pt

    return Pt(size)


def _colour(code: str) -> object:
    from docx.shared import RGBColor

    return RGBColor.from_string(code)
