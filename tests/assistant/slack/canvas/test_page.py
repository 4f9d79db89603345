"""A plan as sections, and a canvas as people left it: what is ours, and what is theirs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slack.canvas.page import (
    STAMP,
    Standing,
    anchors,
    digest,
    mark_of,
    page_of,
    parts_of,
    standing,
    under,
)
from assistant.slack.words import words
from tests.assistant.slack.views.values import LINKS, draft

EN = words("en")
DAY = date(2026, 10, 3)
TITLE = "Account plan: Stratton Water"


def page(content: str) -> tuple[Standing, ...]:
    return standing(content, TITLE)


def test_every_section_carries_its_own_sources_numbered_from_one() -> None:
    parts = parts_of(draft(), LINKS)
    assert parts[0].id == STAMP
    for part in parts[1:]:
        *_, last = part.body.splitlines()
        assert last.startswith("- Sources: [") or "[1]" not in part.body
        assert part.refs or "Sources" not in part.body


def test_what_we_wrote_is_known_again_as_it_stands_and_as_slack_writes_it() -> None:
    parts = parts_of(draft(), LINKS)
    content = page_of(parts)
    for written in (content, f"# {TITLE}\n\n{content}", content.replace("\n- ", "\n* ")):
        for part in parts:
            there = under(part.heading, page(written))
            assert there is not None
            assert there.known(part.digest)


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_a_mark_names_its_section_and_is_told_from_what_people_quote(language: str) -> None:
    told = words(language)
    mark = mark_of("Risks", ["Contract of 2024", "Order & <!channel> of May"], DAY, told)
    assert "<!channel>" not in mark
    marked = Standing("Risks", (mark, "- One risk."))
    assert marked.mark(told) == mark
    assert marked.known(digest("- One risk.")) == ("- One risk.",)
    assert Standing("Risks", ("> Somebody said so.", "- One risk.")).mark(told) is None


def test_more_than_three_changes_are_counted() -> None:
    mark = mark_of("Risks", ["A", "B", "C", "D", "E"], DAY, EN)
    assert "“A”, “B”, “C” and 2 more" in mark


def test_a_heading_that_people_add_begins_a_section_of_theirs() -> None:
    content = "As of today.\n\n## Risks\n\n- One.\n\n### Detail\n\nMore.\n\n## Mine\n\nMy words."
    stamp, risks, mine = page(content)
    assert (stamp.heading, stamp.blocks) == (None, ("As of today.",))
    assert (risks.heading, risks.blocks) == ("Risks", ("- One.", "### Detail", "More."))
    assert (mine.heading, mine.blocks) == ("Mine", ("My words.",))
    assert under("Gone", page(content)) is None


def test_a_heading_inside_a_fence_is_none() -> None:
    content = "## Risks\n\n```\n## not a heading\n\nstill inside\n```\n\nAfter."
    (_, risks) = page(content)
    assert risks.heading == "Risks"
    assert risks.blocks[-1] == "After."


def test_a_section_is_found_by_plain_words_that_stand_in_the_canvas_once() -> None:
    content = "- The same words here [1](https://a.example/x)\n- The same words here\n- Only once."
    assert anchors(content, content) == ["Only once."]
    assert anchors("- [1](https://a.example/only)", content) == []


@given(st.text(alphabet="ab *_-.\n1", min_size=1, max_size=40), st.text("ab1", min_size=1))
def test_added_or_changed_words_are_never_taken_for_ours(ours: str, theirs: str) -> None:
    edited = f"{ours} {theirs}"
    there = Standing("Risks", (edited,))
    assert there.known(digest(ours)) == ()


@given(st.lists(st.sampled_from(["One risk.", "Two, 3.5 % more.", "“Quoted” words"]), max_size=4))
def test_how_a_list_is_written_does_not_change_what_it_says(rows: list[str]) -> None:
    plain = "\n".join(f"- {row}" for row in rows)
    slacks = "\n\n".join(f"*   {row.replace('.', chr(92) + '.')} " for row in rows)
    assert digest(plain) == digest(slacks)
