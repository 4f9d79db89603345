"""The features a relationship is read from: orders, tenure, growth, terms, adaptations, novelty.

Each function gives evidence, or None where the records cannot say. That nothing is on record is
not taken for knowledge that there is nothing: an empty table of contracts is an unknown contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from assistant.claims import Evidence, Input
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import recorded
from assistant.insight.figures import bought, counted, days_since, number
from assistant.insight.periods import months_between, window
from assistant.insight.revenue import percent_change, total
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile, Revenue

Feature = Literal["orders", "tenure", "contracts", "adaptations", "contacts"]
FEATURES: tuple[Feature, ...] = ("orders", "tenure", "contracts", "adaptations", "contacts")

#: A first order is taken for the beginning if we have talked at least this long before it.
_COURTSHIP = timedelta(days=30)
#: Months of tenure under which three years cannot be compared.
_YOUNG = 36


def known_features(file: AccountFile, thresholds: Thresholds) -> frozenset[Feature]:
    """Which of the five features the records can speak about."""
    known: dict[Feature, bool] = {
        "orders": bool(file.revenue) or nothing_won(file),
        "tenure": tenure(file, thresholds) is not None or nothing_won(file),
        "contracts": bool(file.contracts),
        "adaptations": bool(file.adaptations),
        "contacts": any(file.contacts_of(touch) for touch in file.touches),
    }
    return frozenset(name for name in FEATURES if known[name])


def dealings(file: AccountFile) -> tuple[Evidence, ...]:
    """What shows that business was done: orders, deals won, contracts, or a customer's word."""
    account = file.account
    shown = [bought(row, f"Bought on {row.on}") for row in sorted(file.revenue, key=_when)[:1]]
    shown += [recorded(deal, "status") for deal in file.opportunities if deal.status == "won"][:1]
    shown += [recorded(contract, "starts_on") for contract in file.contracts[:1]]
    if account.customer_since is not None and account.customer_since <= file.as_of:
        shown.append(recorded(account, "customer_since"))
    if "customer" in (account.type or "").casefold():
        shown.append(recorded(account, "type"))
    return tuple(shown)


def nothing_won(file: AccountFile) -> bool:
    """Whether we know that nothing was ever won: a pipeline is kept, and shows no business."""
    kept = bool(file.opportunities) or "prospect" in (file.account.type or "").casefold()
    return kept and not dealings(file)


def order_days(file: AccountFile) -> Evidence:
    """On how many days they ordered; the lines of one day are one order."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for row in file.revenue:
        by_day[row.on].append(row.ref)
    return counted(
        f"orders:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: orders up to {file.as_of}",
        inputs=[Input("item", day, tuple(sorted(refs))) for day, refs in sorted(by_day.items())],
        unit="orders",
        as_of=file.as_of,
    )


def beginning(file: AccountFile) -> Evidence | None:
    """The day the business began, as far as the records reach."""
    first = min(file.revenue, key=_when, default=None)
    since = file.account.customer_since
    if since is not None and since <= file.as_of and (first is None or since <= first.on):
        return recorded(file.account, "customer_since")
    return bought(first, f"First order on record, {first.on}") if first else None


def tenure(file: AccountFile, thresholds: Thresholds) -> Evidence | None:
    """Days since the business began.

    Records may begin later than the business. So the oldest order counts as the beginning only
    when we talked before it, or when it is old enough for a long-term relationship anyway.
    """
    start = beginning(file)
    if start is None or not isinstance(start.value, date):
        return None
    began = start.value
    old_enough = months_between(began, file.as_of) >= thresholds.long_term_months
    if file.account.customer_since is None and not old_enough and not _courted(file, began):
        return None
    return days_since(
        f"tenure:{file.account.id}:{file.as_of}",
        title=f"{file.account.name}: a customer since {began}",
        event=start,
        on=began,
        today=file.as_of,
    )


def tenure_months(file: AccountFile, thresholds: Thresholds) -> int | None:
    """Whole months since the business began."""
    days = number(tenure(file, thresholds))
    if days is None:
        return None
    return months_between(file.as_of - timedelta(days=int(days)), file.as_of)


def growth(file: AccountFile, thresholds: Thresholds) -> tuple[bool | None, tuple[Evidence, ...]]:
    """Whether revenue rose twice running, with the two rises.

    Years are compared with years, so that a season is not taken for growth; in a relationship
    too young for three years, short periods in a row will do. None: no two steps to compare.
    """
    age = tenure_months(file, thresholds)
    lengths = (12, thresholds.period_months) if age is not None and age < _YOUNG else (12,)
    runs = [_run(file, thresholds, months) for months in lengths]
    for met, steps in runs:
        if met:
            return True, steps
    failed = [steps for met, steps in runs if met is False]
    return (False, failed[0]) if failed and age is not None else (None, ())


def agreements(file: AccountFile) -> tuple[Evidence, ...]:
    """Contracts that run, or that were renewed at least once."""
    shown = []
    for contract in sorted(file.contracts, key=lambda row: row.id):
        if contract.renewals:
            shown.append(recorded(contract, "renewals"))
        if contract.ends_on is None or contract.ends_on >= file.as_of:
            shown.append(recorded(contract, "ends_on" if contract.ends_on else "name"))
    return tuple(shown)


def adaptations(file: AccountFile) -> tuple[Evidence, ...]:
    """What either side changed for the other, oldest first."""
    rows = sorted(file.adaptations, key=lambda row: (str(row.made_on), row.id))
    return tuple(recorded(row, "description") for row in rows)


def newest_stakeholder(file: AccountFile) -> Evidence | None:
    """The touch in which we met somebody of theirs for the first time, most recently."""
    first: dict[str, Evidence] = {}
    for touch in centre.touches(file):
        for person in file.contacts_of(touch):
            title = f"First touch with {person.name}"
            first.setdefault(person.id, recorded(touch, "occurred_at", title=title))
    return _newest(first.values())


def newest_product(file: AccountFile) -> Evidence | None:
    """The order in which they bought a product for the first time, most recently."""
    first: dict[str, Evidence] = {}
    for row in sorted(file.revenue, key=_when):
        if row.product_id is not None:
            product = file.catalogue.products.get(row.product_id)
            title = f"First order of {product.name if product else row.product_id}"
            first.setdefault(row.product_id, bought(row, title))
    return _newest(first.values())


def newest_term(file: AccountFile) -> Evidence | None:
    """The most recent adaptation or new contract. A renewal brings no new term by itself."""
    terms = [recorded(row, "made_on") for row in file.adaptations if row.made_on]
    terms += [
        recorded(row, "starts_on") for row in file.contracts if row.starts_on and not row.renewals
    ]
    return _newest(terms)


def _run(
    file: AccountFile, thresholds: Thresholds, months: int
) -> tuple[bool | None, tuple[Evidence, ...]]:
    spans = [window(file.as_of, months, back=months * age) for age in range(3)]
    sums = [total(file, span, f"growth_{months}") for span in spans]
    steps: list[Evidence] = []
    for latest, earlier in pairwise(sums):
        if not number(earlier):
            return None, tuple(steps)
        step = percent_change(latest, earlier)
        if (number(step) or 0) < thresholds.growth_percent:
            return False, (*steps, step)
        steps.append(step)
    return True, tuple(steps)


def _courted(file: AccountFile, began: date) -> bool:
    days = [touch.occurred_at.date() for touch in file.touches if touch.occurred_at]
    days += [deal.created_on for deal in file.opportunities if deal.created_on]
    return any(day <= began - _COURTSHIP for day in days)


def _newest(events: Iterable[Evidence]) -> Evidence | None:
    return max(events, key=lambda event: (str(event.dated), event.ref), default=None)


def _when(row: Revenue) -> tuple[date, str]:
    return (row.on, row.ref)
