"""Promises, deals, agreements and complaints of all accounts the asker sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from assistant.claims import Claim, Input
from assistant.conversation.intents.deals import total as pipeline
from assistant.conversation.intents.tallies import (
    LISTED,
    counted,
    many_asked,
    section,
    span_of,
    until_asked,
)
from assistant.conversation.matter import Matter
from assistant.insight import buying_centre as centre
from assistant.insight.cases import cases
from assistant.insight.evidence import excerpt, recorded
from assistant.insight.figures import in_ours, number
from assistant.insight.promises import promises
from assistant.insight.win_loss import closed_deals, summary
from knowledge.records import AccountFile
from knowledge.records.tables import Opportunity


def all_promises(matter: Matter) -> Iterator[Claim]:
    """Everything overdue that we owe, the oldest first, with the account."""
    pen, rules = matter.voice, matter.office.rules
    late = []
    for file in matter.files:
        values = promises(file, rules).values
        some = [*values["promises"], *values["requests"]]
        late += [(file, one) for one in some if one.status == "overdue"]
    late.sort(key=lambda each: (str(each[1].due_on), each[1].ref))
    inputs = [Input("promise", one.text, (f"{one.ref}#text",)) for _, one in late]
    count = counted("overdue", inputs, matter.day, "promise")
    yield pen.fact("say.all_overdue", count, count=len(late))
    for file, one in late[:LISTED]:
        owner = next((row for row in file.commitments if row.ref == one.ref), None)
        yield pen.fact(
            "say.late_at",
            *one.evidence,
            recorded(file.account, "name"),
            *((recorded(owner, "owner_name"),) if owner and owner.owner_name else ()),
            account=file.account.name,
            what=one.text,
            who=one.owner or (file.owner.name if file.owner else pen.word("word.team")),
            due=one.due_on or matter.day,
            days=one.days,
        )


def owes(matter: Matter) -> Iterator[Claim]:
    """Who of ours owes what is overdue, most first."""
    claims = section(matter, "promises")
    yield from claims
    if not claims:
        yield from all_promises(matter)


def biggest_deals(matter: Matter) -> Iterator[Claim]:
    """Open deals by value, or those that close in the days asked for; and what all add up to."""
    pen, period = matter.voice, matter.inquiry.period
    rows = [(file, deal) for file in matter.files for deal in centre.open_deals(file)]
    until = until_asked(matter)
    shown = rows
    if until is not None:
        shown = [(f, d) for f, d in rows if d.closes_on and matter.day <= d.closes_on <= until]
    del period
    shown = sorted(shown, key=lambda one: -_value(*one))
    added = pipeline(shown, "all", None)
    inputs = [Input("deal", deal.name, (f"{deal.ref}#status",)) for _, deal in shown]
    count = counted("deals", inputs, matter.day, "deal")
    if until is None:
        yield pen.fact(
            "say.pipeline",
            count,
            added,
            count=len(shown),
            total=pen.money(number(added) or Decimal(0)),
        )
    else:
        yield pen.fact(
            "say.closing",
            count,
            added,
            span_of(matter.day, until),
            count=len(shown),
            total=pen.money(number(added) or Decimal(0)),
            day=until,
        )
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
    """Agreements that end within the days a renewal is prepared, the next first."""
    pen = matter.voice
    until = until_asked(matter) or matter.day + timedelta(days=matter.office.rules.renewal_days)
    rows = [
        (file, row)
        for file in matter.files
        for row in file.contracts
        if row.ends_on and matter.day <= row.ends_on <= until
    ]
    rows.sort(key=lambda one: (one[1].ends_on or matter.day, one[1].id))
    inputs = [Input("contract", row.name, (f"{row.ref}#ends_on",)) for _, row in rows]
    count = counted("contracts", inputs, matter.day, "contract")
    yield pen.fact("say.ending", count, span_of(matter.day, until), count=len(rows), day=until)
    for file, row in rows[:LISTED]:
        yield pen.fact(
            "say.contract",
            excerpt(row, "name", "ends_on"),
            recorded(file.account, "name"),
            account=file.account.name,
            contract=row.name,
            day=row.ends_on or until,
        )


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
