"""Revising a draft by instruction, without a model, where that makes sense.

Shorter, only some sections, without some, or for the customer's eyes. What stays keeps its
citations and its verdicts; nothing is written anew, so nothing has to be checked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from assistant.claims import Draft, Section
from assistant.errors import BadInstruction

#: What a director needs on one page, and how many sentences of each section.
_SHORT = {"summary": 7, "objectives": 4, "invest": 3, "actions": 3, "risks": 3, "unknown": 3}
#: Sections that speak about the customer rather than to them.
_INTERNAL = frozenset(
    {
        "approvals",
        "charter",
        "competition",
        "invest",
        "lessons",
        "moves",
        "notes",
        "portfolio",
        "risks",
        "strengths",
        "time",
    }
)
_NUMBERS = re.compile(r"\d+")


def revise(draft: Draft, instruction: str) -> Draft:
    """The draft after an instruction such as “shorter”, “only section 3” or “for the customer”.

    Sections go by their number, id or title. A date is not revised but drafted anew (`--as-of`).

    Raises:
        BadInstruction: nothing in it is understood; the message says what is.
    """
    words = " ".join(instruction.lower().split())
    for pattern, change in _INSTRUCTIONS:
        if match := re.fullmatch(pattern, words):
            return change(draft, match.groupdict().get("which") or "")
    raise BadInstruction(
        f"“{instruction}” is not understood without a language model. Say: shorter, "
        "only SECTION, without SECTION, or for the customer."
    )


def shorter(draft: Draft) -> Draft:
    """One page: the decision, the aims, what to do and what we do not know; else each in half."""
    known = [section for section in draft.sections if section.id in _SHORT]
    if not known:
        halved = (_cut(part, max(1, len(part.claims) // 2)) for part in draft.sections)
        return replace(draft, sections=tuple(halved))
    return replace(draft, sections=tuple(_cut(part, _SHORT[part.id]) for part in known))


def only(draft: Draft, wanted: Collection[str]) -> Draft:
    """Just these sections, in the draft's order."""
    return replace(draft, sections=tuple(part for part in draft.sections if part.id in wanted))


def without(draft: Draft, unwanted: Collection[str]) -> Draft:
    """All but these sections."""
    return replace(draft, sections=tuple(p for p in draft.sections if p.id not in unwanted))


def for_customer(draft: Draft) -> Draft:
    """Without what is only for us: our view of them, their rivals, our policy and our doubts."""
    return without(draft, _INTERNAL)


def sections_named(draft: Draft, which: str) -> list[str]:
    """The ids of the sections that some words name, by number, id or title.

    Raises:
        BadInstruction: none does; the message lists the sections.
    """
    numbers = {int(number) for number in _NUMBERS.findall(which)}
    found = [
        part.id
        for place, part in enumerate(draft.sections, start=1)
        if place in numbers or part.id in re.split(r"\W+", which) or part.title.lower() in which
    ]
    if not found:
        known = ", ".join(f"{n} {part.id}" for n, part in enumerate(draft.sections, start=1))
        raise BadInstruction(f"No section “{which}”. This draft has: {known}.")
    return found


def _cut(section: Section, most: int) -> Section:
    return replace(section, claims=section.claims[:most])


_INSTRUCTIONS: tuple[tuple[str, Callable[[Draft, str], Draft]], ...] = (
    (r"(make it )?(much )?short(er)?|kürzer|короче", lambda draft, _: shorter(draft)),
    (
        r"only( the)?( sections?)? (?P<which>.+)",
        lambda draft, which: only(draft, sections_named(draft, which)),
    ),
    (
        r"(without|drop|leave out)( the)?( sections?)? (?P<which>.+)",
        lambda draft, which: without(draft, sections_named(draft, which)),
    ),
    (r"for the customer|customer version", lambda draft, _: for_customer(draft)),
)
