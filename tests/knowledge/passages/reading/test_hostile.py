"""Whatever the bytes are, `read` gives a text or says why not."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import Unreadable
from knowledge.passages import read
from tests.knowledge.passages.reading.office_files import document, heading, words
from tests.knowledge.passages.reading.test_mail import letter, mailbox
from tests.knowledge.passages.reading.test_pdf import pdf
from tests.knowledge.passages.reading.test_plain import NOTE
from tests.knowledge.passages.reading.test_slides import deck
from tests.knowledge.passages.reading.test_transcript import TEAMS
from tests.knowledge.passages.reading.test_web import PAGE


@cache
def sound(suffix: str) -> bytes:
    """A file of that kind as it should be."""
    mixed = letter()
    mixed.add_alternative(PAGE, subtype="html")
    mixed.add_attachment(letter())
    return {
        ".md": NOTE.encode(),
        ".txt": "Встреча в четверг, договор подписан.".encode("cp1251"),
        ".html": PAGE.encode(),
        ".pdf": pdf(["Words on a page.", "More."]),
        ".docx": document(heading("Plan", 1), words("Words.")),
        ".pptx": deck(),
        ".eml": mixed.as_bytes(),
        ".mbox": mailbox(mixed.as_bytes(), letter().as_bytes()),
        ".vtt": TEAMS.encode(),
    }[suffix]


SUFFIXES = [".md", ".txt", ".html", ".pdf", ".docx", ".pptx", ".eml", ".mbox", ".vtt"]
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8), st.integers(0, 8)), max_size=6)
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def changed(whole: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    data = bytearray(whole)
    for place, inserted, removed in changes:
        at = int(place * len(data))
        data[at : at + removed] = inserted
    return bytes(data)


def settled(path: Path) -> None:
    """Read the file; only a text as it is stored, or one sentence, may come of it."""
    try:
        readings = read(path, root=path.parent)
    except Unreadable as refused:
        sentence = str(refused)
    else:
        sentence = ""
    if sentence:
        assert path.name in sentence
        assert sentence.endswith(".")
        return
    for reading in readings:
        assert reading.text
        assert reading.key
        assert reading.title
        assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in reading.text)
        reading.text.encode()


@pytest.mark.parametrize("suffix", SUFFIXES)
@quick
@given(changes=CHANGES, kept=st.floats(0, 1))
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, suffix: str, changes: list[tuple[float, bytes, int]], kept: float
) -> None:
    data = changed(sound(suffix), changes)
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(data[: int(kept * len(data))] if kept < 0.5 else data)
    settled(path)


@pytest.mark.parametrize(
    ("suffix", "part"),
    [
        (".docx", "word/document.xml"),
        (".docx", "word/styles.xml"),
        (".pptx", "ppt/slides/slide2.xml"),
    ],
)
@quick
@given(changes=CHANGES)
def test_an_office_file_with_damage_inside_a_part_is_read_or_refused(
    tmp_path: Path, suffix: str, part: str, changes: list[tuple[float, bytes, int]]
) -> None:
    path = tmp_path / f"inside{suffix}"
    with ZipFile(BytesIO(sound(suffix))) as whole, ZipFile(path, "w") as damaged:
        for name in whole.namelist():
            content = whole.read(name)
            damaged.writestr(name, changed(content, changes) if name == part else content)
    settled(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@quick
@given(data=st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"random{suffix}"
    heads = {".pdf": b"%PDF-1.7\n", ".docx": b"PK\x03\x04", ".vtt": b"WEBVTT\n\n"}
    path.write_bytes(heads.get(suffix, b"") + data)
    settled(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@quick
@given(
    text=st.text(
        st.sampled_from("<>&;:/-=?\"'\n\r \t#|[]{}*()a1é€\u202e\u0301BoundaryFrom@."), max_size=200
    )
)
def test_text_full_of_marks_is_read_or_refused(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"marks{suffix}"
    heads = {
        ".md": "---\na: ",
        ".eml": "Content-Type: multipart/mixed; boundary=",
        ".vtt": "WEBVTT\n\n",
    }
    path.write_text(heads.get(suffix, "") + text, newline="")
    settled(path)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".md", b"# " + b"a # " * 200_000 + b"x"),
        (".md", b"---\n" + b"[" * 10_000 + b"\n---\nwords"),
        (".txt", b"w@" * 400_000),
        (".html", b"<pre>" + b" " * 1_000_000 + b"x"),
        (".html", b"<b> </b>" * 90_000 + b"x"),
        (".html", b"<" * 150_000),
        (".vtt", b"WEBVTT\n\n00:01 --> 00:02\n" + b"<v " * 300_000),
        (".eml", b"Subject: x\nFrom: " + b"a," * 400_000 + b"\n\nwords"),
        (".eml", b"To: " + b"((((<" * 200_000 + b"\n\nwords"),
        (".eml", b"Subject: " + b"=?utf-8?q?a?= " * 60_000 + b"\n\nwords"),
        (".eml", b"Content-Type: text/plain; charset=punycode\n\n" + b"b9a" * 200_000),
        (".eml", b"Subject: =?punycode?q?a-" + b"z9a" * 30_000 + b"?=\n\nwords"),
        (".mbox", b"From a 1:11" + b"1:11" * 200_000),
        (".mbox", b"\n\nFrom a 1:11\n" * 50_000),
    ],
)
def test_no_text_makes_the_import_crawl(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"slow{suffix}"
    path.write_bytes(data)
    settled(path)
