from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.knowledge.passages.files import ReadOne, Refusal
from tests.knowledge.passages.reading.office_files import document, heading, words, xml


def table(paper: Any) -> None:
    grid = paper.add_table(2, 3)
    for cell, text in zip(
        [cell for row in grid.rows for cell in row.cells],
        ["Site", "Staff", "", "Kiel", "40\nfull", "x"],
        strict=True,
    ):
        cell.text = text
    grid.cell(1, 1).merge(grid.cell(1, 2))


def test_paragraphs_headings_lists_and_tables_come_in_reading_order(read_one: ReadOne) -> None:
    reading = read_one(
        "plan.docx",
        document(
            heading("Account plan", 0),
            heading("Goals", 1),
            words("Grow in Kiel."),
            table,
            words("one", "List Bullet"),
            words("two", "List Bullet"),
            heading("Risks", 2),
            words("Budget."),
        ),
    )
    assert reading.text == (
        "# Account plan\n\n# Goals\n\nGrow in Kiel.\n\nSite | Staff | \nKiel | 40 full x\n\n"
        "- one\n- two\n\n## Risks\n\nBudget."
    )
    assert reading.title == "plan"


def test_a_template_is_neither_author_nor_date(read_one: ReadOne) -> None:
    reading = read_one("plan.docx", document(words("Words.")))
    assert reading.author is None
    assert reading.dated is None


def test_who_wrote_it_and_when_is_kept(read_one: ReadOne) -> None:
    def sign(paper: Any) -> None:
        paper.core_properties.author = "Dana Ruiz"
        paper.core_properties.title = "The plan"
        paper.core_properties.modified = datetime(2026, 3, 4, tzinfo=UTC)

    reading = read_one("plan.docx", document(words("Words."), sign))
    assert (reading.author, reading.title) == ("Dana Ruiz", "The plan")
    assert reading.dated == date(2026, 3, 4)


def test_content_controls_links_and_insertions_are_read_deletions_and_hidden_words_are_not(
    read_one: ReadOne,
) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    markup = (
        f"<w:sdt><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{run.format('Linked')}</w:hyperlink><w:ins>{run.format(' in')}</w:ins>"
        f"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:tab/><w:t>end</w:t></w:r></w:p>"
    )
    assert read_one("a.docx", document(xml(markup))).text == "In a control.\n\nLinked in\tend"


def test_a_cell_that_claims_to_span_a_million_columns_costs_nothing(read_one: ReadOne) -> None:
    markup = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>'
        "<w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert read_one("a.docx", document(xml(markup))).text == "wide"


def test_a_document_without_words_is_refused(refusal: Refusal) -> None:
    assert "holds no text" in refusal("a.docx", document())
