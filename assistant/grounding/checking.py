"""Judging claims: every citation, figure, date, name and denial against what the sources say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.claims import Claim
from assistant.grounding.bindings import binding_faults
from assistant.grounding.citations import Scope, citation_faults, contained
from assistant.grounding.dates import Moment
from assistant.grounding.faults import Fault
from assistant.grounding.grounds import Grounds
from assistant.grounding.lexicon import CURRENCIES, DAYS
from assistant.grounding.names import Mentions, names_in
from assistant.grounding.polarity import polarity_faults
from assistant.grounding.quantities import Quantity, agrees
from assistant.grounding.support import support
from assistant.grounding.testimony import Saying, Testimony, code_key, hear, take_apart
from assistant.grounding.words import content_of, language_of, sentences_in

_QUOTED = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"")
_UP_TO = re.compile(
    r"\b(?:as of|as at|today|to|by|until|bis|zum|stand|per|на|до|к|сегодня)(?: zum| the)?\W*$",
    re.IGNORECASE,
)
_LEAST_SUPPORT = 0.1  # below it, free text has next to nothing to do with the sentence
_OF = re.compile(r"(?:\bof|\bvon|\bиз)\s+$", re.IGNORECASE)
_FULL_SCORE = 100
_SMALL = 12  # a recommendation may propose that many of anything


#: The words of a sentence that a phrase of ours fixes; empty where it is in nobody's but its own.
House = Callable[[str], str]


@dataclass(frozen=True)
class Examined:
    """A judged claim with everything that is wrong with it."""

    claim: Claim
    faults: tuple[Fault, ...]


def check(
    claims: Iterable[Claim],
    grounds: Grounds,
    *,
    account: str | None = None,
    related: Collection[str] = (),
    vocabulary: Collection[str] = (),
    as_of: date | None = None,
    house: House | None = None,
) -> list[Claim]:
    """Each claim with its verdict, the reason in one short sentence where it fails, and a score.

    Args:
        claims: sentences with their evidence.
        grounds: resolves citations for one viewer.
        account: the account the draft is about; records of other accounts may not be cited.
        related: further accounts whose records may be (the parent, the subsidiaries).
        vocabulary: names that need no evidence (our company, the account, framework words) and
            figures that need none (the thresholds of the rules, such as “80 %”).
        as_of: the day the draft is written for; a sentence may name it without evidence.
        house: the words of a sentence that a phrase of ours fixes. What they deny or compare was
            chosen by whoever wrote the phrase; in any other words it has to stand in a source.
    """
    examined = examine(
        claims,
        grounds,
        account=account,
        related=related,
        vocabulary=vocabulary,
        as_of=as_of,
        house=house,
    )
    return [one.claim for one in examined]


def examine(
    claims: Iterable[Claim],
    grounds: Grounds,
    *,
    account: str | None = None,
    related: Collection[str] = (),
    vocabulary: Collection[str] = (),
    as_of: date | None = None,
    house: House | None = None,
) -> list[Examined]:
    """As `check`, with every fault of each claim besides."""
    accounts = frozenset({account, *related}) if account else frozenset()
    scope = Scope(grounds, frozenset(a for a in accounts if a))
    given = _Given(tuple(vocabulary), as_of, house or _nothing_fixed)
    return [_examined(claim, scope, given) for claim in claims]


def _nothing_fixed(_: str) -> str:
    return ""


@dataclass(frozen=True)
class _Given:
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


def _examined(claim: Claim, scope: Scope, given: _Given) -> Examined:
    testimony = hear(claim.evidence, scope.grounds)
    faults = tuple(dict.fromkeys(_faults(claim, scope, testimony, given)))
    score = _score(claim, testimony)
    if not faults and _says_too_little(claim, testimony, score):
        faults = (Fault("support", claim.text),)
    verdict = claim.judged(
        "unsupported" if faults else "supported",
        faults[0].sentence if faults else None,
        min(score, 0.5) if faults else score,
    )
    return Examined(verdict, faults)


def _faults(claim: Claim, scope: Scope, testimony: Testimony, given: _Given) -> Iterator[Fault]:
    stated = claim.kind in {"fact", "inference"}
    if stated and not claim.evidence:
        yield Fault("no_evidence", claim.text)
        return
    for evidence in claim.evidence:
        yield from citation_faults(evidence, scope)
    if contained(claim.text, testimony.texts):
        return  # word for word what a source says
    text = claim.text
    saying = take_apart(text)
    yield from _quote_faults(text, (*testimony.texts, *given.vocabulary))
    yield from _date_faults(saying, testimony, given, free=claim.kind == "recommendation")
    yield from _code_faults(saying, testimony, given)
    yield from _quantity_faults(saying, testimony, given, free=not stated)
    if stated:
        yield from binding_faults(saying, testimony)
    yield from _name_faults(saying, testimony, given)
    if stated:
        own = _QUOTED.sub(" ", text)  # what is quoted has been compared word for word
        fixed = given.house(text)
        yield from polarity_faults(own, testimony, fixed=fixed)


def _quote_faults(text: str, texts: Collection[str]) -> Iterator[Fault]:
    for match in _QUOTED.finditer(text):
        quoted = next(group for group in match.groups() if group)
        for part in re.split(r"…|\.\.\.|\[…\]", quoted):
            if not contained(part, texts):
                yield Fault("quote", quoted)
                break


def _date_faults(
    saying: Saying, testimony: Testimony, given: _Given, *, free: bool
) -> Iterator[Fault]:
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


def _code_faults(saying: Saying, testimony: Testimony, given: _Given) -> Iterator[Fault]:
    for code in saying.codes:
        if code_key(code) not in testimony.codes | given.codes:
            near = sorted(c for c in testimony.codes if c[:2] == code_key(code)[:2])
            yield Fault("name", code, near[0].upper() if near else None)


def _quantity_faults(
    saying: Saying, testimony: Testimony, given: _Given, *, free: bool
) -> Iterator[Fault]:
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


def _name_faults(saying: Saying, testimony: Testimony, given: _Given) -> Iterator[Fault]:
    mentions = Mentions({*testimony.texts, *testimony.labels}, given.mentions)
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


def _score(claim: Claim, testimony: Testimony) -> float:
    """Graded support of the words; 1 where the sentence stands in a source as it is.

    Records are no prose: what is told from them is scored by the share of its figures, dates,
    names and words that they hold.
    """
    if contained(claim.text, testimony.texts):
        return 1.0
    texts = [s for text in testimony.texts for s in sentences_in(text)]
    graded = support(claim.text, texts).score
    if testimony.passages and len(testimony.passages) == len(claim.evidence):
        return graded
    saying = take_apart(claim.text)
    exact = len(saying.moments) + len(saying.codes) + len(saying.quantities)
    language = language_of(claim.text)
    held = {key for text in (*texts, *testimony.labels) for _, key in content_of(text, language)}
    words = [key in held for _, key in content_of(saying.rest, language) if key[0] != "#"]
    share = (exact + sum(words)) / (exact + len(words)) if exact or words else 1.0
    return max(graded, share)


def _says_too_little(claim: Claim, testimony: Testimony, score: float) -> bool:
    """Free text alone must say something of the sentence, in the sentence's language."""
    if claim.kind != "fact" or any(e.type != "passage" for e in claim.evidence):
        return False
    languages = {language_of(text) for text in testimony.passages}
    return language_of(claim.text) in languages and score < _LEAST_SUPPORT
