"""A deck of slides as PowerPoint knows it: 16:9, one look, every text in a box that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.claims import Evidence
from assistant.rendering.captions import Captions
from assistant.rendering.figure import Figure
from assistant.rendering.measure import clamped, lines
from assistant.rendering.paging import GAP, HANG, Box, Item, Page
from assistant.rendering.plain import legal
from assistant.rendering.sealing import describe, sealed, without_thumbnail
from assistant.rendering.sources import source_text

if TYPE_CHECKING:
    from pptx.slide import Slide

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 48.0
#: The sizes of letters a box may have; the largest that holds everything is taken.
FULL = [Box(MARGIN, 118, WIDTH - 2 * MARGIN, 368, size) for size in (24, 20, 18)]
BESIDE = [Box(668, 118, WIDTH - 668 - MARGIN, 368, size) for size in (18, 16, 14)]
_TITLE = Box(MARGIN, 26, WIDTH - 2 * MARGIN, 72, 26)
_FOOT = Box(MARGIN, 502, WIDTH - 2 * MARGIN - 60, 22, 10)
_NUMBER = Box(WIDTH - MARGIN - 50, 502, 50, 22, 10)
_PICTURE = Box(MARGIN, 118, 604, 368, 0)
_COVER = Box(MARGIN, 140, WIDTH - 2 * MARGIN, 110, 36)
BELOW = [Box(MARGIN, 270, WIDTH - 2 * MARGIN, 210, size) for size in (20, 16, 12)]
INK, MUTED, ACCENT = "1F2933", "5B6673", "0B5C8E"
_SIGNS = {"fact": "•", "inference": "◦", "recommendation": "→", "unknown": "?", "withheld": "×"}
_LAYOUT = 1


class Deck:
    """A presentation in the making; the first slide is its title."""

    def __init__(self, said: Captions, footer: str) -> None:
        from pptx import Presentation
        from pptx.util import Emu, Pt

        self.captions = said
        self.footer = footer
        self.presentation = Presentation()
        scale = WIDTH / self.presentation.slide_width.pt
        self.presentation.slide_width, self.presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
        master = self.presentation.slide_master
        for shape in (*master.shapes, *(s for page in master.slide_layouts for s in page.shapes)):
            # A layout's own placeholder without a place takes the master's.
            if shape._element.xpath(".//a:xfrm"):  # noqa: SLF001 - asking would give the master's
                shape.left, shape.width = (
                    Emu(round(length * scale)) for length in (shape.left, shape.width)
                )

    def cover(self, title: str, page: Page) -> None:
        """The first slide."""
        slide = self._slide(title, _COVER, most=2)
        self._fill(slide.placeholders[1], page, ())

    def text(self, title: str, page: Page) -> None:
        """A slide of sentences."""
        slide = self._slide(title, _TITLE, most=2)
        sources = _sources(page.items)
        self._fill(slide.placeholders[1], page, sources)
        self._note(slide, title, "", sources)

    def chart(
        self, figure: Figure, page: Page | None = None, sources: Sequence[Evidence] = ()
    ) -> None:
        """A figure under its message, with sentences beside it where there are any.

        The notes list the sources of those sentences, and `sources`.
        """
        from pptx.util import Pt

        slide = self._slide(figure.title, _TITLE, most=2)
        room = _PICTURE if page else FULL[0]
        across, down = figure.pixels
        width = min(room.width, room.height * across / down)
        picture: Any = slide.shapes.add_picture(
            BytesIO(figure.png),
            Pt(room.left + (room.width - width) / 2),
            Pt(room.top),
            width=Pt(width),
        )
        properties = picture._element.nvPicPr.cNvPr  # noqa: SLF001 - python-pptx sets no words
        properties.set("name", legal(figure.name))
        properties.set("descr", legal(figure.alt))
        sources = (*_sources(page.items if page else ()), *sources)
        body = slide.placeholders[1]
        if page:
            self._fill(body, page, sources)
        else:
            body._element.getparent().remove(body._element)  # noqa: SLF001 - as above
        self._note(slide, figure.title, figure.alt, sources)

    def bytes(self, *, title: str, subject: str, day: date) -> bytes:
        """The finished deck."""
        describe(
            self.presentation.core_properties,
            title=legal(title),
            subject=legal(subject),
            language=self.captions.tag,
            day=day,
        )
        without_thumbnail(self.presentation.part.package._rels)  # noqa: SLF001 - no public list
        out = BytesIO()
        self.presentation.save(out)
        return sealed(out.getvalue())

    def _slide(self, title: str, box: Box, *, most: int) -> Slide:
        slide: Slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[_LAYOUT])
        shown, size = _headline(legal(title), box, most)
        frame = _place(slide.shapes.title, box, low=True)
        _write(frame.paragraphs[0], shown, size, ACCENT, bold=True)
        number = len(self.presentation.slides)
        if number > 1:
            foot = clamped(self.footer, _FOOT.width, _FOOT.size, 1)[0]
            self._small(slide, foot, _FOOT)
            self._small(slide, str(number), _NUMBER, right=True)
        return slide

    def _small(self, slide: Slide, text: str, box: Box, *, right: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Length

        nowhere = Length(0)
        frame = _place(slide.shapes.add_textbox(nowhere, nowhere, nowhere, nowhere), box)
        _write(frame.paragraphs[0], text, box.size, MUTED)
        if right:
            frame.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def _fill(self, shape: Any, page: Page, sources: Sequence[Evidence]) -> None:
        box = page.box
        frame = _place(shape, box)
        for at, item in enumerate(page.items):
            paragraph = frame.add_paragraph() if at else frame.paragraphs[0]
            _bullet(paragraph, _SIGNS.get(item.kind))
            colour = MUTED if item.kind in {"withheld", "note"} else INK
            run = _write(paragraph, item.text, box.size, colour, bold=item.bold)
            run.font.italic = item.kind == "unknown"
            marks = ", ".join(str(sources.index(source) + 1) for source in item.evidence)
            if marks:
                mark = _write(paragraph, marks, box.size, MUTED)
                mark._r.get_or_add_rPr().set("baseline", "30000")  # noqa: SLF001 - superscript

    def _note(self, slide: Slide, title: str, alt: str, sources: Sequence[Evidence]) -> None:
        """What the speaker sees: the message, what the picture shows, the sources."""
        parts = [legal(title), legal(alt)]
        if sources:
            listed = (f"{at}. {source_text(source)}" for at, source in enumerate(sources, start=1))
            parts.append("\n".join([self.captions.text("deck.sources"), *listed]))
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        frame.text = "\n\n".join(part for part in parts if part)


def _headline(title: str, box: Box, most: int) -> tuple[str, float]:
    """A title and the size at which it fits its box; the notes hold it whole."""
    for size in (box.size, box.size * 0.8):
        if len(lines(title, box.width, size, bold=True)) <= most:
            return title, size
    return " ".join(clamped(title, box.width, box.size * 0.8, most, bold=True)), box.size * 0.8


def _sources(items: Sequence[Item]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(source for item in items for source in item.evidence))


def _place(shape: Any, box: Box, *, low: bool = False) -> Any:
    """Put a shape into its box, without margins and without automatic shrinking."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Pt

    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.width), Pt(box.height)
    frame: Any = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if low else MSO_ANCHOR.TOP
    return frame


def _write(paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False) -> Any:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.line_spacing, paragraph.space_before, paragraph.space_after = 1.0, Pt(0), Pt(GAP)
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    rgb: Any = RGBColor  # its constructor has no types
    run.font.color.rgb = rgb(*bytes.fromhex(colour))
    return run


def _bullet(paragraph: Any, sign: str | None) -> None:
    """A list's own mark; python-pptx has none."""
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    hang = int(Pt(HANG)) if sign else 0
    properties.set("marL", str(hang))
    properties.set("indent", str(-hang))
    mark = properties.makeelement(qn("a:buChar" if sign else "a:buNone"), {})
    if sign:
        mark.set("char", sign)
    properties.append(mark)
