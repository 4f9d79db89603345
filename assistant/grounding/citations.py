"""Whether each citation holds: the source is there, the quote is its own, the sum comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.claims import Evidence, Input, Value
from assistant.formulas import BadFormula, evaluate
from assistant.grounding.faults import Fault
from assistant.grounding.grounds import Ground, Grounds
from assistant.grounding.sameness import day_in, number_in, plain, same
from knowledge.records.references import Reference

_FIELD_BREAK = " · "
#: Fields that hold money: a share or a score that cites one of them was worked out from it.
_AMOUNTS = frozenset({"potential", "gross_margin", "cost_to_serve", "amount", "cost"})
_WORKED_OUT = frozenset({"points", "%"})
_EXACTLY = Decimal("0.000001")  # relative: decimal division does not end


@dataclass(frozen=True)
class Scope:
    """Where a draft's facts may come from.

    `accounts` are the draft's account and those that belong to it; empty: any the viewer sees.
    """

    grounds: Grounds
    accounts: frozenset[str] = frozenset()

    def foreign(self, ground: Ground) -> bool:
        """Whether this is the record of an account the draft is not about."""
        return bool(
            self.accounts
            and not ground.everyones
            and ground.account_id is not None
            and ground.account_id not in self.accounts
        )

    def stranger(self, ref: str) -> Ground | None:
        """The other account that a computation is about, if its reference names one."""
        for part in ref.split(":")[2:] if self.accounts else ():
            if part in self.accounts:
                return None
            account = self.grounds.find(f"account:{part}@1")
            if account is not None and self.foreign(account):
                return account
        return None


def citation_faults(evidence: Evidence, scope: Scope) -> Iterator[Fault]:
    """What is wrong with one piece of evidence, whatever the sentence says."""
    if evidence.type == "computed":
        yield from _computed_faults(evidence, scope)
        return
    parts = Reference.parse(evidence.ref)
    ground = scope.grounds.find(evidence.ref) if parts else None
    if parts is None or ground is None:
        yield Fault("missing_source", evidence.title or evidence.ref)
        return
    if scope.foreign(ground):
        yield Fault("wrong_account", ground.title)
    if evidence.type == "passage" or parts.span:
        yield from _passage_faults(evidence, parts, ground)
    else:
        yield from _record_faults(evidence, parts, ground)


def _passage_faults(evidence: Evidence, parts: Reference, ground: Ground) -> Iterator[Fault]:
    if parts.span is None:
        if not evidence.quote.strip() or evidence.quote not in ground.text:
            yield Fault("quote", evidence.quote)
        return
    start, end = parts.span
    words = ground.text[start:end]
    if not words or words != evidence.quote:
        yield Fault("quote", evidence.quote, words or None)


def _record_faults(evidence: Evidence, parts: Reference, ground: Ground) -> Iterator[Fault]:
    if not parts.fields and evidence.quote and not _stands_somewhere(evidence.quote, ground):
        yield Fault("quote", evidence.quote)
    for field, quote in quoted_fields(evidence.quote, parts.fields):
        stored = field_of(ground, field)
        if not same(stored, quote) and not _in_line(ground, field, quote):
            yield Fault("quote", quote, _shown(stored))
            return
    if evidence.value is not None and not _value_stands(evidence):
        yield Fault("quote", str(evidence.value), evidence.quote)


def quoted_fields(quote: str, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each field with what is quoted of it; an excerpt parts them with a raised dot."""
    parts = quote.split(_FIELD_BREAK) if len(fields) > 1 else [quote]
    if len(fields) > len(parts):
        parts += [""] * (len(fields) - len(parts))
    last = len(fields) - 1
    return [
        (field, parts[place] if place < last else _FIELD_BREAK.join(parts[place:]))
        for place, field in enumerate(fields)
    ]


def _value_stands(evidence: Evidence) -> bool:
    """The typed value is the quoted one; a flag may be quoted in words."""
    return isinstance(evidence.value, bool) or same(evidence.value, evidence.quote)


def _stands_somewhere(quote: str, ground: Ground) -> bool:
    return plain(quote) in plain(ground.text) or any(
        same(value, quote) for value in ground.payload.values()
    )


def _in_line(ground: Ground, field: str, quote: str) -> bool:
    """A value that is told in the text's line for the field, such as a derived status."""
    label = plain(field.replace("_", " "))
    lines = (line.partition(":") for line in ground.text.splitlines())
    return bool(quote) and any(plain(n) == label and same(v.strip(), quote) for n, _, v in lines)


def _computed_faults(evidence: Evidence, scope: Scope) -> Iterator[Fault]:
    owners: set[str | None] = set()
    subject = scope.stranger(evidence.ref)
    if subject is not None:
        yield Fault("wrong_account", subject.title)
    for given in evidence.inputs:
        for ref in given.refs:
            ground = scope.grounds.find(ref)
            if ground is None:
                yield Fault("missing_source", ref)
                return
            owners.add(None if not scope.foreign(ground) else ground.account_id)
        if not _input_stands(given, scope.grounds):
            yield Fault(
                "formula", f"{given.name} = {_shown(given.value)}", _field_shown(given, scope)
            )
    # One other account alone is a fact about the wrong customer; several make a portfolio.
    if len(owners) == 1 and None not in owners:
        yield Fault("wrong_account", evidence.title)
    yield from _sum_faults(evidence)


def _sum_faults(evidence: Evidence) -> Iterator[Fault]:
    value = number_in(evidence.value)
    if evidence.formula is None:
        if not _follows_without_formula(evidence):
            yield Fault("formula", evidence.quote)
        return
    if isinstance(evidence.value, str | date):
        if not any(same(given.value, str(evidence.value)) for given in evidence.inputs):
            yield Fault("formula", evidence.quote)
        return
    try:
        result = evaluate(evidence.formula, evidence.inputs)
    except BadFormula:
        if evidence.value is not None:
            yield Fault("formula", evidence.quote)
        return
    if value is None or not _comes_out(value, result):
        yield Fault("formula", evidence.quote, f"{result.normalize():f}")
    elif not same(evidence.value, evidence.quote):
        yield Fault("quote", evidence.quote, _shown(evidence.value))


def _follows_without_formula(evidence: Evidence) -> bool:
    """A value that is simply one of its inputs, or nothing at all."""
    if evidence.value is None:
        return not evidence.quote or any(
            same(given.value, evidence.quote) for given in evidence.inputs
        )
    return any(same(given.value, str(evidence.value)) for given in evidence.inputs)


def _comes_out(value: Decimal, result: Decimal) -> bool:
    """Equal, or the result rounded to the places the value has."""
    if abs(value - result) <= abs(result) * _EXACTLY:
        return True
    exponent = value.as_tuple().exponent
    places = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    return abs(value - result) <= min(places, Decimal(1)) / 2


def _input_stands(given: Input, grounds: Grounds) -> bool:
    """An input read from one field has that field's value; from several, it is worked out."""
    if len(given.refs) != 1:
        return True
    parts = Reference.parse(given.refs[0])
    ground = grounds.find(given.refs[0])
    if parts is None or ground is None or len(parts.fields) != 1 or given.value is None:
        return True
    stored = field_of(ground, parts.fields[0])
    return (
        _other_type(stored, given.value)
        or (given.unit in _WORKED_OUT and parts.fields[0] in _AMOUNTS)
        or same(stored, str(given.value))
        or _exchanged(stored, given, ground)
    )


def _exchanged(stored: object, given: Input, ground: Ground) -> bool:
    """An amount that is stored in another currency and told in ours at the workspace's rate."""
    amount = number_in(stored)
    worth = None if amount is None else ground.in_ours(amount)
    return worth is not None and given.unit in {None, ground.ours} and worth == given.value


def _other_type(stored: object, value: Value) -> bool:
    """A value worked out from a field of another type, such as days from a date."""
    if isinstance(value, bool) or stored is None:
        return True
    if isinstance(value, date):
        return day_in(str(stored)) is None
    if isinstance(value, int | Decimal):
        return number_in(stored) is None
    return True


def _field_shown(given: Input, scope: Scope) -> str | None:
    parts = Reference.parse(given.refs[0])
    ground = scope.grounds.find(given.refs[0])
    return _shown(field_of(ground, parts.fields[0])) if parts and parts.fields and ground else None


def field_of(ground: Ground, field: str) -> object:
    """A field of the stored row, or None; `other.x` reaches what the mapping did not know."""
    value: object = ground.payload
    for name in field.split("."):
        value = value.get(name) if hasattr(value, "get") else None
    return value


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
