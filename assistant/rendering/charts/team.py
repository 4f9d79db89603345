"""The charts of a team's review: its revenue, its cells and moves, its promises, its time."""

from __future__ import annotations

from assistant.drafting import TeamBrief
from assistant.drafting.portfolio.duties import owed
from assistant.insight.eighty_twenty import Standing
from assistant.rendering.charts.cells import cell_board
from assistant.rendering.charts.effort import time_against_tier
from assistant.rendering.charts.kept import promises_kept
from assistant.rendering.charts.pareto import pareto_curve
from assistant.rendering.charts.potential import potential_passed_by
from assistant.rendering.figure import Figure


def team_charts(team: TeamBrief, order: Standing) -> tuple[Figure, ...]:
    """Every chart of a team that has something to show."""
    language = team.pen.language
    drawn = (
        pareto_curve(order, language=language),
        cell_board(team.moves, team.since, language=language),
        potential_passed_by(team.neglected.values.get("listed", ()), language=language),
        promises_kept(
            [one for brief in team.briefs for one in owed(brief)], team.as_of, language=language
        ),
        time_against_tier(team.times.values(), team.as_of, language=language),
    )
    return tuple(figure for figure in drawn if figure is not None)
