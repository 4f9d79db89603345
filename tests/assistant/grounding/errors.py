"""A machine that makes wrong claims out of true ones, one seeded error at a time.

It takes any claims with evidence, from the stories beside it or from real drafts.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.claims import Claim
from assistant.grounding import Examined, Grounds, examine
from tests.assistant.grounding.swaps import MONTHS, NAMES, NEGATIONS, SWAPS, UNITS


@dataclass(frozen=True)
class Seeded:
    """A wrong claim: which kind of error was put into which true one."""

    kind: str
    claim: Claim
    true: str


_NEEDS_NO_FIGURE = {"USD", "£", "долларов", "m", " days"}
_FIGURE = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|nine|ten|twelve|neun|neunen|zwölf|двенадцать))[\s\u00a0-]*$"
)
_NAME = re.compile(r"(?<=[a-zа-яäöü,] )[A-ZÄÖÜА-Я][\w'’-]+(?: [A-ZÄÖÜ][\w'’-]+)*")


def seeded(claims: Sequence[Claim], seed: int = 7, known: str = "") -> Iterator[Seeded]:
    """Every kind of error that fits, for each true claim.

    What is no error is left out: a name that the draft may use without evidence (`known`), such
    as the customer's own; and an exchange after which every figure still has a word it had
    before (“1 won, 1 lost” as “1 lost, 1 lost”): all that is said is still true.
    """
    chance = random.Random(seed)
    for claim in claims:
        for kind, change in _ERRORS.items():
            for text in change(claim, chance):
                new = set(text.split()) - set(claim.text.split())
                harmless = (kind == "name" and _is_known(new, known)) or (
                    kind == "opposite" and _still_true(claim.text, text)
                )
                if text and text != claim.text and not harmless:
                    yield Seeded(kind, replace(claim, text=text), claim.text)


def _is_known(words: set[str], known: str) -> bool:
    return any(word.strip(".,:;“”()") in known for word in words)


def _still_true(before: str, after: str) -> bool:
    old, new = (Counter(re.findall(r"\d+ [^\W\d_]+", text)) for text in (before, after))
    return new != old and set(new) <= set(old)


def belongs_to(claim: Claim, accounts: frozenset[str], grounds: Grounds) -> bool:
    """Whether its evidence is that of one of these accounts: a rival's profile is nobody's."""
    for one in claim.evidence:
        named = set(one.ref.split(":")) if one.type == "computed" else set()
        found = [grounds.find(ref) for ref in one.refs]
        if named & accounts or {ground.account_id for ground in found if ground} & accounts:
            return True
    return False


def exchanged(claims: Sequence[Claim], others: Sequence[Claim], seed: int = 7) -> Iterator[Seeded]:
    """Claims of one account on the strength of another account's evidence."""
    chance = random.Random(seed)
    for claim in claims:
        if others and claim.kind in {"fact", "inference"}:
            other = chance.choice(others)
            yield Seeded("account", replace(claim, evidence=other.evidence), claim.text)


def digits(claim: Claim, chance: random.Random) -> Iterator[str]:
    """One digit of each of up to two numbers becomes another."""
    places = [m.start() for m in re.finditer(r"\d", claim.text)]
    for place in chance.sample(places, min(2, len(places))):
        other = chance.choice([d for d in "123456789" if d != claim.text[place]])
        yield claim.text[:place] + other + claim.text[place + 1 :]


def names(claim: Claim, chance: random.Random) -> Iterator[str]:
    """A name becomes one that the evidence never mentions."""
    heard = " ".join(
        part for e in claim.evidence for part in (e.quote, e.title, *(i.name for i in e.inputs))
    )
    found = [m for m in _NAME.finditer(claim.text) if _is_name(m[0], heard)]
    if found:
        match = chance.choice(found)
        other = chance.choice([n for n in NAMES if n.split()[0] not in heard])
        yield claim.text[: match.start()] + other + claim.text[match.end() :]


def _is_name(words: str, heard: str) -> bool:
    """In the evidence, and neither a month nor a unit nor part of a number."""
    months = {m for line in MONTHS for m in line.split()}
    return words in heard and not set(words.split()) & (
        months | {"EUR", "OEE", "Monaten", "Stunden"}
    )


def dates(claim: Claim, chance: random.Random) -> Iterator[str]:
    """A month or a year becomes another."""
    for line in MONTHS:
        months = line.split()
        for match in re.finditer(rf"\b(?:{'|'.join(months)})\b", claim.text):
            other = chance.choice([m for m in months if m != match[0]])
            yield claim.text[: match.start()] + other + claim.text[match.end() :]
            break
    years = list(re.finditer(r"\b20\d\d\b", claim.text))
    if years:
        match = chance.choice(years)
        year = str(int(match[0]) + chance.choice([-7, -5, 4, 6]))
        yield claim.text[: match.start()] + year + claim.text[match.end() :]


def _first_of(pairs: Sequence[tuple[str, str]]) -> Callable[[Claim, random.Random], Iterator[str]]:
    def change(claim: Claim, _: random.Random) -> Iterator[str]:
        for pattern, other in pairs:
            text, count = re.subn(pattern, other, claim.text, count=1)
            if count:
                yield text
                return

    return change


def units(claim: Claim, _: random.Random) -> Iterator[str]:
    """The unit or currency of a figure becomes another; a unit without a figure is no error."""
    for pattern, other in UNITS:
        match = re.search(pattern, claim.text)
        if match and (other in _NEEDS_NO_FIGURE or _FIGURE.search(claim.text[: match.start()])):
            yield claim.text[: match.start()] + other + claim.text[match.end() :]
            return


def opposites(claim: Claim, _: random.Random) -> Iterator[str]:
    """A word becomes its opposite."""
    for one, other in SWAPS:
        for mine, theirs in ((one, other), (other, one)):
            if re.search(rf"\b{mine}\b", claim.text):
                yield re.sub(rf"\b{mine}\b", theirs, claim.text, count=1)
                return


_ERRORS: dict[str, Callable[[Claim, random.Random], Iterator[str]]] = {
    "digit": digits,
    "name": names,
    "date": dates,
    "unit": units,
    "opposite": opposites,
    "negation": _first_of(NEGATIONS),
}


@dataclass
class Tally:
    """How many wrong claims were caught, by kind of error, and which were not."""

    made: Counter[str]
    caught: Counter[str]
    missed: list[Seeded]

    @classmethod
    def empty(cls) -> Tally:
        """Nothing counted yet."""
        return cls(Counter(), Counter(), [])

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.made + other.made, self.caught + other.caught, self.missed + other.missed)

    @property
    def share(self) -> float:
        """The share of all wrong claims that were caught."""
        return self.caught.total() / self.made.total() if self.made else 1.0

    def table(self) -> str:
        """One line a kind of error."""
        lines = [f"{kind:10} {self.caught[kind]:4} of {n:4}" for kind, n in self.made.items()]
        return "\n".join([*lines, f"{'all':10} {self.caught.total():4} of {self.made.total():4}"])


def tally(wrong: Sequence[Seeded], judge: Callable[[Claim], Examined]) -> Tally:
    """Judge every wrong claim."""
    result = Tally.empty()
    for one in wrong:
        result.made[one.kind] += 1
        if judge(one.claim).claim.verdict == "unsupported":
            result.caught[one.kind] += 1
        else:
            result.missed.append(one)
    return result


def judge(grounds: Grounds, **given: object) -> Callable[[Claim], Examined]:
    """The check of one draft, as a function of one claim."""
    return lambda claim: examine([claim], grounds, **given)[0]  # type: ignore[arg-type]
