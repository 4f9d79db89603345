"""The plan's outside: what the customer wants, whom else they could take, what deals teach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims import Claim
from assistant.drafting.brief import Brief
from assistant.drafting.wording import inline
from assistant.insight.alternatives import alternatives
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.win_loss import ClosedDeal

_MOST_MEASURES = 4
_MOST_LESSONS = 4
_MOST_RIVALS = 3
#: “Eva Sandström, plan day 2026-03-17: "OEE 88 by 2028."”: who and when, then the words.
_SAID = re.compile(r"(?P<who>[^\"“”„«»]+): [\"“„«](?P<goal>[^\"“”„«»]+)[\"“”»]")


def customer_claims(brief: Brief) -> Iterator[Claim]:
    """Their goals in their own words, and what the people who decide are measured on."""
    account = brief.file.account
    if account.goals:
        yield from _goals(brief, account.goals)
    else:
        yield brief.pen.unknown("customer.no_goal", account=brief.name)
    measured = [p for p in brief.file.contacts if p.measured_on and p.left_on is None]
    for person in sorted(measured, key=lambda p: p.name)[:_MOST_MEASURES]:
        yield brief.pen.fact(
            "customer.measured",
            excerpt(person, "name", "measured_on"),
            who=person.name,
            what=person.measured_on or "",
        )


def competition_claims(brief: Brief) -> Iterator[Claim]:
    """The next-best alternative by name, what it is good at and where it is not."""
    rivals = alternatives(brief.file)
    if not rivals:
        yield brief.pen.unknown("competition.unknown", account=brief.name)
        return
    for place, rival in enumerate(rivals[:_MOST_RIVALS]):
        key = "competition.next_best" if place == 0 else "competition.also"
        origin = brief.pen.word("origin." + rival.origins[0].replace(" ", "_"))
        yield brief.pen.inference(
            key, *rival.named, account=brief.name, rival=rival.name, origin=origin
        )
        if place == 0:
            for field in ("strengths", "weaknesses"):
                words = getattr(rival, field)
                shown = [e for e in rival.evidence if e.ref.endswith(f"#{field}")]
                if words and shown:
                    yield brief.pen.fact(
                        f"competition.{field}", *shown, rival=rival.name, what=inline(words)
                    )


def lesson_claims(brief: Brief) -> Iterator[Claim]:
    """Won and lost, with the buyer's reason apart from ours."""
    found = brief.study["win_loss"]
    if not found.values["deals"]:
        return
    counts = [e for e in found.evidence if e.formula == "count(deal)"]
    yield brief.pen.fact(
        "lessons.count",
        *[e for e in counts if e.title in {"Deals won", "Deals lost", "Closed deals"}],
        account=brief.name,
        won=found.values["won"],
        lost=found.values["lost"],
    )
    lost = [deal for deal in found.values["deals"] if deal.status == "lost"]
    for deal in lost[:_MOST_LESSONS]:
        yield lesson(brief, deal)


def _goals(brief: Brief, words: str) -> Iterator[Claim]:
    """Their goals with who said each when, where the record keeps the two apart."""
    source, plain = recorded(brief.file.account, "goals"), " ".join(words.split())
    if not _SAID.sub("", plain).strip():
        for said in _SAID.finditer(plain):
            who = said["who"].strip()
            yield brief.pen.fact("customer.said", source, who=who, goal=said["goal"])
    else:
        yield brief.pen.fact("customer.goal", source, account=brief.name, goal=_quoted(words))


def lesson(brief: Brief, deal: ClosedDeal) -> Claim:
    """Why a deal was lost: the buyer's reason apart from ours."""
    values = {"deal": deal.name, "day": deal.closed_on or ""}
    if deal.buyer_reason and deal.rep_reason:
        key = "lessons.agree" if deal.agreement == "same" else "lessons.differ"
        values |= {"buyer": _reason(deal.buyer_reason), "rep": _reason(deal.rep_reason)}
        values["who"] = deal.said_by or ""
    elif deal.buyer_reason:
        key = "lessons.buyer"
        values |= {"buyer": _reason(deal.buyer_reason), "who": deal.said_by or ""}
    elif deal.rep_reason:
        key, values["rep"] = "lessons.rep", _reason(deal.rep_reason)
    else:
        key = "lessons.silent"
    return brief.pen.fact(key, *deal.evidence, **values)


def _reason(words: str) -> str:
    """A reason as it is quoted: the sentence around it brings the full stop."""
    return _quoted(words).rstrip(".")


def _quoted(words: str) -> str:
    """Their words without our quotation marks around theirs."""
    return " ".join(words.split()).strip("\"“”„'«»")
