from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.passages import Span, cut

MARKDOWN, MAIL, SPEECH, PLAIN = "text/markdown", "message/rfc822", "text/vtt", "text/plain"
SENTENCE = "The customer asked about the renewal terms and wants an answer by Friday. "


def passages(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_a_short_note_is_one_passage_under_its_title() -> None:
    text = "# Call\n\nShort.\n\n## Next\n\nSend the offer."
    (span,) = cut(text, title="Call", media=MARKDOWN)
    assert (span.start, span.end) == (0, len(text))
    assert span.heading == "Call"
    assert span.language == "en"


def test_sections_are_cut_apart_and_know_their_path() -> None:
    words = SENTENCE * 8
    text = f"# Plan\n\n## Goals\n\n{words}\n\n### Kiel\n\n{words}\n\n## Risks\n\n{words}"
    spans = cut(text, title="Plan", media=MARKDOWN)
    assert [span.heading for span in spans] == [
        "Plan › Goals",
        "Plan › Goals › Kiel",
        "Plan › Risks",
    ]
    assert passages(text, spans)[2].startswith("## Risks\n\nThe customer")


def test_a_heading_is_never_left_without_the_words_under_it() -> None:
    text = "\n\n".join(f"## Part {number}\n\n{SENTENCE * 15}" for number in range(9))
    spans = cut(text, title="Plan", media=MARKDOWN)
    assert not any(re.fullmatch(r"## Part \d", passage) for passage in passages(text, spans))


def test_a_hash_in_code_or_plain_text_is_no_heading() -> None:
    text = f"```\n# comment\n```\n\n{SENTENCE * 20}"
    assert {span.heading for span in cut(text, title="T", media=MARKDOWN)} == {"T"}
    text = f"# 1 priority\n\n{SENTENCE * 20}"
    assert {span.heading for span in cut(text, title="T", media=PLAIN)} == {"T"}


def test_passages_end_with_paragraphs_then_with_sentences() -> None:
    text = "\n\n".join([SENTENCE * 10] * 4)
    assert all(
        passage.endswith("Friday.") for passage in passages(text, cut(text, title="T", media=PLAIN))
    )
    long = SENTENCE * 60
    parts = passages(long, cut(long, title="T", media=PLAIN, size=200))
    assert all(part.startswith("The") and part.endswith(".") for part in parts)
    assert all(120 <= len(part.split()) <= 200 for part in parts[:-1])


def test_a_note_a_little_too_long_is_halved_not_clipped() -> None:
    text = "\n\n".join([SENTENCE * 4] * 5)  # 260 words
    spans = cut(text, title="T", media=PLAIN, size=200)
    weights = [len(part.split()) for part in passages(text, spans)]
    assert weights == [156, 104]


def test_a_signature_is_not_left_alone() -> None:
    text = f"{SENTENCE * 9}\n\n{SENTENCE * 7}\n\nBest regards\nDaniel"
    assert passages(text, cut(text, title="T", media=MAIL))[-1].endswith(
        "Friday. \n\nBest regards\nDaniel"
    )


def test_a_title_before_a_name_does_not_end_a_sentence() -> None:
    text = "It was agreed with Dr. Groß and Mr. Lee of Acme that J. Smith signs. " * 20
    assert all(
        part.startswith("It was") for part in passages(text, cut(text, title="T", media=PLAIN))
    )


def test_rows_of_a_table_are_not_split() -> None:
    row = "Kiel | 40 | The site was opened in spring. It grows. | open"
    text = "\n".join([row] * 60)
    assert all(
        set(passage.split("\n")) == {row}
        for passage in passages(text, cut(text, title="T", media=MARKDOWN))
    )
    wide = "Kiel | " + SENTENCE * 20  # more than a passage, less than two
    assert len(cut(wide, title="T", media=MARKDOWN, size=200)) == 1


def test_what_a_mail_quotes_is_apart_from_what_it_says() -> None:
    text = "From: anna@a.example\n\nYes, agreed.\n\n> Can you confirm?\n>\n> Dana\n\nThanks, Anna"
    assert passages(text, cut(text, title="Renewal", media=MAIL)) == [
        "From: anna@a.example\n\nYes, agreed.",
        "> Can you confirm?\n>\n> Dana",
        "Thanks, Anna",
    ]
    text = "Agreed.\n\n-----Ursprüngliche Nachricht-----\nVon: Dana\n\nKönnen Sie bestätigen?"
    assert passages(text, cut(text, title="Renewal", media=MAIL))[0] == "Agreed."


def test_turns_stay_whole_and_a_long_one_keeps_its_speaker() -> None:
    turns = [f"Anna Berger: {SENTENCE * 3}".strip(), f"Dana Ruiz: {SENTENCE * 3}".strip()] * 6
    text = "\n".join(turns)
    for passage in passages(text, cut(text, title="Call", media=SPEECH)):
        assert all(row in turns for row in passage.split("\n"))
    text = f"Dana Ruiz: Hello.\nAnna Berger: {SENTENCE * 40}"
    spans = cut(text, title="Call", media=SPEECH)
    assert spans[0].heading == "Call"
    assert {span.heading for span in spans[1:]} == {"Call › Anna Berger"}


def test_each_passage_has_its_own_language() -> None:
    text = f"{SENTENCE * 12}\n\n{'Der Kunde möchte bis Freitag eine Antwort erhalten. ' * 16}"
    spans = cut(text, title="T", media=PLAIN, size=200)
    assert [span.language for span in spans] == ["en", "de"]


def test_a_passage_must_hold_at_least_a_word() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        cut("words", title="T", media=PLAIN, size=0)


MARKS = st.sampled_from(
    [
        *("word ", "Words. ", "\n", "\n\n", "# Head\n", "## Sub ", "> ", "- item\n", "a | b\n"),
        *("Anna: ", "```\n", "x" * 70, "…", "\t", "\u00a0", "Ж! ", "---- Original Message"),
        *("\u2003", "é"),
    ]
)
TEXTS = st.lists(st.one_of(MARKS, st.text(max_size=6)), max_size=80).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, media=st.sampled_from([MARKDOWN, MAIL, SPEECH, PLAIN]), size=st.integers(1, 30))
def test_every_visible_character_is_in_exactly_one_passage(
    text: str, media: str, size: int
) -> None:
    spans = cut(text, title="T", media=media, size=size)
    covered = [at for span in spans for at in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert covered == sorted(covered)
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= set(covered)
    for span in spans:
        passage = text[span.start : span.end]
        assert passage
        assert passage == passage.strip()
        assert len(passage.split()) <= size * (2 if "|" in passage else 1)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, size=st.integers(8, 30))
def test_no_word_is_cut_unless_it_is_longer_than_a_passage(text: str, size: int) -> None:
    words = set(text.split())
    for span in cut(text, title="T", media=PLAIN, size=size):
        for word in text[span.start : span.end].split():
            assert word in words or any(word in long for long in words if len(long) > size * 10)


@pytest.mark.parametrize("media", [MARKDOWN, MAIL, SPEECH])
def test_a_megabyte_is_cut_while_the_rep_waits(media: str) -> None:
    text = "".join(
        f"## Part {number}\n\n{SENTENCE * 6}\n\n{SENTENCE * 4}\n\n" for number in range(1350)
    )
    assert len(text) > 1_000_000
    cut("Load the model first, please.", title="T", media=media)
    began = time.process_time()
    cut(text, title="T", media=media)
    assert time.process_time() - began < 3  # 0.4 s when nothing else runs
