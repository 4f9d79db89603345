from __future__ import annotations

from datetime import date

import pytest

from tests.knowledge.passages.files import ReadOne, Refusal

NOTE = """---
title: Quarterly call
date: 2026-03-04
author: Dana Ruiz
account: "0012"
language: de
attendees: [Anna Berger <Anna.Berger@Nordwind.example>, lee@acme.example]
tags: [renewal, price]
---
# Call

Anna wants the offer by Friday.
"""


def test_what_the_front_matter_says_is_kept_and_leaves_the_text(read_one: ReadOne) -> None:
    reading = read_one("call.md", NOTE)
    assert reading.title == "Quarterly call"
    assert reading.dated == date(2026, 3, 4)
    assert reading.author == "Dana Ruiz"
    assert reading.account_hint == "0012"
    assert reading.language_hint == "de"
    assert reading.participants == ("anna.berger@nordwind.example", "lee@acme.example")
    assert reading.front_matter == {"tags": "renewal, price"}
    assert reading.text == "# Call\n\nAnna wants the offer by Friday."
    assert reading.media == "text/markdown"


def test_a_note_is_titled_by_its_first_heading_else_by_its_name(read_one: ReadOne) -> None:
    assert read_one("2026-02-01-call-anna.txt", "words").title == "2026-02-01 call anna"
    assert read_one("a.md", "intro\n\n# The plan #\n\ntext").title == "The plan"
    assert (
        read_one("2026-02-01_call notes.txt", "# no heading here").title == "2026-02-01 call notes"
    )


def test_the_date_in_a_file_name_dates_the_note(read_one: ReadOne) -> None:
    assert read_one("2026-02-01 call.txt", "words").dated == date(2026, 2, 1)
    assert read_one("20260201.txt", "words").dated == date(2026, 2, 1)
    assert read_one("2026-13-45.txt", "words").dated is None


def test_front_matter_that_is_no_yaml_stays_in_the_text_and_is_said(read_one: ReadOne) -> None:
    reading = read_one("a.md", "---\ntitle: [broken\n---\nwords")
    assert reading.text.startswith("---")
    assert "not valid YAML" in reading.warnings[0]


def test_a_rule_at_the_top_is_no_front_matter(read_one: ReadOne) -> None:
    text = "---\nJust a line.\n---\nwords"
    assert read_one("a.md", text).text == text


def test_nested_front_matter_is_left_out_and_said(read_one: ReadOne) -> None:
    reading = read_one("a.md", "---\ntitle: T\ndeal: {stage: 3}\n---\nwords")
    assert reading.title == "T"
    assert "“deal”" in reading.warnings[0]


def test_an_alias_bomb_in_the_front_matter_does_not_expand(read_one: ReadOne) -> None:
    levels = "\n".join(
        f"k{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" if i else "k0: &a0 [x]" for i in range(30)
    )
    assert read_one("a.md", f"---\n{levels}\n---\nwords").text == "words"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Grüße an “Anna” – bis Freitag", "utf-8"),
        ("Grüße an Anna", "utf-8-sig"),
        ("Встреча в четверг, Grüße", "utf-16"),
        ("The meeting is on Thursday", "utf-16-le"),
        ("The meeting is on Thursday", "utf-16-be"),
        ("Встреча в четверг", "utf-32"),
        ("Встреча перенесена на четверг, договор подписан.", "cp1251"),
        ("Цена", "cp1251"),
        ("Müller kommt morgen, Grüße aus Köln", "cp1252"),
        ("Gespräch", "cp1252"),
        ("café", "cp1252"),
        ("Anna said “yes” – at €5", "cp1252"),
    ],
)
def test_a_note_is_read_in_the_encoding_it_was_saved_in(
    read_one: ReadOne, text: str, encoding: str
) -> None:
    assert read_one("note.txt", text.encode(encoding)).text == text


def test_bytes_that_are_no_text_are_refused_with_what_to_do(refusal: Refusal) -> None:
    assert "save it as UTF-8" in refusal("note.txt", b"abc\x00\x01\x02def")
    assert "save it as UTF-8" in refusal("note.md", bytes(range(128, 256)) * 3)


def test_newlines_and_unseen_characters_are_settled_at_reading(read_one: ReadOne) -> None:
    text = "one\r\ntwo\rthree\x0cfour\u2028five\x07 si\u200bx se\xadven \u202eeight\ttab e\u0301"
    expected = "one\ntwo\nthree\nfour\nfive six seven eight\ttab é"
    assert read_one("note.txt", text).text == expected
