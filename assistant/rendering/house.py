"""The house's look of a Word document: paper, styles and the marks before each kind of sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.claims import ClaimKind
from assistant.rendering import footnotes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import CharacterStyle, ParagraphStyle

FONT, CODE_FONT = "Calibri", "Consolas"
INK, MUTED, ACCENT, RULE = "1F2933", "5B6673", "0B5C8E", "CFD6DD"
#: A4 and its margins, in millimetres.
PAPER, MARGIN = (210, 297), (24, 25)
TEXT_WIDTH = PAPER[0] - 2 * MARGIN[1]

#: The style of each kind of sentence. Recommendations stand out, questions lean, facts are plain.
STYLES: dict[ClaimKind, str] = {
    "fact": "Fact",
    "inference": "Inference",
    "recommendation": "Recommendation",
    "unknown": "Question",
}
WITHHELD, NOTE, CAPTION, PICTURE = "Withheld", "Draft Note", "Caption", "Picture"
_MARKS = {
    "Fact": ("•", MUTED),
    "Inference": ("◦", MUTED),
    "Recommendation": ("→", ACCENT),
    "Question": ("?", MUTED),
    "Withheld": ("×", MUTED),
}
#: Where the document's own list definitions begin: far from those of the template.
_LISTS = 7000


@dataclass(frozen=True)
class Type:
    """How a style sets its text; sizes and spaces are points."""

    size: float
    colour: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 4
    line: float = 1.12
    keep: bool = False


_PARAGRAPHS = {
    "Normal": Type(10.5),
    "Title": Type(24, ACCENT, bold=True, after=8, line=1.0, keep=True),
    "Heading 1": Type(14, ACCENT, bold=True, before=16, after=5, line=1.0, keep=True),
    "Fact": Type(10.5),
    "Inference": Type(10.5),
    "Recommendation": Type(10.5, bold=True, before=1),
    "Question": Type(10.5, italic=True, colour="3D4752"),
    WITHHELD: Type(9.5, MUTED),
    NOTE: Type(9.5, MUTED, after=2),
    CAPTION: Type(10, bold=True, before=8, after=3, keep=True),
    PICTURE: Type(10.5, after=10),
    footnotes.TEXT: Type(8.5, MUTED, after=1, line=1.0),
    "Footer": Type(8.5, MUTED, after=0),
}


def furnish(document: Document, language: str) -> None:
    """Give an empty document the house's paper, styles and lists."""
    from docx.shared import Mm

    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(PAPER[0]), Mm(PAPER[1])
    paper.top_margin = paper.bottom_margin = Mm(MARGIN[0])
    paper.left_margin = paper.right_margin = Mm(MARGIN[1])
    paper.footer_distance = Mm(12)
    for name, type_ in _PARAGRAPHS.items():
        _set(_paragraph_style(document, name), type_)
    mark = _character_style(document, footnotes.MARK)
    mark.font.superscript = True
    code = _character_style(document, footnotes.CODE)
    _face(code, CODE_FONT)
    _set_size(code, 7.5)
    for at, (name, (sign, colour)) in enumerate(_MARKS.items()):
        _list(document, _paragraph_style(document, name), _LISTS + at, sign, colour)
    _speak(document, language)


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    from docx.enum.style import WD_STYLE_TYPE

    style: ParagraphStyle = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
    return style


def _character_style(document: Document, name: str) -> CharacterStyle:
    from docx.enum.style import WD_STYLE_TYPE

    style: CharacterStyle = _style(document, name, WD_STYLE_TYPE.CHARACTER)
    return style


def _style(document: Document, name: str, kind: Any) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in document.styles:
        return document.styles[name]
    own = name in {footnotes.MARK, footnotes.TEXT}
    style: Any = document.styles.add_style(name, kind, builtin=own)
    style.quick_style = not own
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles["Normal"]
    return style


def _set(style: ParagraphStyle, type_: Type) -> None:
    from docx.shared import Pt, RGBColor

    _face(style, FONT)
    _set_size(style, type_.size)
    style.font.bold, style.font.italic = type_.bold, type_.italic
    style.font.color.rgb = RGBColor.from_string(type_.colour)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(type_.before), Pt(type_.after)
    spacing.line_spacing, spacing.keep_with_next = type_.line, type_.keep
    spacing.widow_control = True
    for name in ("w:pBdr", "w:tabs"):
        given = style.element.get_or_add_pPr().find(_qualified(name))
        if given is not None:
            given.getparent().remove(given)


def _face(style: ParagraphStyle | CharacterStyle, name: str) -> None:
    """One font for every script; a theme font of the template would win otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_qualified(f"w:{script}"), name)


def _set_size(style: ParagraphStyle | CharacterStyle, size: float) -> None:
    from docx.shared import Pt

    style.font.size = Pt(size)


def _list(document: Document, style: ParagraphStyle, key: int, sign: str, colour: str) -> None:
    """Make a style a list with its own mark, so that a person who edits goes on in the list."""
    from docx.oxml.parser import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    definition = parse_xml(
        f'<w:abstractNum {space} w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{style.style_id}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:hint="default"/>'
        f'<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="{colour}"/></w:rPr></w:lvl>'
        "</w:abstractNum>"
    )
    use = parse_xml(f'<w:num {space} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>')
    numbering = document.part.numbering_part.element
    # Definitions stand before their uses.
    numbering.find(_qualified("w:num")).addprevious(definition)
    numbering.append(use)
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = key


def _speak(document: Document, language: str) -> None:
    """Declare the language, for spelling and for reading aloud."""
    for tongue in document.styles.element.iter(_qualified("w:lang")):
        tongue.set(_qualified("w:val"), language)


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)
