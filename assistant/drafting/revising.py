"""Revising a draft by instruction, without a model, where that makes sense.

Shorter, only some sections, without or with some, or for the customer's eyes. What stays keeps
its citations and its verdicts; nothing is written anew, so nothing has to be checked again. What
a person wrote into it stays, unless the section it stands in is what is to go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
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
#: What a message does not do without: its greeting and first point; its next step and regards.
_FRAME, _CLOSING = 4, 2
_NUMBERS = re.compile(r"\d+")
_ADD = re.compile(
    r"(?:add|include|bring back|ergänze|füge hinzu|добавь)(?: the)?(?: sections?)? (?P<which>.+)"
)


def revise(draft: Draft, instruction: str, whole: Sequence[Section] = ()) -> Draft:
    """The draft after an instruction such as “shorter”, “only section 3” or “for the customer”.

    Sections go by their number, id or title. A date is not revised but drafted anew (`--as-of`).

    Args:
        draft: as it stands.
        instruction: in the words of whoever reads it.
        whole: checked sections that may be added, in their order.

    Raises:
        BadInstruction: nothing in it is understood; the message says what is.
    """
    words = " ".join(instruction.lower().split()).strip(" .!")
    if whole and (match := _ADD.fullmatch(words)):
        return added(draft, whole, match["which"])
    for pattern, change in _INSTRUCTIONS:
        if match := re.fullmatch(pattern, words):
            return change(draft, match.groupdict().get("which") or "")
    raise BadInstruction(
        f"“{instruction}” is not understood without a language model. Say: shorter, "
        "only SECTION, without SECTION, add SECTION, or for the customer."
    )


def shorter(draft: Draft) -> Draft:
    """A plan on one page: the decision, the aims, what to do, what we do not know. Else half."""
    if draft.kind != "account_plan":
        return replace(draft, sections=tuple(map(_halved, draft.sections)))
    cut = (_cut(part, _SHORT.get(part.id, 0)) for part in draft.sections)
    return replace(draft, sections=tuple(part for part in cut if part.claims))


def added(draft: Draft, whole: Sequence[Section], which: str) -> Draft:
    """With the sections that some words name, as a whole draft has them and in its order."""
    wanted = set(sections_named(replace(draft, sections=tuple(whole)), which))
    mine = {part.id: part for part in draft.sections}
    order = [part.id for part in whole]
    known = [mine.get(part.id, part) for part in whole if part.id in {*mine, *wanted}]
    rest = [part for part in draft.sections if part.id not in order]
    return replace(draft, sections=(*rest, *known))


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


def _halved(section: Section) -> Section:
    """The first half; of a message its greeting, its next step and its regards stay."""
    most = max(1, len(section.claims) // 2)
    if section.id != "message" or len(section.claims) <= _FRAME:
        return _cut(section, most)
    return replace(section, claims=(*section.claims[:most], *section.claims[-_CLOSING:]))


def _cut(section: Section, most: int) -> Section:
    first = section.claims[:most]
    own = (claim for claim in section.claims[most:] if claim.author)
    return replace(section, claims=(*first, *own))


_INSTRUCTIONS: tuple[tuple[str, Callable[[Draft, str], Draft]], ...] = (
    (
        r"(make it )?(much |a bit )?short(er)?|(bitte )?kürzer|(пожалуйста,? )?короче",
        lambda draft, _: shorter(draft),
    ),
    (
        r"(only|nur|только)( the)?( sections?)? (?P<which>.+)",
        lambda draft, which: only(draft, sections_named(draft, which)),
    ),
    (
        r"(without|drop|leave out|ohne|без)( the)?( sections?)? (?P<which>.+)",
        lambda draft, which: without(draft, sections_named(draft, which)),
    ),
    (
        r"for the customer|customer version|für den kunden|для клиента",
        lambda draft, _: for_customer(draft),
    ),
)
