"""Gaps of the stakeholder map: parts nobody plays, key players not met, people who have gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.claims import Evidence, Gist, Question, Term
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import recorded
from assistant.insight.threads import Thread
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Contact, Opportunity

GapKind = Literal[
    "missing_part",
    "never_met",
    "not_met_lately",
    "single_thread",
    "departed",
    "deal_names_departed",
]


@dataclass(frozen=True)
class Gap:
    """What the map lacks. `who` is one of theirs, `days` since they were met, `deal` a name."""

    kind: GapKind
    part: str | None = None
    who: str | None = None
    days: int | None = None
    deal: str | None = None
    evidence: tuple[Evidence, ...] = ()


def gaps_of(file: AccountFile, thresholds: Thresholds, thread: Thread | None) -> tuple[Gap, ...]:
    """Every gap, those of people who have gone first: they undo what the plan rests on."""
    found = [*_departed(file), *_deals_naming_departed(file)]
    if thread and thread.single:
        found.append(Gap("single_thread", None, thread.name, evidence=(thread.evidence,)))
    return (*found, *_missing(file), *_not_met(file, thresholds))


def _departed(file: AccountFile) -> Iterator[Gap]:
    for person in centre.departed(file):
        part = next(
            (role for role in ("champion", "sponsor") if role in centre.roles(person)), None
        )
        if part:
            evidence = (recorded(person, "left_on"), recorded(person, "buying_roles"))
            yield Gap("departed", part, person.name, evidence=evidence)


def _deals_naming_departed(file: AccountFile) -> Iterator[Gap]:
    """Open deals that rest on somebody who has left, in a field or as a role in the deal."""
    for deal in centre.open_deals(file):
        named = set()
        for part, person, where in _named_in(file, deal):
            if person.left_on is not None and person.id not in named:
                named.add(person.id)
                evidence = (where, recorded(person, "left_on"))
                yield Gap("deal_names_departed", part, person.name, None, deal.name, evidence)


def _named_in(
    file: AccountFile, deal: Opportunity
) -> Iterator[tuple[str | None, Contact, Evidence]]:
    for part in ("champion", "economic_buyer"):
        field = f"meddpicc_{part}"
        for person in centre.people_named(file, getattr(deal, field) or ""):
            yield part, person, recorded(deal, field)
    for link in sorted(file.deal_contacts, key=lambda row: row.id):
        linked = file.contact(link.contact_id)
        if link.opportunity_id == deal.id and linked is not None:
            yield link.role, linked, recorded(link, "contact_id")


def _missing(file: AccountFile) -> Iterator[Gap]:
    played = {role for person in centre.present(file) for role in centre.roles(person)}
    for part in centre.KEY_PARTS:
        if part not in played:
            yield Gap("missing_part", part)


def _not_met(file: AccountFile, thresholds: Thresholds) -> Iterator[Gap]:
    """Key players beyond `key_player_days`, or never; whoever was never met comes first."""
    gaps = []
    for person in centre.present(file):
        if not centre.is_key(person):
            continue
        part = next(role for role in centre.KEY_PARTS if role in centre.roles(person))
        shown = recorded(person, "buying_roles")
        talks = centre.touches_with(file, person)
        if not talks:
            gaps.append(Gap("never_met", part, person.name, evidence=(shown,)))
            continue
        days = (file.as_of - centre.day(talks[-1])).days
        if days > thresholds.key_player_days:
            evidence = (shown, centre.days_since(file, person))
            gaps.append(Gap("not_met_lately", part, person.name, days, evidence=evidence))
    yield from sorted(gaps, key=lambda gap: (gap.days is not None, -(gap.days or 0)))


def questions_of(file: AccountFile, gaps: tuple[Gap, ...]) -> tuple[Question, ...]:
    """What the map does not know, each to somebody who could."""
    ask = _questions_of_gaps(file, gaps)
    return (*ask, *_unassessed(file), *_doubles(file))


def _questions_of_gaps(file: AccountFile, gaps: tuple[Gap, ...]) -> Iterator[Question]:
    guide = _guide(file)
    name, ours = file.account.name, centre.rep(file)
    if not centre.present(file):
        yield Question("contacts", Gist("question.people", account=name), ours)
        return
    for gap in gaps:
        part, who = gap.part or "", gap.who or ""
        if gap.kind == "missing_part":
            missing = Gist("question.part", part=Term("part", part), account=name)
            yield Question(part, missing, guide or ours)
        elif gap.kind == "never_met":
            yield Question(part, _about("expects", who, part), guide or ours)
        elif gap.kind == "departed":
            yield Question(part, _about("successor", who, part), guide or ours)


def _about(key: str, who: str, part: str) -> Gist:
    return Gist(f"question.{key}", who=who, part=Term("part", part))


def _unassessed(file: AccountFile) -> Iterator[Question]:
    """A stance without its assessor or day is not shown; somebody is asked to stand by it."""
    for person in centre.present(file):
        if person.stance and not (person.assessed_by and person.assessed_on):
            stance = Term("attitude", person.stance)
            unassessed = Gist("question.stance", stance=stance, who=person.name)
            yield Question("stance", unassessed, person.assessed_by or centre.rep(file))


def _doubles(file: AccountFile) -> Iterator[Question]:
    seen: dict[str, str] = {}
    for person in centre.present(file):
        address = (person.email or "").casefold()
        if address and address in seen:
            same = Gist("question.double", one=seen[address], other=person.name, address=address)
            yield Question("contacts", same, centre.rep(file))
        seen.setdefault(address, person.name)


def would_change(file: AccountFile, gaps: tuple[Gap, ...]) -> Gist:
    """What one would have to learn to see the map otherwise."""
    lacking = [gap for gap in gaps if gap.kind in {"never_met", "not_met_lately"}]
    if lacking:
        return Gist("would_change.touch", who=lacking[0].who or "")
    name = file.account.name
    if gaps and (part := gaps[0].part):
        return Gist("would_change.another", part=Term("part", part), account=name)
    return Gist("would_change.somebody", account=name)


def _guide(file: AccountFile) -> str | None:
    """Whom of theirs to ask: the champion, coach or sponsor last met."""
    known = [
        (centre.day(talks[-1]), person.name)
        for person in centre.present(file)
        if {"champion", "coach", "sponsor"} & set(centre.roles(person))
        and (talks := centre.touches_with(file, person))
    ]
    return max(known)[1] if known else None
