"""The particulars of a sentence: quotes, dates, codes, figures and names against the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.grounding.dates import Moment
from assistant.grounding.faults import Fault
from assistant.grounding.lexicon import CURRENCIES, DAYS
from assistant.grounding.names import Mentions, names_in
from assistant.grounding.quantities import Quantity, agrees
from assistant.grounding.sameness import contained
from assistant.grounding.saying import Saying, code_key, take_apart
from assistant.grounding.testimony import Testimony

QUOTED = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"")
_UP_TO = re.compile(
    r"\b(?:as of|as at|today|to|by|until|bis|zum|stand|per|на|до|к|сегодня)(?: zum| the)?\W*$",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:\bof|\bvon|\bиз)\s+$", re.IGNORECASE)
_FULL_SCORE = 100
_SMALL = 12  # a recommendation may propose that many of anything

#: The words of a sentence that a phrase of ours fixes; empty where it is in nobody's but its own.
House = Callable[[str], str]


def nothing_fixed(_: str) -> str:
    """No phrase writes any sentence."""
    return ""


@dataclass(frozen=True)
class Given:
    """What needs no evidence in this draft."""

    vocabulary: tuple[str, ...]
    as_of: date | None
    house: House

    @cached_property
    def mentions(self) -> Mentions:
        """The names of the vocabulary."""
        return Mentions(self.vocabulary)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Its words, as codes are compared."""
        return frozenset(code_key(word) for text in self.vocabulary for word in text.split())

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures of the vocabulary, such as the thresholds of the rules (“80 %”)."""
        return tuple(q for text in self.vocabulary for q in take_apart(text).quantities)


def quote_faults(text: str, texts: Collection[str]) -> Iterator[Fault]:
    """Quoted words that stand in no source."""
    for match in QUOTED.finditer(text):
        quoted = next(group for group in match.groups() if group)
        for part in re.split(r"…|\.\.\.|\[…\]", quoted):
            if not contained(part, texts):
                yield Fault("quote", quoted)
                break


def date_faults(
    saying: Saying, testimony: Testimony, given: Given, *, free: bool
) -> Iterator[Fault]:
    """Dates that no source tells."""
    known = list(testimony.moments)
    numbers = {reading.value for found in testimony.quantities for reading in found.readings}
    places: dict[tuple[int, int], list[Moment]] = {}
    for moment in saying.moments:
        places.setdefault((moment.start, moment.end), []).append(moment)
    for readings in places.values():
        ways = readings if "/" in readings[0].said and readings[0].day else readings[:1]
        if any(moment.follows_from(other) for moment in ways for other in known):
            continue
        if given.as_of and _needs_no_source(readings[0], saying.text, given.as_of, free=free):
            continue
        first = readings[0]
        if first.month is None and first.part is None and first.year in numbers:
            continue
        yield Fault("date", first.said, _nearest_date(first, known))


def _needs_no_source(moment: Moment, text: str, today: date, *, free: bool) -> bool:
    """“As of” the day of the draft; in a recommendation, “by” a day to come: it proposes it."""
    if not _UP_TO.search(text[: moment.start]):
        return False
    to_come = (moment.year or 0, moment.month or 0) >= (today.year, today.month)
    return moment.follows_from(Moment.of(today)) or (free and to_come)


def _nearest_date(said: Moment, known: Collection[Moment]) -> str | None:
    def distance(other: Moment) -> tuple[bool, int]:
        days = abs((said.year or 0) * 365 - (other.year or 0) * 365) + abs(
            (said.month or 0) * 30 - (other.month or 0) * 30
        )
        return other.year is None, days + abs((said.day or 0) - (other.day or 0))

    return min(known, key=distance).said if known else None


def code_faults(saying: Saying, testimony: Testimony, given: Given) -> Iterator[Fault]:
    """Codes such as order numbers that no source mentions."""
    for code in saying.codes:
        if code_key(code) not in testimony.codes | given.codes:
            near = sorted(c for c in testimony.codes if c[:2] == code_key(code)[:2])
            yield Fault("name", code, near[0].upper() if near else None)


def quantity_faults(
    saying: Saying, testimony: Testimony, given: Given, *, free: bool
) -> Iterator[Fault]:
    """Figures that follow from no source, by rounding, unit or format."""
    for said in saying.quantities:
        around = {other.unit for other in saying.quantities if other is not said and other.unit}
        known = (*testimony.quantities, *given.quantities)
        if any(agrees(said, found, around) for found in known):
            continue
        if (free and _is_proposal(said)) or _is_scale(said, saying, testimony):
            continue
        found = _nearest_quantity(said, testimony)
        yield Fault("unit" if found and _differ_in_unit(said, found) else "number",
                    said.said, found.said if found else None)  # fmt: skip


def _is_proposal(said: Quantity) -> bool:
    """How many meetings to hold, or within which time: a recommendation's own figure."""
    return said.unit in DAYS or (said.unit not in {*CURRENCIES, "%"} and abs(said.value) <= _SMALL)


def _is_scale(said: Quantity, saying: Saying, testimony: Testimony) -> bool:
    """The hundred of “75 of 100”, where a score in points is told."""
    told = any(found.unit == "points" for found in testimony.quantities)
    return told and said.value == _FULL_SCORE and bool(_OF.search(saying.text[: said.start]))


def _differ_in_unit(said: Quantity, found: Quantity) -> bool:
    return said.value == abs(found.value) and said.unit != found.unit


def _nearest_quantity(said: Quantity, testimony: Testimony) -> Quantity | None:
    """What the sources say in place of it: the same unit first, then the nearest figure."""

    def distance(found: Quantity) -> tuple[bool, float]:
        scale = max(abs(said.value), abs(found.value), Decimal(1))
        apart = float(abs(abs(said.value) - abs(found.value)) / scale)
        return (found.unit != said.unit and apart > 0), apart

    candidates = [f for f in testimony.quantities if f.unit == said.unit or f.value == said.value]
    return min(candidates, key=distance, default=None)


def name_faults(saying: Saying, testimony: Testimony, given: Given) -> Iterator[Fault]:
    """Names that no source mentions."""
    mentions = given.mentions.and_in({*testimony.texts, *testimony.labels})
    blank = saying.rest
    for quantity in saying.quantities:
        blank = (
            blank[: quantity.start]
            + "0".ljust(quantity.end - quantity.start)
            + (blank[quantity.end :])
        )
    for name in names_in(blank):
        lacking = mentions.lacking(name)
        if lacking is not None:
            yield Fault("name", name.said, mentions.nearest(name))
