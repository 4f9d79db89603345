"""Real Word footnotes, which python-docx does not know: their part, their numbers, their marks.

A source has one note. Whoever cites it first carries the note; whoever cites it again refers to
that note's number with a field, as Word itself does it, so that numbers stay right when a person
moves sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.claims import Evidence
from assistant.rendering.sources import source_parts

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
#: The ids Word gives the two lines between text and notes; notes count from 1.
_SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}
#: Word has the first two itself, under these names.
MARK, TEXT, CODE = "footnote reference", "footnote text", "Source Code"


class Footnotes:
    """The notes of one document, in the order in which sources are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[Evidence, int] = {}

    def cite(self, paragraph: Paragraph, evidence: Sequence[Evidence]) -> None:
        """Put the marks of some sources behind what stands in a paragraph."""
        for at, source in enumerate(dict.fromkeys(evidence)):
            if at:
                paragraph.add_run(", ", style=MARK)
            if source in self._numbers:
                _refer(paragraph, self._numbers[source])
            else:
                self._numbers[source] = len(self._numbers) + 1
                _note(paragraph, self._numbers[source])

    def attach(self, document: Document) -> None:
        """Give the document its notes; call it once, when all sentences stand."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.oxml import serialize_part_xml
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        notes = _element("w:footnotes")
        for kind, note_id in _SEPARATORS.items():
            notes.append(_separator(kind, note_id))
        for source, number in self._numbers.items():
            notes.append(_body(document, source, number))
        blob = serialize_part_xml(notes)
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _announce(document)


def _note(paragraph: Paragraph, number: int) -> None:
    """The mark that carries a note, with a hidden bookmark for whoever cites it again."""
    name = f"_Source{number}"
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    paragraph._p.append(start)  # noqa: SLF001 - python-docx has no bookmarks
    run = paragraph.add_run(style=MARK)._r  # noqa: SLF001
    run.append(_element("w:footnoteReference", {"w:id": str(number)}))
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))  # noqa: SLF001


def _refer(paragraph: Paragraph, number: int) -> None:
    """A field that shows the number of a note that stands already."""
    field(paragraph, f" NOTEREF _Source{number} \\f \\h ", str(number), style=MARK)


def field(paragraph: Paragraph, code: str, shown: str, style: str | None = None) -> None:
    """A field and what it shows until Word computes it."""
    for kind in ("begin", None, "separate", shown, "end"):
        run = paragraph.add_run(style=style)._r  # noqa: SLF001
        if kind is None:
            instruction = _element("w:instrText", {"xml:space": "preserve"})
            instruction.text = code
            run.append(instruction)
        elif kind == shown:
            run.text = shown
        else:
            run.append(_element("w:fldChar", {"w:fldCharType": kind}))


def _body(document: Document, source: Evidence, number: int) -> Any:
    """The text of a note: the source in words, its reference or formula set apart."""
    from docx.text.paragraph import Paragraph

    note = _element("w:footnote", {"w:id": str(number)})
    note.append(_element("w:p"))
    paragraph = Paragraph(note[0], document._body)  # noqa: SLF001 - styles are looked up there
    paragraph.style = TEXT
    paragraph.add_run(style=MARK)._r.append(_element("w:footnoteRef"))  # noqa: SLF001
    before, code, after = source_parts(source)
    paragraph.add_run(f" {before}")
    paragraph.add_run(code, style=CODE)
    paragraph.add_run(after)
    return note


def _separator(kind: str, note_id: str) -> Any:
    note = _element("w:footnote", {"w:type": kind, "w:id": note_id})
    paragraph, run = _element("w:p"), _element("w:r")
    run.append(_element(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _announce(document: Document) -> None:
    """Tell the settings which notes are the separators; they have a fixed place there."""
    settings = document.settings.element
    notes = _element("w:footnotePr")
    for note_id in _SEPARATORS.values():
        notes.append(_element("w:footnote", {"w:id": note_id}))
    after = settings.find(_qualified("w:endnotePr"))
    after = settings.find(_qualified("w:compat")) if after is None else after
    if after is None:
        settings.append(notes)
    else:
        after.addprevious(notes)


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml.parser import OxmlElement

    given = {_qualified(name): value for name, value in (attributes or {}).items()}
    return OxmlElement(tag, attrs=given)


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)
