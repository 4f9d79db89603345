"""Deals that were lost, to anybody or to one rival, with the reasons of both sides."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims import Claim, Input
from assistant.conversation.intents.tallies import at_once, counted, not_listed, span_of
from assistant.conversation.matter import Matter
from assistant.drafting.plan.market import lesson
from assistant.insight.evidence import recorded
from assistant.insight.win_loss import ClosedDeal, closed_deals
from knowledge.records import AccountFile
from knowledge.records.tables import Competitor

Lost = tuple[AccountFile, ClosedDeal]


def lost(matter: Matter) -> Iterator[Claim]:
    """How many deals were lost and why each, to the rival and in the days asked for, if any."""
    rival = matter.inquiry.rival
    catalogue = matter.office.ledger.catalogue(matter.viewer)
    row = catalogue.competitors.get(rival.id) if rival else None
    found = [one for one in _lost(matter) if row is None or one[1].rival == row.name]
    count = _count(matter, found, row)
    if matter.inquiry.account:
        count = _at(matter, matter.brief.file, count)
    yield count
    for file, deal in at_once(found):
        told = lesson(matter.brief_of(file.account.id), deal)
        yield _at(matter, file, told)
    rest = found[len(at_once(found)) :]
    yield from not_listed(matter, [(file, _input(deal)) for file, deal in rest])


def _count(matter: Matter, found: list[Lost], rival: Competitor | None) -> Claim:
    pen, period = matter.voice, matter.inquiry.period
    inputs = [_input(deal) for _, deal in found]
    if rival is not None:
        if not found:
            return pen.unknown("say.none_lost_to", rival=rival.name)
        count = counted(f"lost to {rival.name}", inputs, matter.day, "deal")
        name = recorded(rival, "name")
        return pen.fact("say.lost_to", count, name, rival=rival.name, count=len(found))
    count = counted("lost", inputs, matter.day, "deal")
    if period is None:
        return pen.fact("say.lost", count, count=len(found))
    start, end = period.window.start, period.window.end
    days = span_of(start, end)
    return pen.fact("say.lost_from", count, days, count=len(found), start=start, end=end)


def _at(matter: Matter, file: AccountFile, claim: Claim) -> Claim:
    """A sentence with the account that it is about in front."""
    text = matter.voice.say("team.for", account=file.account.name, what=claim.text)
    return Claim(text, claim.kind, (*claim.evidence, recorded(file.account, "name")))


def _input(deal: ClosedDeal) -> Input:
    return Input("deal", deal.name, (f"{deal.ref}#status",))


def _lost(matter: Matter) -> list[Lost]:
    """Deals lost, the latest first."""
    files = [matter.brief.file] if matter.inquiry.account else matter.files
    period = matter.inquiry.period
    rows = [(f, deal) for f in files for deal in closed_deals(f) if deal.status == "lost"]
    if period is not None:
        rows = [one for one in rows if one[1].closed_on in period.window]
    return sorted(rows, key=lambda one: str(one[1].closed_on or ""), reverse=True)


OVERALL = {"lost_to": lost, "lost_deals": lost}
