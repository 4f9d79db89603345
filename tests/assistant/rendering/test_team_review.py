"""A team's review as it is projected and printed: a message a slide, a large chart, its sources."""

from __future__ import annotations

from io import BytesIO

import pytest
from pptx import Presentation

from assistant.claims import Draft
from assistant.desk import Desk
from assistant.rendering import Figure
from assistant.rendering.slides import slides
from assistant.rendering.word import word
from tests.docs.projected import words_of

CLAIRE = "claire.okafor@varnholt.example"


@pytest.fixture(scope="module")
def review(sample_desk: Desk) -> tuple[Draft, tuple[Figure, ...]]:
    claire = sample_desk.viewer(CLAIRE)
    draft = sample_desk.review_team(claire, CLAIRE, sample_desk.day(None), ["if Borealis leaves"])
    return draft, tuple(sample_desk.charts(claire, draft))


@pytest.fixture(scope="module")
def deck(review: tuple[Draft, tuple[Figure, ...]]) -> bytes:
    draft, figures = review
    return slides(draft.title, (draft,), figures)


def test_every_chart_says_its_message_and_its_words(
    review: tuple[Draft, tuple[Figure, ...]],
) -> None:
    titles = [figure.title for figure in review[1]]
    assert titles == [
        "5 of 16 customers bring 80 % of revenue",
        "Hexley Polymers and Sablon Textiles changed cell since 31 March 2026",
        "Meridian Breweries holds 19 % of what is still to win and gets 3.6 % of our touches",
        "9 of 17 promises and answers due in twelve months were kept in time",
        "Tier Growth gets 15 of the 36 touches its rhythm asks for",
    ]
    assert all(len(figure.alt) > len(figure.title) / 2 for figure in review[1])


def test_a_chart_is_as_large_as_its_slide_and_its_sources_are_in_the_notes(deck: bytes) -> None:
    pictured = [
        (slide, shape)
        for slide in Presentation(BytesIO(deck)).slides
        for shape in slide.shapes
        if not shape.has_text_frame
    ]
    assert len(pictured) == 5
    for slide, picture in pictured:
        assert max(picture.width.pt / 864, picture.height.pt / 368) > 0.95
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        assert "Sources" in notes.text


def test_every_sentence_of_the_review_is_in_the_deck_and_in_the_document(
    review: tuple[Draft, tuple[Figure, ...]], deck: bytes
) -> None:
    draft, figures = review
    shown = "\n".join(words_of("deck.pptx", deck))
    printed = "\n".join(words_of("review.docx", word(draft, figures)))
    for claim in draft.claims():
        assert " ".join(claim.text.split()) in " ".join(shown.split()), claim.text
        assert " ".join(claim.text.split()) in " ".join(printed.split()), claim.text


def test_the_same_review_gives_the_same_bytes(
    review: tuple[Draft, tuple[Figure, ...]], deck: bytes
) -> None:
    draft, figures = review
    assert slides(draft.title, (draft,), figures) == deck


def test_a_rep_without_promises_or_moves_gets_only_the_charts_that_say_something(
    sample_desk: Desk,
) -> None:
    priya = sample_desk.viewer("priya.natarajan@varnholt.example")
    draft = sample_desk.review_team(priya, priya.email or "", sample_desk.day(None))
    names = [figure.name for figure in sample_desk.charts(priya, draft)]
    assert names[:2] == ["portfolio", "changes"]
    assert len(names) == len(set(names))
