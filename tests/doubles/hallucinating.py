"""A model that writes well and lies in half of its sentences, always by one detail.

It restates what it is given as a good model would, in other words (`paraphrases.toml`) and with
the slots it was given. Then, in every second sentence, it changes one number, name, day, unit,
quotation, denial or source: by another slot, or by writing the figure itself. Asked to mend a
sentence, it says the same again.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter

from assistant.drafting.phrases import read_phrases
from assistant.prompting import DraftClaim, DraftOut, DraftSection, RepairedClaim, RepairOut
from tests.assistant.grounding.swaps import MONTHS, NAMES, NEGATIONS, SWAPS, UNITS
from tests.doubles.model import Reply, Request, say

_FINDING = re.compile(r"^(F\d+) (\w+), (\w+): (.*?)(?: \(more in [S\d, ]+\))?$", re.MULTILINE)
_SLOT_LINE = re.compile(r"^\{(\w+)\} = (.*): \w+ \[(.*)\]$", re.MULTILINE)
_SLOT = re.compile(r"\{([a-z]+\d+)\}")
_FAILED = re.compile(r"^(\d+)\. (.*) \[([FS\d, ]*)\]: ", re.MULTILINE)
_ORDINAL = re.compile(r"(?:First|Second|Third): ")


@dataclass(frozen=True)
class Given:
    """A finding as the prompt told it."""

    label: str
    section: str
    kind: str
    text: str


@dataclass(frozen=True)
class Lie:
    """A sentence the double wrote: what kind of change is in it (`true` for none), and how."""

    kind: str
    told: str
    truth: str


@dataclass
class Hallucinating:
    """The double: give it to a scripted server as `then=`, and read `wrote` afterwards."""

    seed: int = 7
    language: str = "en"
    words: str = "first"
    lies: float = 0.5
    wrote: list[Lie] = field(default_factory=list)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def __call__(self, request: Request) -> Reply:
        """Write the draft, or repeat what was refused."""
        if request.form == "RepairOut":
            return say(_again(request.user))(request)
        slots = {name: shown for name, shown, _ in _SLOT_LINE.findall(request.user)}
        given = [Given(*found) for found in _FINDING.findall(request.user)]
        sections: dict[str, list[DraftClaim]] = {}
        for one in given:
            claim = self._sentence(one, given, slots)
            sections.setdefault(one.section, []).append(claim)
        parts = tuple(DraftSection(id=key, claims=tuple(v)) for key, v in sections.items())
        return say(DraftOut(sections=parts, orders_in_sources=()))(request)

    def _sentence(self, one: Given, given: list[Given], slots: dict[str, str]) -> DraftClaim:
        truth = paraphrased(one.text, slots, self.words, self.language)
        claim = DraftClaim(text=truth, kind=one.kind, evidence=(one.label,))
        filled = _filled(truth, slots)
        if self._chance.random() < self.lies:
            lies = [lie for lie in self._lies(claim, given, slots)
                    if _filled(lie[1].text, slots) != filled or lie[0] == "source"]  # fmt: skip
            if lies:
                kind = self._chance.choice(sorted({kind for kind, _ in lies}))
                changed = self._chance.choice([lie for name, lie in lies if name == kind])
                self.wrote.append(Lie(kind, _filled(changed.text, slots), filled))
                return changed
        self.wrote.append(Lie("true", filled, filled))
        return claim

    def _lies(
        self, claim: DraftClaim, given: list[Given], slots: dict[str, str]
    ) -> Iterator[tuple[str, DraftClaim]]:
        for kind, change in _LIES.items():
            for text in change(claim.text, slots, self._chance):
                yield kind, claim.model_copy(update={"text": text})
        other = self._chance.choice(given)
        mine = set(_SLOT.findall(claim.text))
        if other.label not in claim.evidence and not mine <= set(_SLOT.findall(other.text)):
            yield "source", claim.model_copy(update={"evidence": (other.label,)})


def _swapped(sort: str) -> Callable[[str, dict[str, str], random.Random], Iterator[str]]:
    """One slot in place of another: of the same sentence, and of any."""

    def change(text: str, slots: dict[str, str], chance: random.Random) -> Iterator[str]:
        mine = [name for name in _SLOT.findall(text) if name.startswith(sort)]
        if not mine:
            return
        one = chance.choice(mine)
        for known in (sorted(set(mine)), sorted(n for n in slots if n[0] == sort)):
            others = [name for name in known if slots[name] != slots[one]]
            if others:
                yield text.replace(f"{{{one}}}", f"{{{chance.choice(others)}}}", 1)
        if len(set(mine)) > 1:
            other = chance.choice(sorted(set(mine) - {one}))
            mapped = {one: other, other: one}
            yield _SLOT.sub(lambda m: f"{{{mapped.get(m[1], m[1])}}}", text)

    return change


def _numbers(text: str, slots: dict[str, str], chance: random.Random) -> Iterator[str]:
    yield from _swapped("n")(text, slots, chance)
    for name in _own(text, slots, "n"):
        places = [m.start() for m in re.finditer(r"\d", slots[name])]
        if places:
            at = chance.choice(places)
            digit = chance.choice([d for d in "123456789" if d != slots[name][at]])
            yield _raw(text, name, slots[name][:at] + digit + slots[name][at + 1 :])


def _names(text: str, slots: dict[str, str], chance: random.Random) -> Iterator[str]:
    yield from _swapped("p")(text, slots, chance)
    for name in _own(text, slots, "p"):
        heard = " ".join(slots.values())
        yield _raw(text, name, chance.choice([n for n in NAMES if n.split()[0] not in heard]))


def _dates(text: str, slots: dict[str, str], chance: random.Random) -> Iterator[str]:
    yield from _swapped("d")(text, slots, chance)
    for name in _own(text, slots, "d"):
        for line in MONTHS:
            months = line.split()
            for month in months:
                if re.search(rf"\b{month}\b", slots[name]):
                    other = chance.choice([m for m in months if m != month])
                    yield _raw(text, name, slots[name].replace(month, other))
        if year := re.search(r"20\d\d", slots[name]):
            other = str(int(year[0]) + chance.choice([-3, -1, 1, 2]))
            yield _raw(text, name, slots[name].replace(year[0], other))


def _units(text: str, slots: dict[str, str], chance: random.Random) -> Iterator[str]:
    for name in _own(text, slots, "n"):
        for pattern, other in UNITS:
            changed, count = re.subn(pattern, other, slots[name], count=1)
            if count:
                yield _raw(text, name, changed)
                break
        else:
            if chance.random() < 0.2:
                yield text.replace(f"{{{name}}}", f"{{{name}}} thousand", 1)


def _quotes(text: str, slots: dict[str, str], chance: random.Random) -> Iterator[str]:
    for name in _own(text, slots, "q"):
        words = slots[name].split(" ")
        if len(words) > 2:
            at = chance.randrange(1, len(words) - 1)
            yield _raw(text, name, " ".join([*words[:at], "never", *words[at + 1 :]]))


def _polarity(text: str, _: dict[str, str], __: random.Random) -> Iterator[str]:
    for pattern, other in NEGATIONS:
        changed, count = re.subn(pattern, other, text, count=1)
        if count:
            yield changed
    for one, other in SWAPS:
        for mine, theirs in ((one, other), (other, one)):
            changed, count = re.subn(rf"\b{mine}\b", theirs, text, count=1)
            if count:
                yield changed


_LIES: dict[str, Callable[[str, dict[str, str], random.Random], Iterator[str]]] = {
    "number": _numbers,
    "name": _names,
    "date": _dates,
    "unit": _units,
    "quotation": _quotes,
    "polarity": _polarity,
}


def _own(text: str, slots: dict[str, str], sort: str) -> list[str]:
    return [name for name in _SLOT.findall(text) if name[0] == sort and name in slots]


def _raw(text: str, name: str, written: str) -> str:
    """The sentence with something written where the slot was."""
    return text.replace(f"{{{name}}}", written, 1)


def _filled(text: str, slots: dict[str, str]) -> str:
    return _SLOT.sub(lambda found: slots.get(found[1], found[0]), text)


def _again(user: str) -> RepairOut:
    return RepairOut(
        claims=tuple(
            RepairedClaim(
                number=int(number),
                text=text,
                kind="fact",
                evidence=tuple(filter(None, labels.split(", "))),
            )
            for number, text, labels in _FAILED.findall(user)
        )
    )


def paraphrased(slotted: str, slots: dict[str, str], words: str, language: str) -> str:
    """A finding in other words, where there are some for its phrase; else in its own."""
    text = _filled(slotted, slots)
    first = _ORDINAL.match(text)
    begin = first[0] if first else ""
    for pattern, template in _paraphrases(words, language):
        if match := pattern.fullmatch(text.removeprefix(begin)):
            return _slotted(begin + template.format(**match.groupdict()), slotted, slots)
    return slotted


def _slotted(text: str, before: str, slots: dict[str, str]) -> str:
    """The sentence with the finding's slots wherever their values stand."""
    mine = sorted(set(_SLOT.findall(before)), key=lambda name: -len(slots[name]))
    for name in mine:
        text = re.sub(rf"(?<![\w{{]){re.escape(slots[name])}(?![\w}}])", f"{{{name}}}", text)
    return text


@cache
def _paraphrases(words: str, language: str) -> list[tuple[re.Pattern[str], str]]:
    told = tomllib.loads(Path(__file__).with_name("paraphrases.toml").read_text("utf-8"))
    texts, found = read_phrases(language).texts, []
    for key, other in told[words].get(language, {}).items():
        pattern, seen = "", set()
        for fixed, name, *_ in Formatter().parse(texts[key]):
            pattern += re.escape(fixed)
            if name:
                pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
                seen.add(name)
        found.append((re.compile(pattern, re.DOTALL), other, len(texts[key])))
    return [(pattern, other) for pattern, other, _ in sorted(found, key=lambda f: -f[2])]
