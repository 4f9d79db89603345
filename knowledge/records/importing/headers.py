"""What headers, objects and values are called: `headers.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.records.importing.catalogue import KINDS
from knowledge.records.naming import normalised

_SUFFIX = re.compile(r"__(?:c|r|kav|x|mdt)\b", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])")
_REST = re.compile(r"[^\w%()]+|_")


@cache
def vocabulary() -> dict[str, Any]:
    """The contents of `headers.toml`."""
    with (Path(__file__).parent / "headers.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def fold(header: str) -> str:
    """A header as it is compared: `CloseDate`, `close_date` and `Close Date` become one."""
    bare = _SUFFIX.sub("", header)
    if bare != header and bare.casefold() == "id":
        return "id c"  # somebody's own number beside the system's id
    return " ".join(_REST.sub(" ", _CAMEL.sub(" ", bare)).casefold().split())


@cache
def synonyms(kind: str) -> dict[str, tuple[str, int]]:
    """For every header of a kind: its field, and how far down the list it stands."""
    found: dict[str, tuple[str, int]] = {}
    fields = KINDS[kind].fields
    for name in fields:
        found.setdefault(fold(name), (name, 0))
    for section in (kind, "any"):
        for name, headers in vocabulary().get(section, {}).get("fields", {}).items():
            if name in fields:
                for place, header in enumerate(headers):
                    found.setdefault(header, (name, place + 1))
    for called in called_(kind):
        for ending, name in (("id", "id"), ("name", "name")):
            if name in fields:
                found.setdefault(f"{called} {ending}", (name, 1))
    return found


def called_(kind: str) -> tuple[str, ...]:
    """What files and objects with that kind of record are called."""
    names = [fold(kind), *vocabulary().get(kind, {}).get("called", ())]
    return tuple(dict.fromkeys(names))


def needs(kind: str) -> tuple[frozenset[str], ...]:
    """The sets of fields of which a sheet of that kind has at least one."""
    return tuple(frozenset(one.split("+")) for one in vocabulary()[kind].get("needs", ()))


@cache
def _objects() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for kind in KINDS:
        for called in _plural_too(called_(kind)[0]):
            known[called] = {"kind": kind}
    for kind in KINDS:
        for name in called_(kind):
            for called in _plural_too(name):
                known.setdefault(called, {"kind": kind})
    return {**known, **vocabulary()["objects"]}


def _plural_too(name: str) -> tuple[str, ...]:
    return (name, f"{name}s", f"{name[:-1]}ies" if name.endswith("y") else name)


def object_called(name: str) -> dict[str, str] | None:
    """The kind (and constants) of an exported object, such as `VoiceCallTranscript__c`."""
    folded = fold(name)
    known = _objects()
    return known.get(folded) or known.get(folded.removesuffix("s"))


def without_home(name: str) -> str | None:
    """Why an object has no place in the records; None if it may have one."""
    reason = vocabulary()["without_home"].get(fold(name))
    return str(reason) if reason else None


def is_object(name: str) -> bool:
    """Whether a name is that of an exported object."""
    return object_called(name) is not None or without_home(name) is not None


@cache
def words(group: str) -> frozenset[str]:
    """The words of a group of values, such as `won`."""
    return frozenset(vocabulary()["words"][group])


def says(group: str, value: str) -> bool:
    """Whether a value is, or contains as a whole word, a word of the group."""
    folded = normalised(value)
    known = words(group)
    return (
        folded in known
        or value.strip().casefold() in known
        or any(word in known for word in folded.split())
    )


@cache
def ignored() -> frozenset[str]:
    """Headers of the exporting system itself."""
    return frozenset(vocabulary()["ignored"]["headers"])


@cache
def legal_forms() -> dict[str, str]:
    """Every spelling of a legal form, with the name of its group."""
    forms = vocabulary()["legal_forms"]
    return {spelling: group for group, spellings in forms.items() for spelling in spellings}
