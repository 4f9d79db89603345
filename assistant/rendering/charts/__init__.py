"""Charts: pure functions from findings to pictures that say something."""

from __future__ import annotations

from assistant.insight.eighty_twenty import Standing
from assistant.insight.study import Study
from assistant.rendering.charts.grid import whitespace_grid
from assistant.rendering.charts.pareto import pareto_curve
from assistant.rendering.charts.people import stakeholder_map
from assistant.rendering.charts.quarters import revenue_by_quarter
from assistant.rendering.figure import Figure


def charts_of(study: Study, order: Standing, *, language: str = "en") -> tuple[Figure, ...]:
    """Every chart of an account that has something to show."""
    file, found = study.file, study.findings
    drawn = (
        revenue_by_quarter(file, study["revenue"], found.get("decline"), language=language),
        pareto_curve(order, file.account.id, language=language),
        stakeholder_map(file.account, found.get("stakeholders"), language=language),
        whitespace_grid(file.account, found.get("whitespace"), language=language),
    )
    return tuple(figure for figure in drawn if figure is not None)


__all__ = [
    "Figure",
    "charts_of",
    "pareto_curve",
    "revenue_by_quarter",
    "stakeholder_map",
    "whitespace_grid",
]
