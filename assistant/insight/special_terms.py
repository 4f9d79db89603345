"""Special terms: what of an account's open deals and standing terms a policy may bind.

A request is a discount of a deal, a discount of one of its lines, or a term somebody asked
approval for. What was asked for deals that are closed, and was decided or has lapsed, is history.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import Evidence
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import computed, recorded
from assistant.insight.figures import TENTH, cited, number
from assistant.insight.grid import family_of
from assistant.insight.limits import granted, lapses, pending
from assistant.thresholds import Thresholds
from knowledge.records import AccountFile
from knowledge.records.tables import Approval, Opportunity, OpportunityLine

DISCOUNT = "discount_percent"


@dataclass(frozen=True)
class Request:
    """A value asked for under a subject of the policy, with where it stands on record."""

    subject: str
    value: Decimal
    evidence: Evidence
    deal: Opportunity | None = None
    family: str | None = None
    product: str | None = None
    asked: Approval | None = None

    @property
    def deal_id(self) -> str | None:
        """The deal its approvals name; a term may outlive the deal it was asked for."""
        if self.asked is not None:
            return self.asked.opportunity_id
        return self.deal.id if self.deal else None


def special_terms(file: AccountFile, thresholds: Thresholds) -> tuple[Request, ...]:
    """Everything a limit may bind, deal by deal, standing terms last."""
    deals = centre.open_deals(file)
    found = [request for deal in deals for request in _of_deal(file, deal)]
    return (*found, *_standing(file, thresholds, {deal.id for deal in deals}))


def _of_deal(file: AccountFile, deal: Opportunity) -> list[Request]:
    lines = sorted(
        (line for line in file.lines if line.opportunity_id == deal.id), key=lambda line: line.id
    )
    found = [request for line in lines if (request := _of_line(file, deal, line)) is not None]
    if deal.discount_percent:
        families = {family_of(file, line.product_id) for line in lines} or {
            family_of(file, deal.product_id)
        }
        only = next(iter(families)) if len(families) == 1 else None
        shown = recorded(deal, DISCOUNT)
        found.insert(0, Request(DISCOUNT, deal.discount_percent, shown, deal, only))
    return found + _asked_for(file, deal, discounted=bool(found))


def _of_line(file: AccountFile, deal: Opportunity, line: OpportunityLine) -> Request | None:
    shown = _discount_of(line)
    value = number(shown)
    if shown is None or not value or value < 0:
        return None
    product = file.catalogue.products.get(line.product_id or "")
    return Request(
        DISCOUNT,
        value,
        shown,
        deal,
        family_of(file, line.product_id),
        product.name if product else line.product_id,
    )


def _discount_of(line: OpportunityLine) -> Evidence | None:
    """A line's discount as recorded, else from its list price and its price, in per cent."""
    if line.discount_percent is not None:
        return recorded(line, DISCOUNT)
    if not line.list_price or line.unit_price is None:
        return None
    return computed(
        f"discount:{line.id}",
        title=f"Discount of line {line.id}",
        value=((line.list_price - line.unit_price) / line.list_price * 100).quantize(TENTH),
        unit="%",
        formula="round((list - price) / list * 100, 1)",
        inputs=[
            cited("list", recorded(line, "list_price")),
            cited("price", recorded(line, "unit_price")),
        ],
    )


def _asked_for(file: AccountFile, deal: Opportunity, *, discounted: bool) -> list[Request]:
    """The newest request of each subject on a deal; a discount stands in the deal already."""
    newest: dict[str, Approval] = {}
    for row in sorted(file.approvals, key=lambda row: (str(row.requested_on), row.id)):
        if row.opportunity_id == deal.id and row.value is not None and _alive(row):
            newest[row.subject] = row
    return [
        _asked(row, deal)
        for subject, row in sorted(newest.items())
        if not (subject == DISCOUNT and discounted)
    ]


def _standing(
    file: AccountFile, thresholds: Thresholds, open_deals: set[str]
) -> tuple[Request, ...]:
    """Terms that are asked for, or run, beside any open deal."""
    rows = (
        row
        for row in file.approvals
        if row.opportunity_id not in open_deals and row.value is not None
    )
    living = [
        row for row in rows if pending(row) or (granted(row) and _runs(file, thresholds, row))
    ]
    return tuple(
        _asked(row, None) for row in sorted(living, key=lambda r: (str(r.requested_on), r.id))
    )


def _asked(row: Approval, deal: Opportunity | None) -> Request:
    return Request(row.subject, row.value or Decimal(0), recorded(row, "value"), deal, asked=row)


def _alive(row: Approval) -> bool:
    return pending(row) or granted(row)


def _runs(file: AccountFile, thresholds: Thresholds, row: Approval) -> bool:
    last = lapses(row, thresholds)
    return last is None or last >= file.as_of
