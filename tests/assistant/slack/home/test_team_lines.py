"""A manager tells an account's own tier from the portfolio cell of the group it counts under."""

from __future__ import annotations

from datetime import date

from assistant.slack.views.home_team import TeamHome, TeamLine, team_home


def test_a_small_subsidiary_of_a_large_customer_is_not_called_strategic_itself() -> None:
    line = TeamLine(
        "a1",
        "Halvorsen Tissue",
        "Sofia Lindqvist",
        cell="Strategic",
        stage="Development",
        revenue="€404,000",
        tier="Standard",
    )
    home = team_home(
        TeamHome("Tomasz Wierzba", date(2026, 9, 30), (), (), (line,), found=1, total=1)
    )
    assert "Standard · customer: Strategic · Development" in str(home)
