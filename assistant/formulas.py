"""The small language of formulas, so that every computed figure can be computed again.

`+ - * / ( )`, numbers, named inputs, and `sum`, `count`, `min`, `max`, `mean`, `median`,
`round(x, places)` (half to even), `percent_change(old, new)` and `days(earlier, later)`. An input
given several times under one name is a list; a name that no input bears is an empty list, which
only `sum` and `count` accept. All arithmetic is decimal. Nothing else of Python is understood,
so a formula from an imported row is as safe as one of ours.
"""

from __future__ import annotations

import ast
import operator
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, DecimalException
from statistics import median

from assistant.claims import Input, Value
from assistant.errors import LiaisonError

#: Longer than any formula a person would check by hand.
LONGEST = 1_000

_Term = Decimal | date | str
_Result = _Term | list[_Term]
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"})


class BadFormula(LiaisonError):
    """A formula is not in the language, or its inputs do not fit; the message names both."""


def evaluate(formula: str, inputs: Iterable[Input]) -> Decimal:
    """The value of a formula over its inputs, unrounded unless the formula rounds.

    Raises:
        BadFormula: not in the language, an input is missing or unfit, or a division by zero.
    """
    given: dict[str, list[_Term]] = {}
    for entry in inputs:
        given.setdefault(_name(entry.name), []).append(_term(entry.name, entry.value))
    try:
        value = _evaluate(_parse(formula), given)
    except (DecimalException, RecursionError, OverflowError) as error:
        raise BadFormula(f"“{formula}” has no value: {type(error).__name__}.") from None
    if not isinstance(value, Decimal) or not value.is_finite():
        raise BadFormula(f"“{formula}” is not a number.")
    return value


def names(formula: str) -> tuple[str, ...]:
    """The inputs a formula needs, each once, in the order they are written; raises `BadFormula`."""
    body = _parse(formula)
    called = {id(node.func) for node in ast.walk(body) if isinstance(node, ast.Call)}
    found = [n for n in ast.walk(body) if isinstance(n, ast.Name) and id(n) not in called]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in found))


def _parse(formula: str) -> ast.expr:
    text = _name(formula).strip().translate(_SIGNS)
    if len(text) > LONGEST:
        raise BadFormula(f"A formula of {len(text)} characters is too long (at most {LONGEST}).")
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadFormula(f"“{formula}” is not a formula.") from None


def _evaluate(node: ast.expr, given: Mapping[str, Sequence[_Term]]) -> _Result:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return Decimal(str(node.value))
        case ast.Name(id=name):
            terms = given.get(name, ())
            return terms[0] if len(terms) == 1 else list(terms)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            value = _number(_evaluate(operand, given), ast.unparse(operand))
            return -value if isinstance(node.op, ast.USub) else value
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
            return _ARITHMETIC[type(sign)](
                _number(_evaluate(left, given), ast.unparse(left)),
                _number(_evaluate(right, given), ast.unparse(right)),
            )
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name]([_evaluate(arg, given) for arg in args], name)
    raise BadFormula(f"“{ast.unparse(node)}” is not in the language of formulas.")


def _number(value: _Result, what: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    trouble = "is missing" if value == [] else "is not one number"
    raise BadFormula(f"“{what}” {trouble}.")


def _all(args: Sequence[_Result]) -> list[_Term]:
    return [term for arg in args for term in (arg if isinstance(arg, list) else [arg])]


def _numbers(args: Sequence[_Result], name: str) -> list[Decimal]:
    return [_number(term, name) for term in _all(args)]


def _some(args: Sequence[_Result], name: str) -> list[Decimal]:
    numbers = _numbers(args, name)
    if not numbers:
        raise BadFormula(f"“{name}” of nothing.")
    return numbers


def _extreme(choose: Callable[..., _Term]) -> Callable[[Sequence[_Result], str], _Result]:
    def extreme(args: Sequence[_Result], name: str) -> _Result:
        terms = _all(args)
        if terms and all(isinstance(term, date) for term in terms):
            return choose(terms)
        return choose(_some(args, name))

    return extreme


def _rounded(args: Sequence[_Result], name: str) -> Decimal:
    value, places, *rest = [*_numbers(args, name), *([Decimal(0)] if len(args) == 1 else [])]
    if rest or places != int(places):
        raise BadFormula("“round” takes a number and how many places.")
    return value.quantize(Decimal(1).scaleb(-int(places)))


def _percent_change(args: Sequence[_Result], name: str) -> Decimal:
    old, new = _two(args, name)
    return (_number(new, name) - _number(old, name)) / _number(old, name) * 100


def _days(args: Sequence[_Result], name: str) -> Decimal:
    earlier, later = _two(args, name)
    if not (isinstance(earlier, date) and isinstance(later, date)):
        raise BadFormula("“days” takes two dates.")
    return Decimal((later - earlier).days)


def _two(args: Sequence[_Result], name: str) -> tuple[_Result, _Result]:
    if len(args) != 2:  # noqa: PLR2004 - an old and a new
        raise BadFormula(f"“{name}” takes two inputs.")
    return args[0], args[1]


def _term(name: str, value: Value) -> _Term:
    if isinstance(value, (str, date, Decimal)):
        return value
    if value is None:
        raise BadFormula(f"“{name}” has no value.")
    return Decimal(int(value))


def _name(name: str) -> str:
    """The name as Python's grammar reads it: `m³` in a formula is `m3`."""
    return unicodedata.normalize("NFKC", name)


_ARITHMETIC: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

_FUNCTIONS: Mapping[str, Callable[[Sequence[_Result], str], _Result]] = {
    "sum": lambda args, name: sum(_numbers(args, name), Decimal(0)),
    "count": lambda args, _: Decimal(len(_all(args))),
    "min": _extreme(min),
    "max": _extreme(max),
    "mean": lambda args, name: sum(_some(args, name), Decimal(0)) / len(_some(args, name)),
    "median": lambda args, name: median(_some(args, name)),
    "round": _rounded,
    "percent_change": _percent_change,
    "days": _days,
}
