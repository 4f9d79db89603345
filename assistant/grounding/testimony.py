"""What the evidence of a claim says, in the terms the sentence is read in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence
from assistant.grounding.citations import quoted_fields
from assistant.grounding.dates import Moment
from assistant.grounding.grounds import Ground, Grounds
from assistant.grounding.lexicon import CURRENCIES, lexicon, unit_named
from assistant.grounding.quantities import ITEMS, Quantity
from assistant.grounding.saying import Saying, code_key, lengths, take_apart
from assistant.grounding.words import key_of
from knowledge.records.references import Reference, source_of

#: Fields that are amounts in the record's currency.
_MONEY = frozenset(
    {"amount", "cost", "yearly_value", "yearly_cost", "annual_revenue", "potential", "low", "high"}
    | {"cost_to_serve", "gross_margin", "price", "list_price"}
)
#: Fields whose unit stands in another field of the record.
_MEASURED = frozenset({"value", "inside_up_to", "approval_up_to"})
#: Fields that say which record it is and whose: citing any field cites these.
_IDENTITY = (
    *("name", "title", "subject", "account", "opportunity", "contact", "product", "competitor"),
    *("owner", "owner_name", "user", "business_unit", "product_family"),
)


@dataclass(frozen=True)
class Testimony:
    """Everything a sentence may say on the strength of its evidence.

    Attributes:
        texts: quotes, titles and field names: what the evidence says.
        labels: the names of inputs, which a sentence may use but which assert nothing.
        passages: the quotes of free text among the texts.
        emptiness: some evidence is a zero or an empty field: it bears a denial.
        void: all of it is.
        directions: which way the computed changes went, 1 or -1.
        counts: how many there are of what a computation counts, by the words of its name.
        none_of: the words that name what a computation counted and found none of.
    """

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    passages: tuple[str, ...]
    moments: tuple[Moment, ...]
    codes: frozenset[str]
    quantities: tuple[Quantity, ...]
    emptiness: bool
    void: bool
    directions: frozenset[int]
    counts: Mapping[str, frozenset[Decimal]]
    none_of: frozenset[str]


def hear(evidence: Iterable[Evidence], grounds: Grounds) -> Testimony:
    """Collect what some evidence says."""
    given = tuple(sorted(dict.fromkeys(evidence), key=lambda one: (one.ref, one.quote)))
    texts: list[str] = []
    quantities: list[Quantity] = []
    moments: list[Moment] = []
    codes: set[str] = set()
    for one in given:
        ground = None if one.type == "computed" else grounds.find(one.ref)
        parts = Reference.parse(one.ref)
        fields = parts.fields if parts else ()
        for text, unit in (*_quoted(one, ground, fields), *_beside(one, ground)):
            saying = take_apart(text)
            texts.append(saying.text)
            moments += saying.moments
            codes |= {code_key(code) for code in saying.codes}
            bare = bool(fields) and _is_bare(saying)
            said = tuple(replace(q, typed=bare) for q in _with_unit(_told_on(saying), unit))
            quantities += [*said, *_in_ours(said, unit, ground), *lengths(saying.moments)]
        moments += _days_of(one)
        quantities += _values_of(one, _unit_of(one, ground, fields[0] if len(fields) == 1 else ""))
    quantities += _counts(given)
    codes |= {code_key(source_of(ref).partition(":")[2]) for e in given for ref in e.refs}
    return Testimony(
        texts=tuple(texts),
        labels=tuple(i.name.replace("_", " ") for e in given for i in e.inputs),
        passages=tuple(e.quote for e in given if e.type == "passage"),
        moments=tuple(moments),
        codes=frozenset(codes),
        quantities=tuple(quantities),
        emptiness=any(_is_empty(e) for e in given),
        void=bool(given) and all(_is_empty(e) for e in given),
        directions=frozenset(d for e in given if (d := _direction(e)) is not None),
        counts=_counted(given),
        none_of=frozenset(word for one in given for word in _none_of(one)),
    )


def _quoted(
    one: Evidence, ground: Ground | None, fields: tuple[str, ...]
) -> Iterator[tuple[str, str | None]]:
    """What is quoted, field by field, each with the unit of its figures."""
    if len(fields) > 1:
        for field, part in quoted_fields(one.quote, fields):
            yield part, _unit_of(one, ground, field)
    else:
        yield one.quote, _unit_of(one, ground, fields[0] if fields else "")


def _beside(one: Evidence, ground: Ground | None) -> Iterator[tuple[str, None]]:
    """What the source is called, and what else citing it cites."""
    for text in _texts_of(one, ground):
        yield text, None


def _texts_of(one: Evidence, ground: Ground | None) -> Iterator[str]:
    yield one.title
    if one.unit is not None:
        yield one.unit
    if isinstance(one.value, str) and one.value != one.quote:
        yield one.value
    if ground is not None:
        yield ground.title
        yield from (v for n in _IDENTITY if isinstance(v := ground.payload.get(n), str))
        parts = Reference.parse(one.ref)
        if parts and not _is_empty(one):
            yield from (field.replace("_", " ") for field in parts.fields)
    if one.type == "computed":
        yield one.ref.split(":")[1].replace("_", " ") if ":" in one.ref else ""
    for given in one.inputs:
        if isinstance(given.value, str):
            yield given.value


def _unit_of(one: Evidence, ground: Ground | None, field: str) -> str | None:
    """The unit a value has: its own, a percentage by its field's name, the record's currency."""
    if field.endswith("percent"):
        return "%"
    if one.unit is not None or ground is None:
        return one.unit
    if field in _MONEY:
        currency = ground.payload.get("currency")
        return currency if isinstance(currency, str) else ground.currency
    return _measure(ground) if field in _MEASURED else None


def _is_bare(saying: Saying) -> bool:
    """A number and nothing else, as a field of a record holds it."""
    return len(saying.quantities) == 1 and saying.quantities[0].said == saying.text.strip()


def _measure(ground: Ground) -> str | None:
    """The unit a record gives for its value, or that the name of its subject gives away."""
    unit, subject = (str(ground.payload.get(name) or "") for name in ("unit", "subject"))
    return unit_named(unit or subject.rpartition("_")[2])


def _in_ours(
    quantities: Iterable[Quantity], unit: str | None, ground: Ground | None
) -> Iterator[Quantity]:
    """Amounts of a record in another currency, told in ours as well."""
    for found in quantities:
        worth = ground.in_ours(found.value) if ground and found.unit == ground.currency else None
        if worth is not None and unit is not None and ground is not None:
            yield Quantity.exactly(worth, ground.ours)


def _with_unit(quantities: Iterable[Quantity], unit: str | None) -> Iterator[Quantity]:
    for found in quantities:
        if unit is None or found.unit is not None:
            yield found
        else:
            yield from (
                Quantity.exactly(r.value, unit, f"{found.said} {unit}") for r in found.readings
            )


def _told_on(saying: Saying) -> Iterator[Quantity]:
    """The quantities of a text; “4,000 hours, today 2,350” tells both in hours."""
    unit: str | None = None
    for found in saying.quantities:
        following = re.match(r"\W*(\w*)", saying.rest[found.end :])
        alone = not found.noun or (following and following[1].lower() in lexicon().stop)
        if found.unit is None and unit is not None and alone:
            yield replace(found, unit=unit)
        else:
            yield found
        if found.unit not in {None, "%", *CURRENCIES}:
            unit = found.unit


def _days_of(one: Evidence) -> Iterator[Moment]:
    for value in (one.dated, one.value, *(given.value for given in one.inputs)):
        if isinstance(value, date):
            yield Moment.of(value)


def _values_of(one: Evidence, unit: str | None) -> Iterator[Quantity]:
    # One of many inputs under one name, such as the amount of an order, is not told by itself.
    names = Counter(given.name for given in one.inputs)
    single = [given for given in one.inputs if names[given.name] == 1]
    pairs = [(one.value, unit), *((given.value, given.unit) for given in single)]
    for value, its_unit in pairs:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield Quantity.exactly(Decimal(value), its_unit)


def _counts(given: Iterable[Evidence]) -> Iterator[Quantity]:
    """How many sources of a kind are cited, and how many inputs bear one name."""
    kinds = Counter(e.ref.partition(":")[0] for e in given if e.type == "record")
    figures = Counter(e.ref.split(":")[1] for e in given if e.type == "computed" and ":" in e.ref)
    names = [Counter(i.name for i in e.inputs).values() for e in given if e.type == "computed"]
    for number in sorted(
        {*kinds.values(), *figures.values(), *(n for counts in names for n in counts)} - {0, 1}
    ):
        yield Quantity.exactly(Decimal(number), ITEMS, str(number))


def _counted(given: Iterable[Evidence]) -> dict[str, frozenset[Decimal]]:
    """“deals won” is 2: what “2 won” must agree with; ranks count too."""
    found: dict[str, set[Decimal]] = {}
    for one in given:
        named = [(i.name, i.value) for i in one.inputs if i.name == "rank"]
        if (one.formula or "").startswith("count("):
            named.append((one.ref.split(":")[1], one.value))
        for name, value in named:
            for word in name.split("_"):
                if isinstance(value, int | Decimal):
                    found.setdefault(key_of(word), set()).add(Decimal(value))
    return {word: frozenset(values) for word, values in found.items()}


def _none_of(one: Evidence) -> Iterator[str]:
    """“open deals” of a count that is zero."""
    if one.value == 0 and (one.formula or "").startswith("count("):
        named = one.ref.removeprefix("computed:").removeprefix("count:")
        yield from named.partition(":")[0].split("_")


def _is_empty(one: Evidence) -> bool:
    if one.type == "passage":
        return False
    return one.value == 0 or (one.value is None and one.quote.strip() in {"", "0"})


def _direction(one: Evidence) -> int | None:
    """Which way a change went: the sign of a value that a formula computed as a change."""
    if one.formula is None or not isinstance(one.value, int | Decimal) or not one.value:
        return None
    return (1 if one.value > 0 else -1) if "percent_change" in one.formula else None
