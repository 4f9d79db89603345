"""The value proposition: for one reader, at most two differences and one parity, in figures.

Against a named alternative, and only what this reader is measured on. Unconfirmed figures are
shown as such, contested ones become data to gather. Source: Anderson, Narus & van Rossum (2006);
that two points beat three has not been tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Finding, Gist, Question, Term
from assistant.insight import buying_centre as centre
from assistant.insight.alternatives import Alternative, alternatives, concerns
from assistant.insight.readers import Reader, fit, reader_of
from assistant.insight.value_points import Figure, Point, point
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "value"
DIFFERENCES = 2
#: Why a driver belongs here, the nearest to a decision first.
PLACES = ("open deal", "whitespace", "owned")


@dataclass(frozen=True)
class Gathering:
    """A figure to gather together: `standing` says whether it is contested, missing or unsure."""

    point: str
    figure: Figure
    whom: str | None


@dataclass(frozen=True)
class LeftOut:
    """A point that was crossed off.

    `not_measured` on this, the reader; `other_alternative`; `no_sum`, its formula is missing or
    does not read; `third`, two differences and one parity are enough.
    """

    point: Point
    why: str


def value(file: AccountFile, thresholds: Thresholds, wanted: str) -> Finding:  # noqa: ARG001 - one shape
    """What a named reader, or whoever plays a role, gets from us.

    Outcome: `ready` (a named alternative and a difference whose figures are all confirmed),
    `unconfirmed`, `to_gather` (only contested or missing figures), or `unknown` without an
    alternative or without a point for this reader.
    """
    reader = reader_of(file, wanted)
    rivals = alternatives(file)
    points = sorted(_points(file, reader), key=_rank)
    best = _alternative_for(file, points, rivals)
    kept, left_out = _crossed_off(file, points, best)
    firm = [p for p in kept if p.standing in {"confirmed", "unconfirmed"}]
    differences = tuple(p for p in firm if p.kind == "difference")[:DIFFERENCES]
    parity = _parity(firm, kept)
    chosen = (*differences, *((parity,) if parity else ()))
    third = [LeftOut(p, "third") for p in firm if p not in chosen]
    gathering = _gathering(file, kept, chosen)
    outcome = _outcome(best, differences, kept)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=outcome,
        values={
            "reader": reader,
            "alternative": best,
            "other_alternatives": tuple(rival for rival in rivals if rival != best),
            "differences": differences,
            "parity": parity,
            "to_gather": gathering,
            "left_out": (*left_out, *third),
        },
        evidence=tuple(
            dict.fromkeys(
                [*(best.evidence if best else ()), *(e for p in chosen for e in p.evidence)]
            )
        ),
        against=tuple(
            dict.fromkeys(
                e for p in kept for f in p.figures if f.standing == "contested" for e in f.evidence
            )
        ),
        confidence=_confidence(chosen),
        would_change=_would_change(file, best, gathering, outcome),
        questions=_questions(file, reader, best, kept, gathering),
    )


def _points(file: AccountFile, reader: Reader) -> list[Point]:
    places = _places(file)
    return [
        point(file, driver, places[driver.product_id], fit(driver, reader))
        for driver in file.catalogue.value_drivers
        if driver.product_id in places
    ]


def _places(file: AccountFile) -> dict[str | None, str]:
    """The products that have a place here: in an open deal, in whitespace, or already bought."""
    owned = {row.product_id for row in file.revenue if row.product_id}
    deals = {deal.id: deal for deal in centre.open_deals(file)}
    of_deals = [line.product_id for line in file.lines if line.opportunity_id in deals]
    offered = {*(deal.product_id for deal in deals.values()), *of_deals}
    families = {row.product_family for row in file.spend}
    room = [p.id for p in file.catalogue.products.values() if p.family in families]
    found: dict[str | None, str] = dict.fromkeys(offered - {None}, PLACES[0])
    for product_id in room:
        if product_id not in owned:
            found.setdefault(product_id, PLACES[1])
    for product_id in owned:
        found.setdefault(product_id, PLACES[2])
    return found


def _rank(one: Point) -> tuple[int, int, int, Decimal, str]:
    """First what the reader is measured on, then what is firm, near a decision, and large."""
    suits = -(one.fit if one.fit is not None else 1)
    worth = -(one.worth or Decimal(0))
    return (suits, one.firmness, PLACES.index(one.why_here), worth, one.driver_id)


def _alternative_for(
    file: AccountFile, points: list[Point], rivals: tuple[Alternative, ...]
) -> Alternative | None:
    """The rival that the reader's best point is against; a buyer and an engineer may differ."""
    drivers = {driver.id: driver for driver in file.catalogue.value_drivers}
    known = list(file.catalogue.competitors.values())
    suiting = [one for one in points if one.fit != 0 and one.kind == "difference"]
    begun = [one for one in suiting if one.begun]
    near = [one for one in suiting if one.fit and one.why_here != "whitespace"]
    for one in (*begun, *near):
        for rival in rivals:
            if concerns(drivers[one.driver_id].alternative, rival, known):
                return rival
    return rivals[0] if rivals else None


def _parity(firm: list[Point], kept: list[Point]) -> Point | None:
    """What is equal: for this reader, or of the product the differences are about."""
    about = {one.product for one in kept if one.kind == "difference"}
    equal = [one for one in firm if one.kind == "parity" and (one.fit or one.product in about)]
    return equal[0] if equal else None


def _crossed_off(
    file: AccountFile, points: list[Point], best: Alternative | None
) -> tuple[list[Point], list[LeftOut]]:
    drivers = {driver.id: driver for driver in file.catalogue.value_drivers}
    rivals = list(file.catalogue.competitors.values())
    kept, left_out = [], []
    for one in points:
        if one.fit == 0 and one.kind == "difference":
            left_out.append(LeftOut(one, "not_measured"))
        elif best and not concerns(drivers[one.driver_id].alternative, best, rivals):
            left_out.append(LeftOut(one, "other_alternative"))
        elif one.kind == "difference" and not one.figures:
            left_out.append(LeftOut(one, "no_sum"))
        else:
            kept.append(one)
    return kept, left_out


def _gathering(
    file: AccountFile, kept: list[Point], chosen: tuple[Point, ...]
) -> tuple[Gathering, ...]:
    """Figures nobody has, somebody contests, or nobody confirmed in a point that is shown.

    A point for which this customer has given nothing yet is gathered only where no other is.
    """
    worth_it = [one for one in kept if one.begun and one.figures] or [
        one for one in kept if one.figures
    ][:1]
    return tuple(
        Gathering(one.name, figure, figure.confirmed_by or _source(file, one))
        for one in worth_it
        for figure in one.figures
        if figure.standing in {"contested", "missing"}
        or (figure.standing == "unconfirmed" and one in chosen)
    )


def _source(file: AccountFile, one: Point) -> str | None:
    """Who confirmed another figure of the same point; else our account manager."""
    known = (figure.confirmed_by for figure in one.figures if figure.confirmed_by)
    return next(known, centre.rep(file))


def _outcome(best: Alternative | None, differences: tuple[Point, ...], kept: list[Point]) -> str:
    if best is None or not any(one.kind == "difference" for one in kept):
        return "unknown"
    if not differences:
        return "to_gather"
    firm = any(one.standing == "confirmed" for one in differences)
    return "ready" if firm else "unconfirmed"


def _confidence(chosen: tuple[Point, ...]) -> float:
    """The share of the shown points' figures that somebody of theirs confirmed."""
    figures = [figure for one in chosen for figure in one.figures]
    confirmed = sum(figure.standing == "confirmed" for figure in figures)
    return round(confirmed / len(figures), 2) if figures else 0.0


def _would_change(
    file: AccountFile, best: Alternative | None, gathering: tuple[Gathering, ...], outcome: str
) -> Gist:
    name = file.account.name
    if best is None:
        return Gist("would_change.without_us", account=name)
    if not gathering and outcome != "ready":
        return Gist("would_change.less_well", account=name, rival=best.name)
    if gathering:
        return Gist("would_change.figure", figure=gathering[0].figure.name)
    return Gist("would_change.same_offer", rival=best.name)


def _questions(
    file: AccountFile,
    reader: Reader,
    best: Alternative | None,
    kept: list[Point],
    gathering: tuple[Gathering, ...],
) -> tuple[Question, ...]:
    ours, name = centre.rep(file), file.account.name
    asked = []
    if best is None:
        alone = Gist("question.if_not_us", account=name)
        asked.append(Question("alternative", alone, reader.name or ours))
    if not reader.measured_on:
        asked.append(Question("measured on", _measured(reader, name), reader.name or ours))
    if not any(one.kind == "difference" for one in kept):
        worth = Gist("question.worth", who=reader.name or name)
        asked.append(Question("value drivers", worth, ours))
    for one in gathering:
        key = "settle" if one.figure.standing == "contested" else "confirm"
        figure = Gist(f"question.{key}", figure=one.figure.name, point=one.point)
        asked.append(Question(one.figure.name, figure, one.whom))
    return tuple(dict.fromkeys(asked))


def _measured(reader: Reader, account: str) -> Gist:
    if reader.name:
        return Gist("question.measured", who=reader.name)
    return Gist("question.role_measured", role=Term("part", reader.role), account=account)
