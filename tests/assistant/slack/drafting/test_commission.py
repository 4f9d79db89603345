"""What is typed after a command, read as people write it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.slack.drafting.commission import Commission, kind_of, read_command


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("plan", "  Borealis   Dairy ", Commission("plan", "Borealis Dairy")),
        ("plan", "“Halvorsen Pulp &amp; Board”", Commission("plan", "Halvorsen Pulp & Board")),
        ("plan", "Meridian canvas", Commission("canvas", "Meridian")),
        (
            "plan",
            "“Halvorsen Pulp &amp; Board” Canvas",
            Commission("canvas", "Halvorsen Pulp & Board"),
        ),
        ("plan", "Lindauer als Canvas", Commission("canvas", "Lindauer")),
        ("plan", "Meridian as a canvas", Commission("canvas", "Meridian")),
        ("plan", "“Blue Canvas”", Commission("plan", "Blue Canvas")),
        ("plan", "Canvas Works", Commission("plan", "Canvas Works")),
        ("review", "Meridian canvas", Commission("review", "Meridian canvas")),
        ("value", "Borealis for the CFO", Commission("value", "Borealis", "CFO")),
        ("value", "Lindauer für Petra Vogt", Commission("value", "Lindauer", "Petra Vogt")),
        ("value", "Borealis", Commission("value", "Borealis")),
        ("follow_up", "Meridian", Commission("follow_up", "Meridian")),
        ("review", "", Commission("team")),
        ("review", "Team", Commission("team")),
        (
            "review",
            "Meridian since 2026-06-30",
            Commission("review", "Meridian", since=date(2026, 6, 30)),
        ),
        ("review", "Meridian since 2026-06-31", Commission("review", "Meridian since 2026-06-31")),
    ],
)
def test_a_command_is_read_as_it_was_meant(kind: str, text: str, wanted: Commission) -> None:
    assert read_command(kind_of(kind), text) == wanted
    assert Commission.of(wanted.to_json()) == wanted


def test_a_draft_is_begun_only_when_all_it_needs_is_said() -> None:
    assert read_command("plan", "Meridian").whole
    assert read_command("review", "").whole
    assert not read_command("plan", "").whole
    assert not read_command("plan", "canvas").whole
    assert not read_command("value", "Meridian").whole


def test_nothing_but_drafts_is_drafted() -> None:
    with pytest.raises(ValueError, match="poem"):
        kind_of("poem")
