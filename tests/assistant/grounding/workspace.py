"""A small workspace of sources, and true claims over them in the style of account plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.claims import Claim, ClaimKind, Evidence, Input, Value
from assistant.grounding import Ground
from knowledge.records.references import Reference

AS_OF = date(2026, 9, 30)
COMPANY = ("Varnholt", "Varnholt GmbH", "MEDDPICC")


@dataclass
class Shelf:
    """Grounds in a dictionary: what a viewer may see, by `kind:id@version`."""

    sources: dict[str, Ground] = field(default_factory=dict)

    def find(self, ref: str) -> Ground | None:
        parts = Reference.parse(ref)
        return self.sources.get(f"{parts.source}@{parts.version}") if parts else None

    def expect(self, refs: Iterable[str]) -> None:
        """All of them are at hand."""

    def put(self, ref: str, ground: Ground) -> None:
        self.sources[ref] = ground


@dataclass(frozen=True)
class Case:
    """A true claim and the account whose draft it belongs to."""

    claim: Claim
    account: str


@dataclass
class Account:
    """Sources and claims of one customer."""

    shelf: Shelf
    id: str
    name: str
    cases: list[Case] = field(default_factory=list)

    def record(self, kind: str, key: str, field_: str, value: Value, **payload: Any) -> Evidence:
        """One field of a record, put on the shelf with the rest of its payload."""
        ref = f"{kind}:{key}@1"
        stored = dict(payload) | {field_: str(value) if value is not None else None}
        known = self.shelf.sources.get(ref)
        merged = {**(dict(known.payload) if known else {}), **stored}
        title = f"{kind.capitalize()}: {payload.get('name', key)}"
        if known:
            title = known.title
        self.shelf.put(ref, Ground(f"{kind}:{key}", title, "", merged, self.id))
        unit = payload.get("currency") if isinstance(value, Decimal) else None
        quote = "" if value is None else str(value)
        return Evidence("record", f"{ref}#{field_}", title, quote, value=value, unit=unit)

    def passage(self, key: str, title: str, quote: str, before: str = "Notes. ") -> Evidence:
        """A quoted span of a document."""
        ref = f"document:{key}@1"
        known = self.shelf.sources.get(ref)
        text = (known.text if known else before) + quote + "\n"
        self.shelf.put(ref, Ground(f"document:{key}", title, text, {}, self.id))
        start = text.index(quote)
        return Evidence("passage", f"{ref}[{start}:{start + len(quote)}]", title, quote)

    def orders(self, amounts: list[str], title: str, name: str = "revenue") -> Evidence:
        """The sum of some order rows."""
        inputs = []
        for number, amount in enumerate(amounts):
            row = self.record(
                "order", f"{self.id}-{name}-{number}", "amount", Decimal(amount), currency="EUR"
            )
            inputs.append(Input("amount", Decimal(amount), (row.ref,), "EUR"))
        value = sum((Decimal(amount) for amount in amounts), Decimal(0))
        return computed(name, title, value, "EUR", "sum(amount)", inputs)

    def say(self, text: str, *evidence: Evidence, kind: ClaimKind = "fact") -> None:
        """A true claim."""
        self.cases.append(Case(Claim(text, kind, evidence), self.id))


def computed(  # noqa: PLR0917 - a computation has that many parts
    name: str, title: str, value: Value, unit: str | None, formula: str, inputs: list[Input]
) -> Evidence:
    """A computed figure."""
    return Evidence(
        "computed",
        f"computed:{name}",
        title,
        str(value),
        value=value,
        unit=unit,
        formula=formula,
        inputs=tuple(inputs),
    )


def change(before: Evidence, latest: Evidence, name: str) -> Evidence:
    """The change between two totals in per cent."""
    a, b = Decimal(str(before.value)), Decimal(str(latest.value))
    value = round((b - a) / a * 100, 1)
    return computed(
        "change",
        f"Change: {name}",
        value,
        "%",
        "round(percent_change(before, latest), 1)",
        [Input("before", a, before.refs, "EUR"), Input("latest", b, latest.refs, "EUR")],
    )


def days_since(last: date, ref: str, what: str) -> Evidence:
    """Days from a recorded day to the day the draft is for."""
    return computed(
        "gap",
        what,
        (AS_OF - last).days,
        "days",
        "days(last, as_of)",
        [Input("last", last, (ref,)), Input("as_of", AS_OF)],
    )


def workspace() -> tuple[Shelf, list[Case]]:
    """The shelf, and every true claim."""
    from tests.assistant.grounding import stories

    shelf = Shelf()
    cases = list(_cases(shelf, stories.ACCOUNTS))
    return shelf, cases


def _cases(shelf: Shelf, tellers: Any) -> Iterator[Case]:
    for key, name, tell in tellers:
        account = Account(shelf, key, name)
        tell(account)
        yield from account.cases
