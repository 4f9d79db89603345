"""Revenue: what an account bought, window by window, and whether it falls or grows.

Revenue is invoiced orders; in a workspace without orders, deals won on the day they closed.
Amounts in other currencies are turned into ours at the rates of `liaison.toml`; a row without
a rate is left out and said to be.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.claims import Evidence, Finding, Gist, Input, Question
from assistant.insight.evidence import computed
from assistant.insight.figures import amounts, summed
from assistant.insight.periods import Window, window
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile

RULE = "revenue"


def revenue(file: AccountFile, thresholds: Thresholds) -> Finding:
    """Revenue of the last twelve months against the twelve before, and the run of short periods.

    Outcome: `none`, `new`, `falling`, `growing` or `steady` (within ± `decline_percent`).
    """
    now, before = window(file.as_of, 12), window(file.as_of, 12, back=12)
    latest, earlier = total(file, now, "revenue"), total(file, before, "revenue_before")
    a, b = amount(latest), amount(earlier)
    change = percent_change(latest, earlier) if b else None
    last = max((row.on for row in file.revenue), default=None)
    return Finding(
        rule=RULE,
        subject=file.account.id,
        outcome=_outcome(a, b, Decimal(thresholds.decline_percent)),
        values={"latest": a, "before": b, "change": change and change.value, "last": last},
        evidence=tuple(e for e in (latest, earlier, change) if e is not None),
        thresholds={"decline_percent": thresholds.decline_percent},
        questions=_unconverted(file),
    )


def total(file: AccountFile, span: Window, name: str) -> Evidence:
    """What the account bought in a window, in our currency, with the rows it was added from."""
    rows = [row for row in file.revenue if row.on in span]
    return summed(
        f"{name}:{file.account.id}:{span.start}:{span.end}",
        title=f"{file.account.name}: {file.catalogue.revenue_basis}, {span.start} to {span.end}",
        inputs=amounts(rows, file.catalogue),
        unit=file.catalogue.currency,
        as_of=span.end,
    )


def percent_change(latest: Evidence, earlier: Evidence) -> Evidence:
    """The change between two totals, in per cent to one place; the earlier one is not zero."""
    a, b = amount(latest), amount(earlier)
    share = ((a - b) / b * 100).quantize(Decimal("0.1"))
    return computed(
        f"change:{latest.ref.removeprefix('computed:')}",
        title=f"Change: {latest.title.split(':')[0]}",
        value=share,
        unit="%",
        formula="round(percent_change(before, latest), 1)",
        inputs=[
            Input("before", b, earlier.refs, earlier.unit),
            Input("latest", a, latest.refs, latest.unit),
        ],
        as_of=latest.dated,
    )


def amount(evidence: Evidence) -> Decimal:
    """The amount behind a total."""
    return evidence.value if isinstance(evidence.value, Decimal) else Decimal(0)


def _outcome(latest: Decimal, before: Decimal, limit: Decimal) -> str:
    if not latest and not before:
        return "none"
    if not before:
        return "new"
    change = (latest - before) / before * 100
    if change <= -limit:
        return "falling"
    return "growing" if change >= limit else "steady"


def _unconverted(file: AccountFile) -> tuple[Question, ...]:
    codes = {row.currency for row in file.revenue} - {file.catalogue.currency}
    missing = sorted(code for code in codes if code not in file.catalogue.rates)
    return tuple(
        Question("currency", Gist("question.rate", code=code, currency=file.catalogue.currency))
        for code in missing
    )
