from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.passages import Limits, read
from tests.knowledge.passages.files import Put, ReadOne, Refusal


def letter(body: str = "We agree.\n", subject: str = "Renewal") -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Berger, Anna" <Anna@Nordwind.example>'
    message["To"] = "Dana Ruiz <dana@us.example>, Jürgen Groß <jg@nordwind.example>"
    message["Cc"] = "lee@acme.example"
    message["Date"] = "Wed, 04 Mar 2026 23:30:00 +0100"
    message["Subject"] = subject
    message["Message-ID"] = "<abc.1@nordwind.example>"
    message.set_content(body)
    return message


def test_a_mail_begins_with_who_wrote_to_whom_when_and_about_what(read_one: ReadOne) -> None:
    reading = read_one("mails/1.eml", letter(subject="Verlängerung – Preis").as_bytes())
    assert reading.text == (
        'From: "Berger, Anna" <Anna@Nordwind.example>\n'
        "To: Dana Ruiz <dana@us.example>, Jürgen Groß <jg@nordwind.example>\n"
        "Cc: lee@acme.example\n"
        "Date: 2026-03-04 23:30\n"
        "Subject: Verlängerung – Preis\n\n"
        "We agree."
    )
    assert reading.key == "abc.1@nordwind.example"
    assert reading.title == "Verlängerung – Preis"
    assert reading.dated == date(2026, 3, 4)
    assert reading.author == "Berger, Anna"
    assert reading.participants == (
        "anna@nordwind.example",
        "dana@us.example",
        "jg@nordwind.example",
        "lee@acme.example",
    )
    assert reading.media == "message/rfc822"


def test_plain_text_is_preferred_and_quotes_are_kept(read_one: ReadOne) -> None:
    message = letter("Agreed.\n\n> Can you confirm?\n")
    message.add_alternative("<p>Agreed in <b>HTML</b>.</p>", subtype="html")
    assert read_one("1.eml", message.as_bytes()).text.endswith("Agreed.\n\n> Can you confirm?")


def test_an_html_mail_is_read_with_its_quotation_marked(read_one: ReadOne) -> None:
    message = letter()
    message.set_content(
        "<div>Agreed.</div><blockquote><p>Can you confirm?</p></blockquote>", subtype="html"
    )
    assert read_one("1.eml", message.as_bytes()).text.endswith("Agreed.\n\n> Can you confirm?")


def test_attachments_are_named_not_read(read_one: ReadOne) -> None:
    message = letter()
    message.add_attachment(
        b"%PDF-", maintype="application", subtype="pdf", filename="Angebot ä.pdf"
    )
    message.add_attachment(letter(subject="Inner"))
    text = read_one("1.eml", message.as_bytes()).text
    assert text.endswith("We agree.\n\nAttachments: Angebot ä.pdf, Inner")


def test_a_mail_without_message_id_is_known_by_its_path(read_one: ReadOne) -> None:
    assert read_one("mails/1.eml", "Subject: Hi\n\nwords").key == "mails/1.eml"


def test_bare_bytes_in_a_header_are_read(read_one: ReadOne) -> None:
    reading = read_one("1.eml", "Subject: Встреча\nFrom: a@b.example\n\nтекст".encode())
    assert reading.title == "Встреча"
    assert reading.text.endswith("текст")


@pytest.mark.parametrize(
    "header",
    [
        "From: =?utf-8?q?=FF=FE?= <<<>>(((((",
        "From: " + "(" * 5_000,
        "Date: Wed, 99 Foo 99999999999 99:99:99 +9999999",
        "Content-Type: text/plain; charset=no-such",
        "Content-Type: multipart/mixed; boundary=",
        "Subject: =?no-such?b?????=",
        "Content-Transfer-Encoding: base64",
        "Message-ID: " + "<" * 1_000,
    ],
)
def test_one_strange_header_does_not_cost_the_mail(read_one: ReadOne, header: str) -> None:
    reading = read_one("1.eml", f"X-A: 1\n{header}\nTo: a@b.example\n\nhello words\n")
    assert "a@b.example" in reading.participants


def test_text_that_is_no_mail_is_refused(refusal: Refusal) -> None:
    assert "not an e-mail" in refusal("1.eml", "just a line\nand more")


def test_millions_of_empty_parts_are_refused_before_they_are_parsed(refusal: Refusal) -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n"
    assert "parts" in refusal("1.eml", head + b"--b\n\n" * 100_000)


def test_attachments_nested_too_deeply_are_refused(refusal: Refusal) -> None:
    message = letter()
    for _ in range(6):
        outer = letter()
        outer.add_attachment(message)
        message = outer
    assert "deeply" in refusal("1.eml", message.as_bytes(), Limits(mime_depth=5))


def mailbox(*letters: bytes) -> bytes:
    line = b"From anna@nordwind.example Wed Mar  4 23:30:00 2026\n"
    return b"".join(line + one.replace(b"\nFrom ", b"\n>From ") + b"\n\n" for one in letters)


def test_every_message_of_a_mailbox_is_a_document(tmp_path: Path, put: Put) -> None:
    second = b"Subject: Two\n\nFrom here on we agree.\n"
    path = put("sent.mbox", mailbox(letter().as_bytes(), second))
    first, other = read(path, root=tmp_path)
    assert first.key == "abc.1@nordwind.example"
    assert other.text == "Subject: Two\n\nFrom here on we agree."
    grown = put("sent.mbox", mailbox(b"Subject: New\n\nx\n", letter().as_bytes(), second))
    assert other.key in {reading.key for reading in read(grown, root=tmp_path)}


def test_a_mail_that_lies_in_a_mailbox_twice_is_one_document(tmp_path: Path, put: Put) -> None:
    path = put("all.mbox", mailbox(letter().as_bytes(), letter().as_bytes()))
    assert len(read(path, root=tmp_path)) == 1


def test_a_list_s_changed_copy_of_a_mail_is_kept_beside_it(tmp_path: Path, put: Put) -> None:
    path = put("all.mbox", mailbox(letter().as_bytes(), letter("We agree.\n-- \nlist").as_bytes()))
    first, copy = read(path, root=tmp_path)
    assert copy.key.startswith(first.key + "#")


def test_a_message_that_cannot_be_read_is_named_and_costs_no_other(
    tmp_path: Path, put: Put
) -> None:
    bomb = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 2_000
    path = put("all.mbox", mailbox(bomb, letter().as_bytes()))
    (reading,) = read(path, root=tmp_path)
    assert "all.mbox#1" in reading.warnings[0]


def test_a_mailbox_of_nothing_readable_is_refused(
    tmp_path: Path, put: Put, refusal: Refusal
) -> None:
    assert "not a mailbox" in refusal("a.mbox", "Subject: one\n\nwords")
    assert "messages" in refusal("b.mbox", mailbox(b"A: b\n\nc", b"A: b\n\nc"), Limits(messages=1))
    (reading,) = read(put("d.mbox", mailbox(b"\n\n", letter().as_bytes())), root=tmp_path)
    assert "d.mbox#1" in reading.warnings[0]
    with pytest.raises(Unreadable, match="no message"):
        read(put("c.mbox", mailbox(b"\n\n")), root=tmp_path)
