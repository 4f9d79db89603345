"""Promises, deals, agreements and complaints of all accounts the asker sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.intents.deals import total as pipeline
from assistant.conversation.intents.tallies import (
    LISTED,
    ahead_asked,
    at_once,
    counted,
    many_asked,
    not_listed,
    section,
    span_of,
)
from assistant.conversation.matter import Matter
from assistant.drafting.pen import Told
from assistant.insight import buying_centre as centre
from assistant.insight.cases import cases
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.figures import in_ours, number
from assistant.insight.periods import Window
from assistant.insight.promises import Promise, promises
from assistant.insight.win_loss import closed_deals, summary
from knowledge.records import AccountFile
from knowledge.records.tables import Opportunity


def all_promises(matter: Matter) -> Iterator[Claim]:
    """Everything overdue that we owe, the oldest first, with the account; the rest by account.

    Who asks for their own gets their own.
    """
    pen, rules = matter.voice, matter.office.rules
    late = []
    for file in matter.files:
        values = promises(file, rules).values
        some = [*values["promises"], *values["requests"]]
        late += [(file, one) for one in some if one.status == "overdue"]
    mine = matter.viewer.user_id is not None and _asks_own(matter)
    if mine:
        late = [each for each in late if _who(matter, *each) == matter.viewer.name]
    late.sort(key=lambda each: (str(each[1].due_on), each[1].ref))
    inputs = [Input("promise", one.text, (f"{one.ref}#text",)) for _, one in late]
    count = counted("overdue", inputs, matter.day, "promise")
    if mine:
        who = matter.viewer.name
        yield pen.fact("say.own_overdue", count, *_asker(matter), who=who, count=len(late))
    else:
        yield pen.fact("say.all_overdue", count, count=len(late))
    shown = at_once(late)
    for file, one in shown:
        owner = next((row for row in file.commitments if row.ref == one.ref), None)
        yield pen.fact(
            "say.late_at",
            *one.evidence,
            recorded(file.account, "name"),
            *((recorded(owner, "owner_name"),) if owner and owner.owner_name else ()),
            account=file.account.name,
            what=one.text,
            who=_who(matter, file, one),
            due=one.due_on or matter.day,
            days=one.days,
        )
    files = [file for file, _ in late]
    yield from not_listed(matter, list(zip(files, inputs, strict=True))[len(shown) :])


def _asks_own(matter: Matter) -> bool:
    """“What do I owe?”, and not “what do we owe?”."""
    own = r"\b(?:i|my|ich|mein\w*|я|мо[ийея]\w*|мне)\b"
    return re.search(own, matter.inquiry.masked) is not None


def _who(matter: Matter, file: AccountFile, one: Promise) -> str:
    owner = file.owner.name if file.owner else matter.voice.word("word.team")
    return one.owner or owner


def _asker(matter: Matter) -> tuple[Evidence, ...]:
    """The asker's own name, where a record has it."""
    user = matter.office.ledger.catalogue(matter.viewer).users.get(matter.viewer.user_id or "")
    return (recorded(user, "name"),) if user is not None else ()


def owes(matter: Matter) -> Iterator[Claim]:
    """Who of ours owes what is overdue, most first."""
    claims = section(matter, "promises")
    yield from claims
    if not claims:
        yield from all_promises(matter)


def biggest_deals(matter: Matter) -> Iterator[Claim]:
    """Open deals by value, or those that close in the days asked for; and what all add up to."""
    pen, ahead = matter.voice, ahead_asked(matter)
    rows = [(file, deal) for file in matter.files for deal in centre.open_deals(file)]
    shown = rows
    if ahead is not None:
        shown = [(f, d) for f, d in rows if d.closes_on and d.closes_on in ahead]
    shown = sorted(shown, key=lambda one: -_value(*one))
    added = pipeline(shown, "all", None)
    inputs = [Input("deal", deal.name, (f"{deal.ref}#status",)) for _, deal in shown]
    evidence = [counted("deals", inputs, matter.day, "deal"), added]
    said: dict[str, Told] = {"count": len(shown), "total": pen.money(number(added) or Decimal(0))}
    if ahead is None:
        yield pen.fact("say.pipeline", *evidence, **said)
    elif ahead.start <= matter.day:
        days = span_of(matter.day, ahead.end)
        yield pen.fact("say.closing", *evidence, days, day=ahead.end, **said)
    else:
        days = span_of(ahead.start, ahead.end)
        said |= {"start": ahead.start, "day": ahead.end}
        yield pen.fact("say.closing_between", *evidence, days, **said)
    for file, deal in shown[: many_asked(matter)]:
        money = in_ours(deal, "amount", file.catalogue)
        if money is not None and deal.closes_on is not None:
            yield pen.fact(
                "say.deal_at",
                excerpt(deal, "name", "status", "closes_on"),
                money,
                recorded(file.account, "name"),
                account=file.account.name,
                deal=deal.name,
                amount=pen.money(number(money) or Decimal(0)),
                day=deal.closes_on,
            )


def ending_contracts(matter: Matter) -> Iterator[Claim]:
    """Agreements that end in the days asked for, or while a renewal is prepared, next first."""
    pen, renewal = matter.voice, timedelta(days=matter.office.rules.renewal_days)
    ahead = ahead_asked(matter) or Window(matter.day, matter.day + renewal)
    rows = [
        (file, row)
        for file in matter.files
        for row in file.contracts
        if row.ends_on and row.ends_on in ahead
    ]
    rows.sort(key=lambda one: (one[1].ends_on or matter.day, one[1].id))
    inputs = [Input("contract", row.name, (f"{row.ref}#ends_on",)) for _, row in rows]
    count = counted("contracts", inputs, matter.day, "contract")
    days = span_of(ahead.start, ahead.end)
    said: dict[str, Told] = {"count": len(rows), "day": ahead.end}
    if ahead.start <= matter.day:
        yield pen.fact("say.ending", count, days, **said)
    else:
        yield pen.fact("say.ending_between", count, days, start=ahead.start, **said)
    shown = at_once(rows)
    for file, row in shown:
        yield pen.fact(
            "say.contract",
            excerpt(row, "name", "ends_on"),
            recorded(file.account, "name"),
            account=file.account.name,
            contract=row.name,
            day=row.ends_on or ahead.end,
        )
    files = [file for file, _ in rows]
    yield from not_listed(matter, list(zip(files, inputs, strict=True))[len(shown) :])


def all_cases(matter: Matter) -> Iterator[Claim]:
    """Open complaints everywhere, the serious and old first."""
    pen, rules = matter.voice, matter.office.rules
    found = [(file, one) for file in matter.files for one in cases(file, rules).values["open"]]
    found.sort(key=lambda each: (not each[1].serious, -(each[1].age or 0), each[1].ref))
    inputs = [Input("case", one.subject, (f"{one.ref}#subject",)) for _, one in found]
    count = counted("cases", inputs, matter.day, "case")
    yield pen.fact("say.count_cases", count, count=len(found))
    for file, one in found[:LISTED]:
        yield pen.fact(
            "say.case_at",
            *one.evidence,
            recorded(file.account, "name"),
            account=file.account.name,
            what=one.subject,
            days=one.age or 0,
        )


def win_rate_overall(matter: Matter) -> Iterator[Claim]:
    """Won of closed, over all accounts."""
    pen, rules = matter.voice, matter.office.rules
    deals = tuple(deal for file in matter.files for deal in closed_deals(file))
    found = summary("portfolio", deals, rules, None)
    if found.values["win_rate"] is None:
        least = rules.lessons_minimum
        yield Claim(pen.say("say.too_few_closed", least=str(least)), "unknown")
        return
    rate = [e for e in found.evidence if e.ref.startswith("computed:win_rate")]
    counts = [e for e in found.evidence if e.formula == "count(deal)"]
    yield pen.fact(
        "say.win_rate_all",
        *rate,
        *counts[:3],
        rate=pen.percent(found.values["win_rate"]),
        won=found.values["won"],
        n=found.values["n"],
    )


def _value(file: AccountFile, deal: Opportunity) -> Decimal:
    return number(in_ours(deal, "amount", file.catalogue)) or Decimal(0)


WRITERS = {
    "all_promises": all_promises,
    "owes": owes,
    "biggest_deals": biggest_deals,
    "ending_contracts": ending_contracts,
    "all_cases": all_cases,
    "win_rate_overall": win_rate_overall,
}
