"""Whether we call only when there is something to sell.

The share of touches that fall inside an open opportunity. Where some deal was open nearly all
the time, every touch falls inside one and the share proves nothing: then no conclusion is drawn.
Source of the idea: Sathoff (2007); both limits are the one default of ours, `selling_share`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed
from assistant.insight.periods import Window, window
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Activity, Opportunity


@dataclass(frozen=True)
class Selling:
    """`share` is the % of touches, `days_share` the % of days, inside an open opportunity."""

    share: Decimal
    days_share: Decimal
    only: bool
    evidence: tuple[Evidence, ...]


def selling_share(file: AccountFile, thresholds: Thresholds) -> Selling | None:
    """The share over `rhythm_months`; None under `rhythm_touches` touches."""
    span = window(file.as_of, thresholds.rhythm_months)
    touches = centre.recent(file, centre.touches(file), thresholds.rhythm_months)
    if len(touches) < thresholds.rhythm_touches:
        return None
    spans = _spans(file)
    inside = [(touch, deal) for touch in touches if (deal := _deal_of(touch, spans)) is not None]
    share = _share_of_touches(file, touches, inside)
    days = _share_of_days(file, span, spans)
    a, b = Decimal(str(share.value)), Decimal(str(days.value))
    only = a >= thresholds.selling_share > b
    return Selling(a, b, only, (share, days))


def _spans(file: AccountFile) -> list[tuple[Window, Opportunity]]:
    """When each deal was open; one without a day of creation cannot be placed."""
    spans = []
    for deal in sorted(file.opportunities, key=lambda deal: (str(deal.created_on), deal.id)):
        end = file.as_of if deal.status == "open" else deal.closes_on
        if deal.created_on is not None and end is not None:
            spans.append((Window(deal.created_on, end), deal))
    return spans


def _deal_of(touch: Activity, spans: list[tuple[Window, Opportunity]]) -> Opportunity | None:
    return next((deal for span, deal in spans if centre.day(touch) in span), None)


def _share_of_touches(
    file: AccountFile,
    touches: tuple[Activity, ...],
    inside: list[tuple[Activity, Opportunity]],
) -> Evidence:
    return computed(
        f"selling_share:{file.account.id}:{file.as_of}",
        title=f"Touches with {file.account.name} while a deal was open",
        value=(Decimal(len(inside)) / len(touches) * 100).quantize(Decimal("0.1")),
        unit="%",
        formula="round(count(inside) / count(touch) * 100, 1)",
        inputs=[
            *(
                Input("inside", t.subject, (f"{t.ref}#occurred_at", f"{d.ref}#created_on"))
                for t, d in inside
            ),
            *(Input("touch", t.subject, (f"{t.ref}#occurred_at",)) for t in touches),
        ],
        as_of=file.as_of,
    )


def _share_of_days(
    file: AccountFile, span: Window, spans: list[tuple[Window, Opportunity]]
) -> Evidence:
    stretches = _merged(span, spans)
    covered = sum(stretch.days for stretch, _ in stretches)
    return computed(
        f"selling_days:{file.account.id}:{file.as_of}",
        title=f"Days on which a deal with {file.account.name} was open",
        value=(Decimal(covered) / span.days * 100).quantize(Decimal("0.1")),
        unit="%",
        formula="round(sum(open_days) / all_days * 100, 1)",
        inputs=[
            *(Input("open_days", stretch.days, refs, "days") for stretch, refs in stretches),
            Input("all_days", span.days, (), "days"),
        ],
        as_of=file.as_of,
    )


def _merged(
    span: Window, spans: list[tuple[Window, Opportunity]]
) -> list[tuple[Window, tuple[str, ...]]]:
    """The stretches of a window in which some deal was open, none counted twice."""
    merged: list[tuple[Window, tuple[str, ...]]] = []
    for one, deal in spans:
        start, end = max(one.start, span.start), min(one.end, span.end)
        refs = (f"{deal.ref}#created_on", f"{deal.ref}#closes_on")
        if start > end:
            continue
        if merged and start <= _after(merged[-1][0].end):
            before, earlier = merged[-1]
            merged[-1] = (Window(before.start, max(before.end, end)), (*earlier, *refs))
        else:
            merged.append((Window(start, end), refs))
    return merged


def _after(day: date) -> date:
    return day + timedelta(days=1)
