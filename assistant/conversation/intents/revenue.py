"""What an account bought: of any period, its last order, its product families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from assistant.claims import Claim, Evidence, Input
from assistant.conversation.matter import Matter
from assistant.drafting import Brief
from assistant.drafting.pen import Told
from assistant.drafting.plan.numbers import portfolio_claims, revenue_claims
from assistant.drafting.plan.people import decline_claims
from assistant.insight.evidence import computed, excerpt
from assistant.insight.figures import bought
from assistant.insight.periods import Window, months_before, window
from assistant.insight.revenue import amount, percent_change, total

_MOST_FAMILIES = 4


def revenue(matter: Matter) -> Iterator[Claim]:
    """Revenue of the period asked for against the same days a year earlier."""
    period = matter.inquiry.period
    if period is None or period.whole_year:
        yield from revenue_claims(matter.brief.study, matter.voice)
    else:
        yield from of_period(matter, matter.brief, period.window)
    yield from decline_claims(matter.brief)
    brief = matter.brief
    yield from list(portfolio_claims(brief.study, brief.position, matter.voice))[1:2]


def of_period(matter: Matter, brief: Brief, span: Window) -> Iterator[Claim]:
    """What an account bought in some days, and how that compares."""
    file, pen = brief.file, matter.voice
    before = Window(months_before(span.start, 12), months_before(span.end, 12))
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
        yield pen.fact("say.bought", latest, _days(matter, span, latest), **said)
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
        _days(matter, span, latest),
        before=pen.money(amount(earlier)),
        **said,
    )


def _days(matter: Matter, span: Window, latest: Evidence) -> Evidence:
    """The first and last day of the period, which the asker named."""
    return computed(
        f"period:{span.start}:{span.end}",
        title=matter.voice.word("say.period"),
        value=(span.end - span.start).days,
        unit="days",
        formula="days(start, end)",
        inputs=[Input("start", span.start), Input("end", span.end)],
        as_of=latest.dated,
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


def products(matter: Matter) -> Iterator[Claim]:
    """Revenue of twelve months by product family, the largest first."""
    brief, pen = matter.brief, matter.voice
    file, span = brief.file, window(matter.day, 12)
    families: dict[str, list[Input]] = defaultdict(list)
    for row in file.revenue:
        product = file.catalogue.products.get(row.product_id or "")
        ours = file.catalogue.ours(row.amount, row.currency)
        if row.on in span and product is not None and product.family and ours is not None:
            given = Input("amount", ours, (f"{row.ref}#amount",), file.catalogue.currency)
            families[product.family].append(given)
    sums = {name: sum(Decimal(str(i.value)) for i in rows) for name, rows in families.items()}
    for name in sorted(sums, key=lambda one: -sums[one])[:_MOST_FAMILIES]:
        evidence = computed(
            f"family:{name}:{file.account.id}:{matter.day}",
            title=f"{brief.name}, {name}: {span.start} to {span.end}",
            value=Decimal(sums[name]),
            unit=file.catalogue.currency,
            formula="sum(amount)",
            inputs=families[name],
            as_of=matter.day,
        )
        yield pen.fact(
            "say.family",
            evidence,
            account=brief.name,
            family=name,
            amount=pen.money(Decimal(sums[name])),
            day=matter.day,
        )
    yield from revenue_claims(brief.study, pen)


WRITERS = {"revenue": revenue, "orders": orders, "products": products}
