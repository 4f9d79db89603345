from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from knowledge.passages import Limits
from tests.knowledge.passages.files import Refusal
from tests.knowledge.passages.reading.office_files import document, with_part, words


def test_a_zip_bomb_is_refused_before_it_is_opened(refusal: Refusal) -> None:
    bomb = with_part(document(), "word/media/image.bin", b"\0" * 30_000_000)
    assert "unpacks to" in refusal("plan.docx", bomb)


def test_too_many_parts_are_refused(refusal: Refusal) -> None:
    assert "parts" in refusal("plan.docx", document(), Limits(zip_entries=3))
    assert "XML" in refusal("plan.docx", document(), Limits(xml_bytes=100))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(refusal: Refusal, encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    said = refusal("plan.docx", with_part(document(), "word/x.xml", bomb.encode(encoding)))
    assert "entities" in said


def test_an_office_file_with_a_password_is_refused_with_what_to_do(refusal: Refusal) -> None:
    said = refusal("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "without a password" in said


def test_a_zip_named_docx_is_refused(refusal: Refusal) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "not the kind of file" in refusal("plan.docx", out.getvalue())
    assert "not the kind of file" in refusal("deck.pptx", document())


def test_half_a_document_is_refused(refusal: Refusal) -> None:
    whole = document(words("Some words."))
    assert "damaged" in refusal("plan.docx", whole[: len(whole) // 2])


def test_text_named_docx_is_refused(refusal: Refusal) -> None:
    assert "damaged or not the kind" in refusal("plan.docx", "just words")
