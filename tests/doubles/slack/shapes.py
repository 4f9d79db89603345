"""Small checks of JSON, out of which the rules of Block Kit are put together.

A check takes a value and its JSON pointer and yields a sentence for each fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def fault(what: str, path: str) -> str:
    """A fault in Slack's words: what, and where."""
    return f"{what} [json-pointer:{path}]"


def string(longest: int, shortest: int = 1) -> Check:
    """A string of a length in characters."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", path)
        elif len(value) < shortest:
            yield fault(f"must be more than {shortest - 1} characters", path)
        elif len(value) > longest:
            yield fault(f"must be less than {longest + 1} characters", path)

    return check


def address(longest: int = 3000) -> Check:
    """An absolute web address."""

    def check(value: Any, path: str) -> Iterator[str]:
        yield from string(longest)(value, path)
        if isinstance(value, str) and not re.match(r"[a-z][a-z0-9+.-]*://?[^\s]+$|mailto:", value):
            yield fault("must be a valid URL", path)

    return check


def of(kind: type, *kinds: type) -> Check:
    """A value of a Python type; a boolean is no number."""

    def check(value: Any, path: str) -> Iterator[str]:
        fits = isinstance(value, (kind, *kinds))
        if not fits or (isinstance(value, bool) and bool not in (kind, *kinds)):
            yield fault(f"must be a {kind.__name__}", path)

    return check


def matching(pattern: str) -> Check:
    """A string of a form, such as a date."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield fault(f"must match {pattern}", path)

    return check


def one_of(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: Any, path: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be one of {', '.join(allowed)}", path)

    return check


def items(each: Check, most: int, fewest: int = 1) -> Check:
    """A list whose every item passes a check."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must be an array", path)
            return
        if len(value) > most:
            yield fault(f"no more than {most} items allowed", path)
        if len(value) < fewest:
            yield fault(f"no less than {fewest} items allowed", path)
        for index, item in enumerate(value):
            yield from each(item, f"{path}/{index}")

    return check


def anything(_value: Any, _path: str) -> Iterator[str]:
    """No rule known."""
    return iter(())


@dataclass(frozen=True)
class Shape:
    """An object: fields it must have, fields it may have, fields of which it needs one."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    any_of: tuple[str, ...] = ()

    def __call__(self, value: Any, path: str) -> Iterator[str]:
        """All faults of an object."""
        if not isinstance(value, dict):
            yield fault("must be an object", path)
            return
        for name in self.required:
            if value.get(name) is None:
                yield fault(f"missing required field: {name}", path)
        if self.any_of and not any(value.get(name) for name in self.any_of):
            yield fault(f"must have at least one of: {', '.join(self.any_of)}", path)
        known = {**self.required, **self.optional, "type": anything}
        for name, part in value.items():
            if name not in known:
                yield fault(f"invalid additional property: {name}", path)
            elif part is not None:
                yield from known[name](part, f"{path}/{name}")


def by_type(shapes: Mapping[str, Check], *allowed: str) -> Check:
    """An object whose `type` chooses its shape, out of all or of those allowed here."""

    def check(value: Any, path: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            yield fault("missing required field: type", path)
        elif kind not in shapes or (allowed and kind not in allowed):
            yield fault(f"unsupported type: {kind}", path)
        else:
            yield from shapes[kind](value, path)

    return check
