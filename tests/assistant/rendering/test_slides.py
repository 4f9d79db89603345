"""Slides for a manager's review: the decision first, nothing outside its box, sources in notes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims import Section
from assistant.errors import NothingToDraft
from assistant.rendering.measure import lines
from assistant.rendering.paging import GAP, HANG, LINE, Box, Item, pages
from assistant.rendering.slides import slides
from assistant.rendering.sources import source_text
from tests.assistant.rendering import drafts, office
from tests.assistant.rendering.pictures import picture


def test_the_manager_sees_the_state_and_the_decision_on_the_second_slide() -> None:
    _, decision, *_ = office.slide_texts(slides("Review", [drafts.rich()]))
    assert decision.startswith("What to decide")
    assert "40.6 % less" in decision
    assert "Stop offering discounts on seals" in decision
    assert decision.index("40.6 % less") < decision.index("Stop offering")


def test_every_sentence_stands_in_the_deck_once() -> None:
    said = "\n".join(office.slide_texts(slides("Review", [drafts.rich()], [picture("revenue")])))
    for claim in drafts.rich().claims():
        assert said.count(claim.text) == 1
    assert said.count("Borealis takes about 40 % of our sales.") == 1


def test_a_chart_slide_says_its_message_and_has_its_words_and_sources_in_the_notes() -> None:
    deck = office.presentation(slides("Review", [drafts.rich()], [picture("stakeholders")]))
    (slide,) = [s for s in deck.slides if s.shapes.title.text == "Title of stakeholders"]
    assert "Birgit Aagaard, CFO, decides" in slide.placeholders[1].text_frame.text
    (shown,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert shown._element.nvPicPr.cNvPr.get("descr") == "Words of stakeholders"
    notes = slide.notes_slide.notes_text_frame.text
    assert "Words of stakeholders" in notes
    section = drafts.rich().section("stakeholders")
    assert section is not None
    for claim in section.claims:
        for evidence in claim.evidence:
            assert source_text(evidence) in notes


def test_the_mark_behind_a_sentence_names_its_source_in_the_notes() -> None:
    deck = office.presentation(slides("Review", [drafts.rich()]))
    marked = 0
    by_text = {claim.text: claim for claim in drafts.rich().claims()}
    for slide in deck.slides:
        for paragraph in slide.placeholders[1].text_frame.paragraphs:
            claim = by_text.get(paragraph.runs[0].text)
            if claim is None or not claim.evidence:
                continue
            numbers = paragraph.runs[1].text.split(", ")
            notes = slide.notes_slide.notes_text_frame.text
            for number, evidence in zip(numbers, claim.evidence, strict=True):
                assert f"{number}. {source_text(evidence)}" in notes
                marked += 1
    assert marked == sum(len(claim.evidence) for claim in drafts.rich().claims())


def test_two_accounts_are_told_apart_and_keep_their_figures() -> None:
    other = replace(drafts.rich(), account_id="altyn", account_name="Altyn Mineral")
    figures = [picture("revenue", about="altyn")]
    made = slides("Review", [drafts.rich(), other], figures)
    said = office.slide_texts(made)
    assert "Borealis Dairy Group and Altyn Mineral" in said[0]
    assert "Altyn Mineral" in said[1] + said[2]
    assert sum("Title of revenue" in slide for slide in said) == 1


def test_an_empty_draft_makes_an_honest_deck() -> None:
    cover, decision = office.slide_texts(slides("Review", [drafts.draft()]))
    assert "Review" in cover
    assert "Nothing to decide is recommended yet" in decision


def test_no_draft_makes_no_deck() -> None:
    with pytest.raises(NothingToDraft):
        slides("Review", [])


def test_the_same_drafts_give_the_same_bytes() -> None:
    figures = [picture("revenue")]
    assert slides("R", [drafts.rich()], figures) == slides("R", [drafts.rich()], figures)


def test_a_plan_of_many_long_sentences_goes_on_on_the_next_slide() -> None:
    long = "Daniel Reyes hands over one page on energy per tonne for each line. " * 12
    claims = tuple(drafts.claim(f"{n}. {long}", "recommendation", drafts.LOT) for n in range(9))
    made = slides("Review", [drafts.draft(Section("summary", "Decision", claims))])
    titles = [slide.shapes.title.text for slide in office.presentation(made).slides]
    assert titles[1] == "What to decide"
    assert titles[2] == "What to decide (continued)"
    _assert_fits(made)


def test_a_title_that_is_too_long_is_cut_and_kept_in_the_notes() -> None:
    figure = replace(picture("revenue"), title="Revenue fell and fell " * 40)
    made = slides("Review", [drafts.rich()], [figure])
    (slide,) = [s for s in office.presentation(made).slides if "…" in s.shapes.title.text]
    assert figure.title in slide.notes_slide.notes_text_frame.text
    _assert_fits(made)


WORDS = st.text(st.characters(), max_size=40)
LONG = st.builds(lambda word, times: word * times, WORDS, st.integers(1, 60))


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(LONG, min_size=1, max_size=5), title=LONG)
def test_whatever_the_records_say_nothing_overflows(texts: list[str], title: str) -> None:
    claims = tuple(drafts.claim(text, "fact", drafts.LOT) for text in texts)
    plan = drafts.draft(Section("revenue", title, claims), title=title, account_name=title)
    _assert_fits(slides(title, [plan], [replace(picture("revenue"), title=title)]))


@given(
    texts=st.lists(LONG, max_size=6),
    width=st.floats(60, 900),
    height=st.floats(60, 400),
)
@settings(deadline=None)
def test_paging_loses_no_word_and_keeps_the_order(
    texts: list[str], width: float, height: float
) -> None:
    items = [Item(" ".join(text.split()), "fact") for text in texts]
    box = Box(0, 0, width, height, 14)
    shown = [item.text for page in pages(items, [box]) for item in page.items]
    assert "".join("".join(shown).split()) == "".join("".join(i.text for i in items).split())


def _assert_fits(made: bytes) -> None:
    deck = office.presentation(made)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height + 1
            if shape.has_text_frame and shape.text_frame.text.strip():
                assert _height(shape) <= shape.height.pt + 0.1


def _height(shape: Any) -> float:
    """How high a shape's text is, measured line by line; the last gap needs no room."""
    high = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = paragraph.runs[0].font.size.pt
        listed = paragraph._p.pPr.get("marL") not in {None, "0"}
        room = shape.width.pt - (HANG if listed else 0)
        count = len(lines(paragraph.text, room, size, bold=bool(paragraph.runs[0].font.bold)))
        high += count * size * LINE + GAP
    return high - GAP
