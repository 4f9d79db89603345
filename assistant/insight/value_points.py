"""Points of value: a driver of ours with this customer's own figures put into its formula.

A figure is confirmed when somebody of theirs did so by name; otherwise it is unconfirmed, and
contested when somebody of theirs disagreed. A contested or missing figure makes data to gather
together, never a claim. Source: Anderson, Narus & van Rossum (2006); Anderson, Kumar & Narus
(2007) for contention as a reason to measure together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.claims import Evidence, Input
from assistant.formulas import BadFormula, evaluate, names
from assistant.insight.evidence import computed, recorded
from knowledge.records import AccountFile
from knowledge.records.tables import ValueDriver, ValueInput

Standing = Literal["confirmed", "unconfirmed", "contested", "missing"]
#: From firm to open: a point is as firm as its weakest figure.
_ORDER: tuple[Standing, ...] = ("confirmed", "unconfirmed", "contested", "missing")


@dataclass(frozen=True)
class Figure:
    """One input of a formula, as this customer has it; `value` is None while it is missing."""

    name: str
    value: Decimal | None
    unit: str | None
    standing: Standing
    confirmed_by: str | None = None
    confirmed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Point:
    """A point of difference or parity. `worth` is in `unit`, None unless every figure is there.

    `trouble` tells why a driver cannot be computed at all, such as a formula that does not read.
    """

    driver_id: str
    name: str
    kind: str
    product: str | None
    why_here: str
    formula: str | None
    figures: tuple[Figure, ...]
    standing: Standing
    worth: Decimal | None
    unit: str | None
    proof: str | None
    audience: str | None
    fit: int | None
    trouble: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether this customer has given any figure for it, or it needs none."""
        known = any(figure.value is not None for figure in self.figures)
        return known or (not self.figures and self.standing == "confirmed")

    @property
    def firmness(self) -> int:
        """How far it is from being confirmed: 0 is confirmed, 4 has not even been begun."""
        return _ORDER.index(self.standing) if self.begun else len(_ORDER)


def point(file: AccountFile, driver: ValueDriver, why_here: str, fit: int | None) -> Point:
    """A driver with this customer's figures."""
    parity = (driver.point or "").casefold() == "parity"
    figures: tuple[Figure, ...] = ()
    worth, trouble = None, None
    try:
        figures = _figures_of(file, driver)
        worth = _worth(file, driver, figures)
    except BadFormula as error:
        trouble = str(error)
    product = file.catalogue.products.get(driver.product_id or "")
    said = [name for name in ("name", "formula", "alternative", "proof") if getattr(driver, name)]
    return Point(
        driver_id=driver.id,
        name=driver.name,
        kind="parity" if parity else "difference",
        product=product.name if product else None,
        why_here=why_here,
        formula=driver.formula,
        figures=figures,
        standing="missing" if trouble else _standing(figures, parity=parity),
        worth=Decimal(str(worth.value)) if worth else None,
        unit=driver.unit,
        proof=driver.proof,
        audience=driver.audience,
        fit=fit,
        trouble=trouble,
        evidence=(
            *(recorded(driver, name) for name in said),
            *(e for figure in figures for e in figure.evidence),
            *((worth,) if worth else ()),
        ),
    )


def _standing(figures: tuple[Figure, ...], *, parity: bool) -> Standing:
    """That of the weakest figure. Parity needs none; a difference without any is not shown."""
    if not figures:
        return "confirmed" if parity else "missing"
    return max((figure.standing for figure in figures), key=_ORDER.index)


def _figures_of(file: AccountFile, driver: ValueDriver) -> tuple[Figure, ...]:
    needed = names(driver.formula) if driver.formula else ()
    return tuple(figure for name in needed for figure in _figures(file, driver, name))


def _figures(file: AccountFile, driver: ValueDriver, name: str) -> list[Figure]:
    """This customer's figures under a name: those given for the driver, else for any."""
    rows = [row for row in file.value_inputs if _key(row.name) == _key(name)]
    own = [row for row in rows if row.value_driver_id == driver.id]
    rows = own or [row for row in rows if row.value_driver_id is None]
    if not rows:
        return [Figure(name, None, None, "missing")]
    return [_figure(row, name) for row in sorted(rows, key=lambda row: row.id)]


def _figure(row: ValueInput, name: str) -> Figure:
    standing: Standing = "confirmed" if row.confirmed_by else "unconfirmed"
    fields = ["value", "confirmed_by"] if row.confirmed_by else ["value"]
    if row.contested:
        standing, fields = "contested", [*fields, "contested"]
    evidence = tuple(recorded(row, field) for field in fields)
    evidence = (replace(evidence[0], unit=row.unit), *evidence[1:])
    return Figure(name, row.value, row.unit, standing, row.confirmed_by, row.confirmed_on, evidence)


def _worth(file: AccountFile, driver: ValueDriver, figures: tuple[Figure, ...]) -> Evidence | None:
    if not figures or any(figure.value is None for figure in figures):
        return None
    formula = f"round({driver.formula}, 2)"
    inputs = [
        Input(figure.name, figure.value, (figure.evidence[0].ref,), figure.unit)
        for figure in figures
    ]
    return computed(
        f"value:{driver.id}:{file.account.id}",
        title=f"{driver.name}, {file.account.name}",
        value=evaluate(formula, inputs),
        unit=driver.unit,
        formula=formula,
        inputs=inputs,
        as_of=file.as_of,
    )


def _key(name: str) -> str:
    return re.sub(r"\W+|_+", "_", name.strip().casefold()).strip("_")
