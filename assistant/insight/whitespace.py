"""Whitespace and share of wallet: what they buy elsewhere of what we sell, ranked.

Share of wallet is our sales of twelve months over their estimated spend, as a range, and only
over cells that have an estimate: an unknown wallet is not an empty one. Cells are ranked by
potential less current, the middle of the range standing for potential. The ranking is a default
of ours; research warns that some customers become less profitable the more they buy.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.claims import Evidence, Finding, Gist, Question
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed
from assistant.insight.figures import TENTH, cited, gap_percent, in_ours, number, summed
from assistant.insight.grid import Cell, grid
from assistant.insight.periods import window
from assistant.insight.revenue import total
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "whitespace"


def whitespace(file: AccountFile, thresholds: Thresholds) -> Finding:
    """The grid of an account, its ranked cells and its share of wallet.

    Outcome: `room` (what is left is `expansion_room` % of the potential or more), `full`, or
    `unknown` when there is neither an estimate nor a potential. Confidence is the share of
    cells that are not unknown; money is a year, in our currency.
    """
    cells = grid(file)
    estimated = [cell for cell in cells if cell.low is not None]
    share_low, share_high = _share(file, estimated, "high"), _share(file, estimated, "low")
    left, room = _left(file, estimated), _room(file, estimated)
    known = [cell for cell in cells if cell.state != "unknown"]
    shown = (room, left, share_low, share_high)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(room, thresholds),
        values={
            "cells": cells,
            "ranked": ranked(cells),
            "share_low": share_low.value if share_low else None,
            "share_high": share_high.value if share_high else None,
            "left": left.value if left else None,
            "room_percent": room.value if room else None,
            "sources": tuple(sorted({cell.said_by for cell in estimated if cell.said_by})),
        },
        evidence=(*(e for e in shown if e), *(e for c in ranked(cells) for e in c.evidence)),
        against=_against(file, estimated, room),
        confidence=round(len(known) / len(cells), 2) if cells and room else 0.0,
        would_change=_would_change(file, cells, room, thresholds),
        thresholds={"expansion_room": thresholds.expansion_room},
        questions=_questions(file, cells, measured=room is not None),
    )


def ranked(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with something left to win, most first; a cell without an estimate has no rank."""
    open_cells = [cell for cell in cells if number(cell.left)]
    return tuple(sorted(open_cells, key=lambda c: (-(number(c.left) or 0), c.unit or "", c.family)))


def _share(file: AccountFile, cells: Sequence[Cell], end: str) -> Evidence | None:
    """Our part of the estimated spend, against its low or its high end, in per cent."""
    spend = [(cell, cell.high if end == "high" else cell.low) for cell in cells]
    against = [(cell, number(most) or Decimal(0)) for cell, most in spend]
    whole = sum((most for _, most in against), Decimal(0))
    if not whole:
        return None
    ours = sum((number(cell.current) or Decimal(0) for cell in cells), Decimal(0))
    return computed(
        f"share_of_wallet:{end}:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: share of wallet against the {end} end of the estimates",
        value=(ours / whole * 100).quantize(TENTH),
        unit="%",
        formula="round(sum(ours) / sum(spend) * 100, 1)",
        inputs=[
            *(cited("ours", cell.current) for cell in cells),
            *(cited("spend", most) for _, most in spend if most),
        ],
        as_of=file.as_of,
    )


def _left(file: AccountFile, cells: Sequence[Cell]) -> Evidence | None:
    parts = [cell.left for cell in cells if cell.left is not None]
    if not parts:
        return None
    return summed(
        f"left:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: potential less current, all estimated cells",
        inputs=[cited("left", part) for part in parts],
        unit=file.catalogue.currency,
        as_of=file.as_of,
        item="left",
    )


def _room(file: AccountFile, cells: Sequence[Cell]) -> Evidence | None:
    """What is left in per cent of potential: from the estimates, else from the account's own."""
    spend = [end for cell in cells for end in (cell.low, cell.high) if end is not None]
    potential = sum((number(end) or Decimal(0) for end in spend), Decimal(0)) / 2
    left = _left(file, cells)
    if left is None or not potential:
        return _room_of_account(file)
    return computed(
        f"room:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: what is left, in per cent of the estimated potential",
        value=((number(left) or Decimal(0)) / potential * 100).quantize(TENTH),
        unit="%",
        formula="round(left / (sum(end) / 2) * 100, 1)",
        inputs=[cited("left", left), *(cited("end", end) for end in spend)],
        as_of=file.as_of,
    )


def _room_of_account(file: AccountFile) -> Evidence | None:
    most = in_ours(file.account, "potential", file.catalogue)
    if not number(most) or most is None:
        return None
    return gap_percent(
        f"room:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: what is left of the potential",
        have=total(file, window(file.as_of, 12), "revenue"),
        most=most,
        as_of=file.as_of,
    )


def _outcome(room: Evidence | None, thresholds: Thresholds) -> str:
    if room is None:
        return "unknown"
    return "room" if (number(room) or 0) >= thresholds.expansion_room else "full"


def _against(
    file: AccountFile, estimated: Sequence[Cell], room: Evidence | None
) -> tuple[Evidence, ...]:
    """The account's own potential, where it tells another story than the cells."""
    whole = _room_of_account(file) if estimated else None
    return (whole,) if whole is not None and room is not None and whole != room else ()


def _would_change(
    file: AccountFile, cells: Sequence[Cell], room: Evidence | None, thresholds: Thresholds
) -> Gist | None:
    unknown = [cell for cell in cells if cell.state == "unknown" and cell.left is None]
    if room is None or not unknown:
        return None
    side = "more" if _outcome(room, thresholds) == "full" else "less"
    return Gist(f"would_change.{side}_room", account=file.account.name, count=len(unknown))


def _questions(file: AccountFile, cells: Sequence[Cell], *, measured: bool) -> tuple[Question, ...]:
    """One question for each cell that nobody can describe, to our account manager."""
    name = file.account.name
    whole = Question("potential", Gist("question.potential", account=name), centre.rep(file))
    asked = [cell for cell in cells if cell.state == "unknown" and cell.unit is not None]
    if not asked:
        asked = [cell for cell in cells if cell.state == "unknown"]
    cellwise = tuple(
        Question(
            "whitespace",
            Gist("question.spend_on", who=cell.unit or name, family=cell.family),
            centre.rep(file),
        )
        for cell in asked
    )
    return cellwise if measured else (whole, *cellwise)
