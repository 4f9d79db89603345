"""Judging claims: every citation, figure, date, name and denial against what the sources say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.claims import Claim
from assistant.grounding.bindings import binding_faults
from assistant.grounding.citations import Scope, citation_faults
from assistant.grounding.faults import Fault
from assistant.grounding.grounds import Grounds
from assistant.grounding.particulars import (
    QUOTED,
    Given,
    House,
    code_faults,
    date_faults,
    name_faults,
    nothing_fixed,
    quantity_faults,
    quote_faults,
)
from assistant.grounding.polarity import polarity_faults
from assistant.grounding.sameness import contained
from assistant.grounding.saying import take_apart
from assistant.grounding.support import support
from assistant.grounding.testimony import Testimony, hear
from assistant.grounding.words import content_of, language_of, sentences_in

_LEAST_SUPPORT = 0.1  # below it, free text has next to nothing to do with the sentence


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
    language: str = "en",
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
        language: in which the reason is told.
    """
    examined = examine(
        claims,
        grounds,
        account=account,
        related=related,
        vocabulary=vocabulary,
        as_of=as_of,
        house=house,
        language=language,
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
    language: str = "en",
) -> list[Examined]:
    """As `check`, with every fault of each claim besides."""
    accounts = frozenset({account, *related}) if account else frozenset()
    scope = Scope(grounds, frozenset(a for a in accounts if a))
    given = Given(tuple(vocabulary), as_of, house or nothing_fixed)
    claims = tuple(claims)
    grounds.expect(ref for claim in claims for ref in claim.refs)
    return [_examined(claim, scope, given, language) for claim in claims]


def _examined(claim: Claim, scope: Scope, given: Given, language: str) -> Examined:
    testimony = hear(claim.evidence, scope.grounds)
    faults = tuple(dict.fromkeys(_faults(claim, scope, testimony, given)))
    score = _score(claim, testimony)
    if not faults and _says_too_little(claim, testimony, score):
        faults = (Fault("support", claim.text),)
    verdict = claim.judged(
        "unsupported" if faults else "supported",
        faults[0].told(language) if faults else None,
        min(score, 0.5) if faults else score,
    )
    return Examined(verdict, faults)


def _faults(claim: Claim, scope: Scope, testimony: Testimony, given: Given) -> Iterator[Fault]:
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
    yield from quote_faults(text, (*testimony.texts, *given.vocabulary))
    yield from date_faults(saying, testimony, given, free=claim.kind == "recommendation")
    yield from code_faults(saying, testimony, given)
    yield from quantity_faults(saying, testimony, given, free=not stated)
    if stated:
        yield from binding_faults(saying, testimony)
    yield from name_faults(saying, testimony, given)
    if stated:
        own = QUOTED.sub(" ", text)  # what is quoted has been compared word for word
        fixed = given.house(text)
        yield from polarity_faults(own, testimony, fixed=fixed)


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
