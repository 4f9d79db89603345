"""MEDDPICC: eight things to know about a deal, each counted only when it can be cited.

A filled field counts as a record somebody made; “tbd” and “?” are not records. A champion who
has left does not count, and an economic buyer whom nobody has met is a gap. Source: trade lore
of PTC in the 1990s, with letters added since; no independent study of its effect is known to us,
and asking for a citation is our own rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.claims import Evidence, Finding, Gist, Input, Question, Term
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import recorded
from assistant.insight.figures import counted
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Opportunity

RULE = "meddpicc"

#: The elements in the order of the letters; each has a question that fills its gap.
ELEMENTS = (
    "metrics",
    "economic_buyer",
    "decision_criteria",
    "decision_process",
    "paper_process",
    "pain",
    "champion",
    "competition",
)
WHY = Literal["blank", "left", "never_met", "not_a_contact", "opponent", "other_rival"]


@dataclass(frozen=True)
class Element:
    """One letter of one deal. `why` is None when it counts; `words` are what the field says."""

    name: str
    words: str | None
    why: WHY | None = None
    who: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Qualification:
    """What is known of one open deal. A contradiction is filled, and refuted by another record."""

    deal_id: str
    deal: str
    closes_on: date | None
    filled: tuple[Element, ...]
    gaps: tuple[Element, ...]
    contradictions: tuple[Element, ...]
    count: Evidence


def meddpicc(file: AccountFile, thresholds: Thresholds) -> Finding:  # noqa: ARG001 - one shape
    """The eight elements of every open deal, the next to close first.

    Outcome: `none` (no open deal), `unknown` (no element of any deal counts), `contradicted`,
    `gaps` or `complete`.
    """
    still_open = centre.open_deals(file)
    deals = tuple(_qualify(file, deal) for deal in still_open)
    how_many = counted(
        f"open_deals:{file.account.id}:{file.as_of}",
        title=f"Open deals with {file.account.name}",
        item="deal",
        inputs=[Input("deal", deal.name, (f"{deal.ref}#status",)) for deal in still_open],
        unit="deals",
        as_of=file.as_of,
    )
    told = [e for deal in deals for x in deal.filled for e in x.evidence]
    lacking = [e for d in deals for x in (*d.contradictions, *d.gaps) for e in x.evidence]
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(deals),
        values={"deals": deals, "open_deals": len(deals)},
        evidence=tuple(dict.fromkeys([how_many, *(deal.count for deal in deals), *told])),
        against=tuple(dict.fromkeys(lacking)),
        confidence=1.0 if any(deal.filled for deal in deals) or not deals else 0.0,
        would_change=_would_change(deals),
        questions=tuple(question for deal in deals for question in _questions(file, deal)),
    )


def _qualify(file: AccountFile, deal: Opportunity) -> Qualification:
    elements = [_element(file, deal, name) for name in ELEMENTS]
    filled = tuple(element for element in elements if element.why is None)
    count = counted(
        f"meddpicc:{deal.id}:{file.as_of}",
        title=f"Elements of “{deal.name}” with a citation",
        item="element",
        inputs=[Input("element", e.name, tuple(x.ref for x in e.evidence)) for e in filled],
        unit=f"of {len(ELEMENTS)}",
        as_of=file.as_of,
    )
    refuted = ("left", "opponent", "other_rival")
    return Qualification(
        deal_id=deal.id,
        deal=deal.name,
        closes_on=deal.closes_on,
        filled=filled,
        gaps=tuple(e for e in elements if e.why is not None and e.why not in refuted),
        contradictions=tuple(e for e in elements if e.why in refuted),
        count=count,
    )


def _element(file: AccountFile, deal: Opportunity, name: str) -> Element:
    field = f"meddpicc_{name}"
    words: str | None = getattr(deal, field)
    if not centre.says_something(words):
        rival = file.catalogue.competitors.get(deal.competitor_id or "")
        if name == "competition" and rival is not None:
            return Element(name, rival.name, None, rival.name, (recorded(deal, "competitor_id"),))
        return Element(name, words or None, "blank")
    cited = recorded(deal, field)
    if name in {"economic_buyer", "champion"}:
        return _person(file, name, words or "", cited)
    if name == "competition":
        return _rival(file, deal, words or "", cited)
    return Element(name, words, None, None, (cited,))


def _person(file: AccountFile, name: str, words: str, cited: Evidence) -> Element:
    """An element that names somebody: still there, met if it is the buyer, and not against us."""
    named = centre.people_named(file, words)
    if not named:
        # Without any contact on record there is nothing to hold the name against.
        return Element(name, words, "not_a_contact" if file.contacts else None, None, (cited,))
    here = [person for person in named if person.left_on is None]
    if not here:
        gone = named[0]
        return Element(name, words, "left", gone.name, (cited, recorded(gone, "left_on")))
    person = here[0]
    assessed = person.assessed_by and person.assessed_on
    if name == "champion" and person.stance == "opponent" and assessed:
        evidence = (cited, recorded(person, "stance"), recorded(person, "assessed_on"))
        return Element(name, words, "opponent", person.name, evidence)
    met = [other for other in here if centre.touches_with(file, other)]
    if name == "economic_buyer" and not met:
        return Element(name, words, "never_met", person.name, (cited,))
    known = met[0] if met else person
    talks = centre.touches_with(file, known)
    seen = (recorded(talks[-1], "occurred_at"),) if talks else ()
    return Element(name, words, None, known.name, (cited, *seen))


def _rival(file: AccountFile, deal: Opportunity, words: str, cited: Evidence) -> Element:
    """The competition; it contradicts itself when field and record name different rivals."""
    on_record = file.catalogue.competitors.get(deal.competitor_id or "")
    rivals = centre.rivals_named(file, words)
    if on_record is not None and rivals and on_record not in rivals:
        evidence = (cited, recorded(deal, "competitor_id"))
        return Element("competition", words, "other_rival", on_record.name, evidence)
    return Element("competition", words, None, rivals[0].name if rivals else None, (cited,))


def _outcome(deals: tuple[Qualification, ...]) -> str:
    if not deals:
        return "none"
    if not any(deal.filled or deal.contradictions for deal in deals):
        return "unknown"
    if any(deal.contradictions for deal in deals):
        return "contradicted"
    return "gaps" if any(deal.gaps for deal in deals) else "complete"


def _would_change(deals: tuple[Qualification, ...]) -> Gist | None:
    for deal in deals:
        for element in (*deal.contradictions, *deal.gaps):
            letter = Term("letter", element.name)
            return Gist("would_change.letter", letter=letter, deal=deal.deal)
    return None


def _questions(file: AccountFile, deal: Qualification) -> tuple[Question, ...]:
    champion = next((x.who for x in deal.filled if x.name == "champion"), None)
    whom = champion or centre.rep(file)
    return tuple(
        Question(element.name, Gist(f"question.deal_{element.name}", deal=deal.deal), whom)
        for element in (*deal.contradictions, *deal.gaps)
    )
