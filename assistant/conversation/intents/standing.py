"""How an account stands: tier, stage, stance, health, decline, risk, what changed, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from assistant.claims import Claim
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.plan.aims import strength_claims
from assistant.drafting.plan.invest import invest_claims, stop_claims
from assistant.drafting.plan.numbers import portfolio_claims, revenue_claims
from assistant.drafting.plan.people import decline_claims, people_claims, relationship_claims
from assistant.drafting.plan.priorities import first_priorities, other_priorities, sentence
from assistant.drafting.plan.summary import decision, unknown_claims
from assistant.drafting.plan.work import deal_claims, risk_claims
from assistant.drafting.review import account_review
from assistant.insight.changes import difference, snapshot
from assistant.insight.evidence import recorded
from knowledge.records.reviews import last_review


def tier(matter: Matter) -> Iterator[Claim]:
    """Tier, place among the customers, portfolio cell."""
    brief = matter.brief
    claims = list(portfolio_claims(brief.study, brief.position, matter.voice))
    yield from claims
    if not claims:
        yield matter.voice.unknown("say.no_tier", account=brief.name)


def stage(matter: Matter) -> Iterator[Claim]:
    """The stage with what speaks against it."""
    claims = list(relationship_claims(matter.brief))
    if matter.inquiry.masked.startswith(("how long", "since", "wie lange", "seit")):
        yield from claims[:1]
    yield from (*(c for c in claims if c.kind != "fact"), *(c for c in claims if c.kind == "fact"))
    yield from decline_claims(matter.brief)


def stance(matter: Matter) -> Iterator[Claim]:
    """Invest or hold back, where, and what to stop."""
    asks_stop = "stop" in matter.inquiry.masked or "aufh" in matter.inquiry.masked
    stops = list(stop_claims(matter.brief))
    if asks_stop and stops:
        yield from stops
    yield from (
        claim for claim in invest_claims(matter.brief) if claim not in stops or not asks_stop
    )


def health(matter: Matter) -> Iterator[Claim]:
    """Health with its parts, and the decision the records ask for."""
    brief, pen = matter.brief, matter.voice
    found = brief.study["health"]
    claims = list(strength_claims(brief))
    if found.values["score"] is not None:
        shown = [e for e in found.evidence if e.ref.startswith("computed:health:")]
        score = round(found.values["score"])
        yield pen.inference("say.health", *shown, account=brief.name, score=score)
        claims = claims[1:]
    yield from claims
    yield decision(brief)


def decline(matter: Matter) -> Iterator[Claim]:
    """Whether revenue falls, by how much."""
    brief = matter.brief
    yield from decline_claims(brief)
    yield from revenue_claims(brief.study, matter.voice)
    yield from list(portfolio_claims(brief.study, brief.position, matter.voice))[1:2]


def risk(matter: Matter) -> Iterator[Claim]:
    """What could undo it: dependence, ends of contracts, complaints, people, decline."""
    brief = matter.brief
    yield from decline_claims(brief)
    yield from risk_claims(brief)
    weak = [c for c in strength_claims(brief) if c.kind == "inference"]
    yield from weak[-1:]
    yield from (c for c in people_claims(brief) if c.kind == "unknown")
    if brief.priorities:
        yield sentence(brief, brief.priorities[0])


def changes(matter: Matter) -> Iterator[Claim]:
    """What changed since the day asked for, the last saved review, or as the tier looks back."""
    brief, office = matter.brief, matter.office
    account = brief.file.account
    period = matter.inquiry.period
    saved = None
    if period is not None:
        since = period.window.start
    else:
        database = office.workspace.database
        saved = last_review(database, matter.viewer, account.id, matter.day)
        days = brief.study.thresholds.review_days
        back = days.get((account.tier or "").lower(), days[""])
        since = saved.as_of if saved else matter.day - timedelta(days=back)
    earlier = saved.content if saved else office.snapshot(matter.viewer, account.id, since)
    found = difference(earlier, snapshot(brief.file, brief.study.findings.values()))
    section = account_review(brief, found, since).section("changes")
    yield from section.claims if section else ()


def summary(matter: Matter) -> Iterator[Claim]:
    """A minute about an account: the decision, revenue, who decides, deals, what is most urgent."""
    brief = matter.brief
    yield decision(brief)
    yield from revenue_claims(brief.study, matter.voice)
    yield from _stage_only(brief)
    yield from (c for c in deal_claims(brief) if c.kind == "fact")
    if brief.priorities:
        yield sentence(brief, brief.priorities[0])


def priorities(matter: Matter) -> Iterator[Claim]:
    """What to do next, in order, and why in that order."""
    brief = matter.brief
    if not brief.priorities:
        owner = brief.file.account
        yield matter.voice.unknown(
            "say.nothing_urgent", recorded(owner, "name"), account=brief.name
        )
        return
    yield from first_priorities(brief)
    yield from other_priorities(brief)


def unknowns(matter: Matter) -> Iterator[Claim]:
    """What nobody knows, as questions to named people."""
    yield from unknown_claims(matter.brief)


def _stage_only(brief: Brief) -> Iterator[Claim]:
    rules = {e.ref for e in brief.study["life_cycle"].evidence}
    found = (c for c in relationship_claims(brief) if any(e.ref in rules for e in c.evidence))
    yield from chain(list(found)[:1])


WRITERS = {
    "tier": tier,
    "stage": stage,
    "stance": stance,
    "health": health,
    "decline": decline,
    "risk": risk,
    "changes": changes,
    "summary": summary,
    "priorities": priorities,
    "unknowns": unknowns,
}
