"""A team's accounts in the terminal: one block an account, the figures that need a look first."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.steering import TeamLine, TeamView

_NAME = 28


def team_json(view: TeamView) -> dict[str, Any]:
    """The list in the shape of the contract: days as ISO dates, amounts as text."""
    plain: dict[str, Any] = asdict(view)
    for line, shown in zip(view.lines, plain["lines"], strict=True):
        shown.update(moved=line.moved, gone_quiet=line.gone_quiet)
    told: dict[str, Any] = _plain(plain)
    return told


def team_text(view: TeamView) -> str:
    """The list for a person to read."""
    head = f"{view.name}, {view.as_of}: {view.k} of {view.n} customers bring the core share"
    if view.top1 is not None:
        head += f"; the largest brings {view.top1} %"
    if not view.lines:
        return f"{head}.\n\nNo account fits."
    return "\n\n".join([f"{head}.", *(_block(view, line) for line in view.lines)])


def _block(view: TeamView, line: TeamLine) -> str:
    cell = line.cell.replace("_", " ")
    if line.moved:
        cell += f" (was {line.cell_before.replace('_', ' ')})"
    first = f"{line.name:<{_NAME}} {cell}, {line.stage.replace('_', ' ')}"
    about = [
        f"{line.revenue:,.0f} {view.currency}",
        f"{line.touches} touches of {line.asked}",
        "no touch on record" if line.silent is None else f"silent {line.silent} days",
        *([f"{line.overdue} overdue"] if line.overdue else []),
        *([f"{line.waiting} without approval"] if line.waiting else []),
        *([f"{line.unowned} without an owner"] if line.unowned else []),
        f"plan {line.plan}",
    ]
    rows = [first, f"  {line.owner or 'nobody'}: " + "; ".join(about)]
    if line.attention:
        rows.append(f"  → {line.attention}")
    return "\n".join(rows)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (Decimal, date)):
        return str(value)
    return value
