from __future__ import annotations

from datetime import date
from io import BytesIO

from knowledge.passages import Limits
from tests.knowledge.passages.files import ReadOne, Refusal


def pdf(pages: list[str], **options: object) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, **options)
    for words in pages:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_the_pages_of_a_pdf_are_read_in_order(read_one: ReadOne) -> None:
    reading = read_one("2026-05-06 offer.pdf", pdf(["First page.", "Second page."]))
    assert reading.text == "First page.\n\nSecond page."
    assert reading.media == "application/pdf"
    assert reading.title == "2026-05-06 offer"
    assert reading.dated == date(2026, 5, 6)
    assert reading.author is None


def test_what_a_pdf_says_about_itself_is_kept(read_one: ReadOne) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out)
    canvas.setTitle("Offer 7")
    canvas.setAuthor("Dana Ruiz")
    canvas.drawString(72, 700, "Words.")
    canvas.save()
    reading = read_one("x.pdf", out.getvalue())
    assert (reading.title, reading.author) == ("Offer 7", "Dana Ruiz")
    assert reading.dated is not None


def test_an_encrypted_pdf_is_refused_with_what_to_do(refusal: Refusal) -> None:
    said = refusal("offer.pdf", pdf(["Secret."], encrypt="password"))
    assert said == ("“offer.pdf” is encrypted; save it without a password and import it again.")


def test_a_pdf_locked_against_editing_only_is_read(read_one: ReadOne) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("", ownerPassword="owner", canModify=0)
    assert read_one("offer.pdf", pdf(["Open."], encrypt=lock)).text == "Open."


def test_a_scanned_pdf_is_refused_with_what_to_do(refusal: Refusal) -> None:
    assert "scanned" in refusal("scan.pdf", pdf([""]))


def test_a_scanned_page_among_others_is_said(read_one: ReadOne) -> None:
    assert "page 2" in read_one("mixed.pdf", pdf(["Words.", "", "More."])).warnings[0]


def test_half_a_pdf_is_refused_with_what_to_do(refusal: Refusal) -> None:
    whole = pdf(["Words."] * 3)
    assert "save it" in refusal("half.pdf", whole[: len(whole) // 5])


def test_a_pdf_of_too_many_pages_is_refused(refusal: Refusal) -> None:
    assert "pages" in refusal("book.pdf", pdf(["a", "b", "c"]), Limits(pages=2))
