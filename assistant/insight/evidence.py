"""How rules point at what they rest on: a field of a record, or a computation over records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from assistant.claims import Evidence, Input, Value
from knowledge.records.tables import Record

#: What stands between the fields of one excerpt.
FIELD_BREAK = " · "

#: The date a person would give a record, by the first of these fields it has.
_DATES = (
    "occurred_at",
    "ordered_on",
    "closes_on",
    "assessed_on",
    "made_on",
    "opened_at",
    "decided_on",
    "requested_on",
    "starts_on",
    "dated",
)


def recorded(row: Record, field: str, *, title: str | None = None) -> Evidence:
    """One field of one record, as it stands.

    Raises:
        AttributeError: the record has no such field: a mistake in the rule, not in the data.
    """
    value = plain(getattr(row, field))
    return Evidence(
        type="record",
        ref=f"{row.ref}#{field}",
        title=title or title_of(row),
        quote="" if value is None else str(value),
        dated=dated(row),
        value=value,
        unit=_unit(row, field) if isinstance(value, Decimal) else None,
    )


def _unit(row: Record, field: str) -> str | None:
    """Per cent by its name; else the record's currency, unless it counts things."""
    if field.endswith("percent"):
        return "%"
    return None if field == "quantity" else getattr(row, "currency", None)


def excerpt(row: Record, *fields: str) -> Evidence:
    """Several fields of one record as one source, those that say something, in their order."""
    told = [(field, plain(getattr(row, field))) for field in fields]
    kept = [(field, value) for field, value in told if value not in {None, ""}]
    return Evidence(
        type="record",
        ref=f"{row.ref}#{'+'.join(field for field, _ in kept)}",
        title=title_of(row),
        quote=FIELD_BREAK.join(str(value) for _, value in kept),
        dated=dated(row),
    )


def computed(
    name: str,
    *,
    title: str,
    value: Value,
    formula: str,
    inputs: Iterable[Input],
    unit: str | None = None,
    as_of: date | None = None,
) -> Evidence:
    """A value with its formula over named inputs; whoever doubts it can do the sum again.

    The formula uses the small language that the grounding room evaluates: `+ - * / ( )`, `sum`,
    `count`, `min`, `max`, `mean`, `median`, `round`, `percent_change(old, new)`, `days(a, b)`.
    An input that is given several times under one name is a list.
    """
    return Evidence(
        type="computed",
        ref=f"computed:{name}",
        title=title,
        quote="" if value is None else str(value),
        dated=as_of,
        value=value,
        unit=unit,
        formula=formula,
        inputs=tuple(inputs),
    )


def ruled(name: str, value: int, unit: str) -> Evidence:
    """A figure that a rule sets rather than a record, such as the length of a period."""
    return computed(
        f"rule:{name}",
        title=f"Rule: {name.replace('_', ' ')}",
        value=value,
        unit=unit,
        formula="setting",
        inputs=[Input("setting", value, (), unit)],
    )


def plain(value: object) -> Value:
    """A record's value as evidence holds it: instants become dates, lists become words."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if value is None or isinstance(value, (str, int, Decimal, date)):
        return value
    return str(value)


def dated(row: Record) -> date | None:
    """The day a record is about, if it has one."""
    for field in _DATES:
        value = getattr(row, field, None)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
    return None


def title_of(row: Record) -> str:
    """What a person would call the record: its kind and its name, subject or first words."""
    for field in ("name", "subject", "title", "text", "description", "product_family"):
        words = getattr(row, field, None)
        if isinstance(words, str) and words:
            return f"{row.kind.replace('_', ' ').capitalize()}: {_shortened(words)}"
    return f"{row.kind.replace('_', ' ').capitalize()} {row.id}"


def _shortened(words: str, limit: int = 80) -> str:
    first = words.strip().splitlines()[0]
    return first if len(first) <= limit else first[: limit - 1].rstrip() + "…"
