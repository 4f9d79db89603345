"""Neglected potential: customers with much still to win who get little of our attention.

Two shares are compared: a customer's part of what the whole portfolio could still buy, and its
part of all touches of twelve months. Whoever's first share is `neglect_factor` times the second
or more is listed, if most of its potential is still to win. Source of the idea: potential should
steer attention (Sathoff 2007); the factor is a default of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence, Finding, Input
from assistant.insight.customers import Customer, customers
from assistant.insight.eighty_twenty import standing
from assistant.insight.evidence import computed
from assistant.insight.figures import TENTH, cited, number
from assistant.insight.team_time import AccountTime
from assistant.thresholds import Thresholds
from knowledge.records import Portfolio

RULE = "neglected_potential"
_ALL = Decimal(100)


@dataclass(frozen=True)
class Neglected:
    """A customer with room to grow. The shares are per cent of the whole portfolio's."""

    account_id: str
    name: str
    room: Evidence
    room_share: Evidence
    touch_share: Evidence
    touches: int


def neglected(
    portfolio: Portfolio, times: Mapping[str, AccountTime], thresholds: Thresholds
) -> Finding:
    """The customers whose potential gets too little attention, most room first.

    Outcome: `listed`, `empty`, or `unknown` where no potential or no touch is on record.
    Confidence is the share of customers whose potential is on record.
    """
    known = customers(portfolio, standing(portfolio, thresholds))
    rooms = {one.place.account_id: room for one in known if (room := _room(one)) is not None}
    total = sum(len(time.touches) for time in times.values())
    if not total or not sum(number(room) or Decimal(0) for room in rooms.values()):
        return Finding(RULE, "portfolio", "unknown", confidence=0.0)
    found = [_of(one, rooms, times, total) for one in known if _open(one, rooms, thresholds)]
    factor = thresholds.neglect_factor
    listed = [
        one
        for one in found
        if (number(one.room_share) or Decimal(0)) > 0
        and (number(one.room_share) or Decimal(0)) >= factor * (number(one.touch_share) or 0)
    ]
    listed.sort(key=lambda one: (-(number(one.room) or Decimal(0)), one.name))
    return Finding(
        rule=RULE,
        subject="portfolio",
        outcome="listed" if listed else "empty",
        values={"listed": tuple(listed)},
        evidence=tuple(e for one in listed for e in (one.room, one.room_share, one.touch_share)),
        confidence=round(len(rooms) / len(known), 2) if known else 0.0,
        thresholds={
            "neglect_factor": factor,
            "potential_gap_limit": thresholds.potential_gap_limit,
        },
    )


def _open(one: Customer, rooms: Mapping[str, Evidence], thresholds: Thresholds) -> bool:
    """Whether more than `potential_gap_limit` of the potential is still to win."""
    room = number(rooms.get(one.place.account_id))
    potential = number(one.sum_of("potential"))
    return bool(room and potential and room / potential * _ALL > thresholds.potential_gap_limit)


def _room(one: Customer) -> Evidence | None:
    potential = one.sum_of("potential")
    if potential is None:
        return None
    revenue = one.revenue
    return computed(
        f"room:{one.place.account_id}:{one.portfolio.as_of}",
        title=f"{one.place.name}: potential still to win, a year",
        value=max(Decimal(0), (number(potential) or Decimal(0)) - one.place.revenue),
        unit=one.portfolio.catalogue.currency,
        formula="max(0, potential - revenue)",
        inputs=[cited("potential", potential), cited("revenue", revenue)],
        as_of=one.portfolio.as_of,
    )


def _of(
    one: Customer, rooms: Mapping[str, Evidence], times: Mapping[str, AccountTime], total: int
) -> Neglected:
    here, as_of = one.place.account_id, one.portfolio.as_of
    whole = sum((number(room) or Decimal(0) for room in rooms.values()), Decimal(0))
    touches = [
        t for h in one.holdings if h.account.id in times for t in times[h.account.id].touches
    ]
    mine = number(rooms[here]) or Decimal(0)
    return Neglected(
        account_id=here,
        name=one.place.name,
        room=rooms[here],
        room_share=computed(
            f"room_share:{here}:{as_of}",
            title=f"{one.place.name}: share of all potential still to win",
            value=(mine / whole * _ALL).quantize(TENTH),
            unit="%",
            formula="round(max(0, potential - revenue) / whole * 100, 1)",
            inputs=[*rooms[here].inputs, Input("whole", whole, (), rooms[here].unit)],
            as_of=as_of,
        ),
        touch_share=computed(
            f"touch_share:{here}:{as_of}",
            title=f"{one.place.name}: share of all touches, twelve months",
            value=(Decimal(len(touches)) / total * _ALL).quantize(TENTH),
            unit="%",
            formula="round(count(touch) / whole * 100, 1)",
            inputs=[*touches, Input("whole", total, (), "touches")],
            as_of=as_of,
        ),
        touches=len(touches),
    )
