"""What an account bought: of any period, and its last order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.intents.bought import asked_of, of_asked, unheard_of
from assistant.conversation.intents.tallies import span_of
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.pen import Told
from assistant.drafting.plan.numbers import portfolio_claims, revenue_claims
from assistant.drafting.plan.people import decline_claims
from assistant.insight.evidence import computed, excerpt
from assistant.insight.figures import bought
from assistant.insight.periods import Window, months_before, window
from assistant.insight.revenue import amount, percent_change, total


def revenue(matter: Matter) -> Iterator[Claim]:
    """Revenue of the period asked for against the same days a year earlier.

    Where a product is named, its revenue alone. The account's place among the others is that of
    the last twelve months: it is told beside those.
    """
    if (asked := asked_of(matter)) is not None:
        yield from of_asked(matter, asked)
        return
    yield from unheard_of(matter)
    period, brief = matter.inquiry.period, matter.brief
    if period is not None and not period.whole_year:
        yield from of_period(matter, brief, period.window)
        yield from decline_claims(brief)
        return
    yield from revenue_claims(brief.study, matter.voice)
    yield from decline_claims(brief)
    places = portfolio_claims(brief.study, brief.position, matter.voice)
    yield from (one for one in places if any("share:" in e.ref for e in one.evidence))


def of_period(matter: Matter, brief: Brief, span: Window) -> Iterator[Claim]:
    """What an account bought in some days, and how that compares."""
    file, pen = brief.file, matter.voice
    before = Window(months_before(span.start, 12), months_before(span.end, 12))
    asked = span_of(span.start, span.end, matter.voice.word("say.period"))
    latest, earlier = total(file, span, "revenue"), total(file, before, "revenue_before")
    basis = pen.word(f"revenue.basis_{file.catalogue.revenue_basis.split()[-1]}")
    said = {
        "account": brief.name,
        "basis": basis,
        "latest": pen.money(amount(latest)),
        "start": pen.wording.day(span.start),
        "end": pen.wording.day(span.end),
    }
    if not amount(earlier):
        yield pen.fact("say.bought", latest, asked, **said)
        return
    change = percent_change(latest, earlier)
    moved = change.value if isinstance(change.value, Decimal) else Decimal(0)
    key = "more" if moved > 0 else "less" if moved < 0 else "same"
    if moved:
        said["change"] = pen.percent(abs(moved))
    yield pen.fact(
        f"say.bought_{key}",
        latest,
        earlier,
        change,
        asked,
        before=pen.money(amount(earlier)),
        **said,
    )


def orders(matter: Matter) -> Iterator[Claim]:
    """The last order, and how many there were in twelve months."""
    brief, pen = matter.brief, matter.voice
    file = brief.file
    if not file.revenue:
        yield from revenue_claims(brief.study, pen)
        return
    last = max(file.revenue, key=lambda row: (row.on, row.ref))
    ours = file.catalogue.ours(last.amount, last.currency)
    shown = Evidence(
        "record",
        f"{last.ref}#amount",
        brief.name,
        str(last.amount),
        dated=last.on,
        value=last.amount,
        unit=last.currency,
    )
    product = file.catalogue.products.get(last.product_id or "")
    said: dict[str, Told] = {
        "account": brief.name,
        "amount": pen.wording.money(
            ours if ours is not None else last.amount, pen.currency if ours else last.currency
        ),
        "day": last.on,
    }
    if product is not None:
        named = excerpt(product, "name")
        evidence = (bought(last, brief.name), shown, named)
        yield pen.fact("say.last_order_of", *evidence, product=product.name, **said)
    else:
        yield pen.fact("say.last_order", bought(last, brief.name), shown, **said)
    span = window(matter.day, 12)
    rows = [row for row in file.revenue if row.on in span]
    count = computed(
        f"orders:{file.account.id}:{matter.day}",
        title=f"{brief.name}: {span.start} to {span.end}",
        value=len(rows),
        unit="orders",
        formula="count(order)",
        inputs=[Input("order", row.on, (row.ref,)) for row in rows],
        as_of=matter.day,
    )
    yield pen.fact("say.order_count", count, account=brief.name, count=len(rows), day=matter.day)
    yield from revenue_claims(brief.study, pen)


WRITERS = {"revenue": revenue, "orders": orders}
