"""Number slots: a model writes `{n1}`, and code puts the figure there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.errors import MalformedOutput

_SLOT = re.compile(r"\{([a-z]+\d+)\}")


@dataclass(frozen=True)
class Slot:
    """A figure, a date or an amount as it will stand in the sentence.

    Attributes:
        name: such as `n1`.
        meaning: what it is, for the model: “revenue of the last twelve months”.
        shown: how it is written, with its unit: “€412,000”.
        evidence: labels of what it rests on, such as `S3`.
    """

    name: str
    meaning: str
    shown: str
    evidence: tuple[str, ...] = ()


def list_slots(slots: Iterable[Slot]) -> str:
    """The slots as a prompt lists them, one a line."""
    return "\n".join(
        f"{{{slot.name}}} = {slot.shown}: {slot.meaning} [{', '.join(slot.evidence)}]"
        for slot in slots
    )


def fill_slots(text: str, slots: Iterable[Slot]) -> str:
    """The sentence with its figures; raises `MalformedOutput` for a slot that does not exist."""
    known = {slot.name: slot.shown for slot in slots}

    def figure(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise MalformedOutput(f"The language model used a figure nobody gave it: {found[0]}.")
        return known[found[1]]

    return _SLOT.sub(figure, text)


def slots_in(text: str) -> tuple[str, ...]:
    """The names of the slots a sentence uses, in their order."""
    return tuple(_SLOT.findall(text))
