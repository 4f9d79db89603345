"""Open deals with value and day, one deal in full, won and lost with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.claims import Claim, Evidence
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.counting import counted
from assistant.drafting.plan.market import lesson_claims
from assistant.drafting.plan.work import deal_claims
from assistant.drafting.wording import inline
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt
from assistant.insight.figures import cited, in_ours, number, summed
from knowledge.records import AccountFile
from knowledge.records.tables import Opportunity


def deals(matter: Matter) -> Iterator[Claim]:
    """How many deals are open and what they add up to; then each."""
    brief, pen = matter.brief, matter.voice
    found = centre.open_deals(brief.file)
    count = counted(
        brief,
        f"open_deals:{brief.file.account.id}:{brief.as_of}",
        "deal",
        [(row.name, [f"{row.ref}#status"]) for row in found],
        title=f"Open deals with {brief.name}",
    )
    if not found:
        yield pen.inference("say.no_deals", count, account=brief.name)
        return
    added = total([(brief.file, deal) for deal in found], brief.name, brief)
    yield pen.fact(
        "say.deals",
        count,
        added,
        account=brief.name,
        count=len(found),
        total=pen.money(number(added) or Decimal(0)),
    )
    yield from (claim for claim in deal_claims(brief) if claim.kind == "fact")
    yield from (claim for claim in deal_claims(brief) if claim.kind != "fact")


def deal(matter: Matter) -> Iterator[Claim]:
    """One deal: value, closing day, stage, next step, who argues for it, what is lacking."""
    brief, pen = matter.brief, matter.voice
    row = chosen(matter)
    if row is None:
        yield from deals(matter)
        return
    if row.status != "open":
        key = f"say.deal_{row.status}"
        said: dict[str, str | Decimal] = {"deal": row.name}
        amount = in_ours(row, "amount", brief.file.catalogue)
        evidence: list[Evidence] = [excerpt(row, "name", "status", "closes_on")]
        if amount is not None and row.closes_on is not None:
            evidence.append(amount)
            said["amount"] = pen.money(number(amount) or Decimal(0))
            yield pen.fact(key, *evidence, day=row.closes_on, **said)
        yield from (claim for claim in lesson_claims(brief) if row.name in claim.text)
        return
    claims = [claim for claim in deal_claims(brief) if row.name in claim.text]
    yield from claims[:1]
    if row.stage:
        key = "say.deal_stage" if row.probability is None else "say.deal_stage_odds"
        odds = {} if row.probability is None else {"odds": pen.percent(row.probability)}
        yield pen.fact(
            key,
            excerpt(row, "name", "stage", "probability"),
            deal=row.name,
            stage=row.stage,
            **odds,
        )
    if row.next_step:
        step = inline(row.next_step)
        yield pen.fact("say.deal_next", excerpt(row, "name", "next_step"), deal=row.name, step=step)
    if row.meddpicc_champion:
        words = row.meddpicc_champion.strip().rstrip(".")
        shown = excerpt(row, "name", "meddpicc_champion")
        yield pen.fact("say.deal_champion", shown, deal=row.name, words=words)
    yield from claims[1:]


def chosen(matter: Matter) -> Opportunity | None:
    """The deal that is meant: the one named, or the only one that is open."""
    file, named = matter.brief.file, matter.inquiry.deal
    if named is not None:
        return next((row for row in file.opportunities if row.id == named.id), None)
    found = centre.open_deals(file)
    return found[0] if len(found) == 1 else None


def win_rate(matter: Matter) -> Iterator[Claim]:
    """Won and lost as counts; a percentage only from the rule's least number on."""
    brief, pen = matter.brief, matter.voice
    found = brief.study["win_loss"]
    values = found.values
    if not values["deals"]:
        yield pen.unknown("say.no_closed", account=brief.name)
        return
    if values["win_rate"] is not None:
        rate = [e for e in found.evidence if e.ref.startswith("computed:win_rate")]
        counts = [e for e in found.evidence if e.formula == "count(deal)"]
        yield pen.fact(
            "say.win_rate",
            *rate,
            *counts[:3],
            account=brief.name,
            rate=pen.percent(values["win_rate"]),
            won=values["won"],
            n=values["n"],
        )
    yield from lesson_claims(brief)
    if values["win_rate"] is None:
        least = brief.study.thresholds.lessons_minimum
        yield Claim(pen.say("say.too_few_closed", least=str(least)), "unknown")


def why_lost(matter: Matter) -> Iterator[Claim]:
    """The buyer's reason apart from ours, the deal that was asked for first."""
    brief, pen = matter.brief, matter.voice
    if not brief.study["win_loss"].values["lost"]:
        yield pen.unknown("say.none_lost", account=brief.name)
        return
    claims = list(lesson_claims(brief))
    named = matter.inquiry.deal
    row = next((d for d in brief.file.opportunities if named and d.id == named.id), None)
    reasons, counts = claims[1:], claims[:1]
    if row is not None:
        reasons.sort(key=lambda claim: row.name not in claim.text)
    yield from (*reasons, *counts)


def total(
    rows: Sequence[tuple[AccountFile, Opportunity]], name: str, brief: Brief | None
) -> Evidence:
    """What some deals add up to, in our currency."""
    amounts = [in_ours(deal, "amount", file.catalogue) for file, deal in rows]
    currency = rows[0][0].catalogue.currency if rows else "EUR"
    subject = brief.file.account.id if brief else "all"
    return summed(
        f"pipeline:{subject}:{len(rows)}",
        title=f"Open deals: {name}",
        inputs=[cited("amount", one) for one in amounts if one is not None],
        unit=currency,
        as_of=None,
    )


WRITERS = {"deals": deals, "deal": deal, "win_rate": win_rate, "why_lost": why_lost}
