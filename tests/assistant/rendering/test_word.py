"""A draft as Word: a director opens it, an auditor follows each footnote."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims import Claim, Evidence, Section, Withheld
from assistant.rendering import Figure
from assistant.rendering.plain import legal
from assistant.rendering.sources import source_text
from assistant.rendering.word import word
from tests.assistant.rendering import drafts, office
from tests.assistant.rendering.pictures import picture


def test_the_reader_finds_every_sentence_in_the_look_of_its_kind() -> None:
    paragraphs = office.document(word(drafts.rich())).paragraphs
    looks = {office.sentence(p): p.style.name for p in paragraphs}
    names = {
        "fact": "Fact",
        "inference": "Inference",
        "recommendation": "Recommendation",
        "unknown": "Question",
    }
    for claim in drafts.rich().claims():
        assert looks[claim.text] == names[claim.kind]


def test_the_auditor_finds_the_source_behind_every_citation() -> None:
    made = word(drafts.rich())
    notes = office.footnotes(made)
    by_text = {office.sentence(p): office.cited(p) for p in office.document(made).paragraphs}
    for claim in drafts.rich().claims():
        numbers = by_text[claim.text]
        assert len(numbers) == len(claim.evidence)
        for number, evidence in zip(numbers, claim.evidence, strict=True):
            assert notes[number].strip() == source_text(evidence)


def test_a_source_cited_again_keeps_its_number_and_gets_no_second_note() -> None:
    made = word(drafts.rich())
    labels = drafts.rich().sources
    assert len(office.footnotes(made)) == len(labels)
    body = office.part(made, "word/document.xml")
    references = list(body.iter(qn("w:footnoteReference")))
    assert [r.get(qn("w:id")) for r in references] == [str(n + 1) for n in range(len(labels))]
    bookmarks = {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}
    fields = [f.text for f in body.iter(qn("w:instrText")) if "NOTEREF" in f.text]
    assert fields
    assert {field.split()[1] for field in fields} <= bookmarks


def test_word_knows_the_separators_and_the_part_of_the_notes() -> None:
    made = word(drafts.rich())
    notes = office.part(made, "word/footnotes.xml")
    kinds = {n.get(qn("w:id")): n.get(qn("w:type")) for n in notes}
    assert kinds["-1"] == "separator"
    assert kinds["0"] == "continuationSeparator"
    settings_ = office.part(made, "word/settings.xml").find("w:footnotePr", office.SPACE)
    assert [n.get(qn("w:id")) for n in settings_] == ["-1", "0"]
    types = ZipFile(BytesIO(made)).read("[Content_Types].xml").decode()
    assert "/word/footnotes.xml" in types


def test_the_title_block_says_whose_draft_it_is_and_how_far_it_was_checked() -> None:
    opened = office.document(word(drafts.rich()))
    cells = [[cell.text for cell in row.cells] for row in opened.tables[0].rows]
    assert ["Account", "Borealis Dairy Group"] in cells
    assert ["As of", "30 September 2026"] in cells
    assert ["Written by", "templates, without a language model"] in cells
    assert cells[3][1].startswith("11 of 11 sentences are borne out")
    assert cells[3][1].endswith("3 not checked; 1 withheld")
    assert any(p.text == "Draft: a person decides and sends." for p in opened.paragraphs)


def test_what_was_withheld_is_struck_through_with_its_reason() -> None:
    paragraphs = office.document(word(drafts.rich())).paragraphs
    (withheld,) = [p for p in paragraphs if p.style.name == "Withheld"]
    struck, reason = withheld.runs
    assert struck.font.strike
    assert struck.text == "Borealis takes about 40 % of our sales."
    assert reason.text == " The records say 25.5 %, not 40 %."


def test_figures_stand_with_their_section_and_speak_to_who_cannot_see() -> None:
    figures = (picture("whitespace"), picture("stakeholders"), picture("charter"))
    opened = office.document(word(drafts.rich(), figures))
    order = [p.text for p in opened.paragraphs if p.style.name in {"Heading 1", "Caption"}]
    assert order.index("Figure 1. Title of stakeholders") == order.index("People") + 1
    revenue = order.index("Revenue and room to grow")
    assert order.index("Figure 2. Title of whitespace") == revenue + 1
    assert order.index("Figure 3. Title of charter") > order.index("What we do not know")
    words = {shape._inline.docPr.get("descr") for shape in opened.inline_shapes}
    assert words == {"Words of whitespace", "Words of stakeholders", "Words of charter"}


def test_a_high_picture_never_outgrows_its_page() -> None:
    tall = picture("revenue", across=100, down=1000)
    (shape,) = office.document(word(drafts.rich(), [tall])).inline_shapes
    assert shape.height.mm <= 190.1
    assert abs(shape.height / shape.width - 10) < 0.01


def test_pages_are_numbered_on_a4() -> None:
    opened = office.document(word(drafts.rich()))
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer.paragraphs[0]
    assert footer.text == "Draft · Borealis Dairy Group · 30 September 2026\tPage 1 of 1"
    codes = [code.text for code in footer._p.iter(qn("w:instrText"))]
    assert codes == [" PAGE ", " NUMPAGES "]


def test_the_same_draft_gives_the_same_bytes() -> None:
    figures = [picture("revenue")]
    made = word(drafts.rich(), figures)
    assert made == word(drafts.rich(), figures)
    opened = office.document(made)
    assert opened.core_properties.created.date() == drafts.TODAY
    assert opened.core_properties.author == "Liaison"
    times = {item.date_time for item in ZipFile(BytesIO(made)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert not any("thumbnail" in name for name in ZipFile(BytesIO(made)).namelist())


def test_a_russian_draft_is_captioned_in_russian() -> None:
    claim = drafts.claim("Заказы выросли.", "fact", drafts.LOT)
    made = word(drafts.draft(Section("revenue", "Выручка", (claim,)), language="ru"))
    opened = office.document(made)
    assert "Черновик: решает и отправляет человек." in [p.text for p in opened.paragraphs]
    assert opened.sections[0].footer.paragraphs[0].text.endswith("Страница 1 из 1")
    styles = office.part(made, "word/styles.xml")
    assert {e.get(qn("w:val")) for e in styles.iter(qn("w:lang"))} == {"ru-RU"}


def test_an_empty_draft_says_so() -> None:
    opened = office.document(word(drafts.draft()))
    assert "The records hold nothing to say here yet." in [p.text for p in opened.paragraphs]
    assert office.footnotes(word(drafts.draft())) == {}


def test_an_address_in_a_record_becomes_no_link() -> None:
    claim = drafts.claim(
        "See https://evil.example/?x=<b>&y.", "fact", drafts.source("9", "www.x.y")
    )
    made = word(drafts.draft(Section("s", "S", (claim,))))
    body = office.part(made, "word/document.xml")
    assert not list(body.iter(qn("w:hyperlink")))
    assert "hyperlink" not in ZipFile(BytesIO(made)).read("word/_rels/document.xml.rels").decode()
    assert claim.text in [office.sentence(p) for p in office.document(made).paragraphs]


ANY = st.text(st.characters(), min_size=1, max_size=60)


@settings(max_examples=25, deadline=None)
@given(text=ANY, title=ANY, quote=ANY, ref=ANY, reason=ANY)
def test_whatever_the_records_say_the_document_opens(
    text: str, title: str, quote: str, ref: str, reason: str
) -> None:
    evidence = Evidence("record", ref, title, quote)
    claim = Claim(text, "fact", (evidence, evidence), "supported")
    made = word(
        drafts.draft(
            Section(ref, title, (claim, claim)),
            withheld=(Withheld(text, reason),),
            title=title,
            account_name=text,
        )
    )
    opened = office.document(made)
    facts = [p for p in opened.paragraphs if p.style.name == "Fact"]
    assert [office.sentence(p) for p in facts] == [legal(text)] * 2
    assert [office.cited(p) for p in facts] == [["1"], ["1"]]
    assert office.footnotes(made)["1"] == f" {''.join(drafts.parts(evidence))}"


def test_a_word_longer_than_the_page_stays_whole() -> None:
    claim = drafts.claim("x" * 5_000, "fact", drafts.LOT)
    made = word(drafts.draft(Section("s", "S", (claim,))))
    assert claim.text in [office.sentence(p) for p in office.document(made).paragraphs]


def test_a_figure_must_be_a_picture() -> None:
    with pytest.raises(ValueError, match="revenue"):
        Figure("revenue", "T", "A", b"GIF89a", 160)
