"""The story of a deal: what is asked, and what is still open afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.slack.views.debrief import (
    debrief_form,
    debrief_kept,
    debrief_prompt,
    lessons_message,
)
from assistant.steering.debriefs import LessonLine, OwedDebrief, Share
from tests.doubles.slack import block_faults, view_faults

OWED = OwedDebrief(
    "006",
    "Spare seals <!channel>",
    "001",
    "Harbour & Sons",
    "lost",
    date(2026, 6, 26),
    9,
    "005",
    "Priya",
    ("buyer", "rep"),
)


def test_only_what_is_missing_is_asked_for() -> None:
    whole = str(debrief_form(OWED))
    assert "The buyer's reason" in whole
    assert "What you think decided it" in whole
    half = str(debrief_form(replace(OWED, missing=("rep",))))
    assert "The buyer's reason" not in half
    assert "What you think decided it" in half
    assert view_faults(debrief_form(OWED), "modal") == []


def test_what_is_still_open_is_said_and_can_be_told_later() -> None:
    kept = str(debrief_kept(OWED, ("rep",)).blocks)
    assert "Still open: your own." in kept
    assert "Tell it now" in kept
    assert "Tell it now" not in str(debrief_kept(OWED, ()).blocks)


def test_a_deals_name_calls_nobody() -> None:
    for language in ("en", "de", "ru"):
        shown = debrief_prompt(OWED, language)
        assert "<!channel>" not in str(shown.blocks)
        assert block_faults(list(shown.blocks)) == []


def test_shares_come_with_an_interval_or_as_counts_and_never_as_bare_percentages() -> None:
    few = Share("price", 1, 4, None)
    many = Share("delivery", 3, 8, (Decimal("13.7"), Decimal("69.4")))
    line = LessonLine(
        "k", "Norwich", "opportunity:1@1", "lost", 8, ("family",), (many, few), (), None
    )
    for language in ("en", "de", "ru"):
        shown = lessons_message("001", "Meridian", [line], language)
        assert block_faults(list(shown.blocks)) == []
    told = str(lessons_message("001", "Meridian", [line]).blocks)
    assert "delivery: 3 of 8, so 14 to 69 % of such deals" in told
    assert "price: 1 of 4" in told
    assert "these are counts" in told
