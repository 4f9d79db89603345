"""When two spoken names are the same name, or clearly nearly so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.records.importing.headers import legal_forms
from knowledge.records.importing.keys import is_email
from knowledge.records.naming import normalised

_APART = re.compile(r"[\W_]+")
#: Names and words shorter than this are never taken for each other by likeness.
_SHORTEST = 4
_LONG_WORD = 5
_LONG_NAME = 6

#: Kinds whose names may be misspelt by one letter; two people may well differ by one.
MISSPELT = frozenset({"account", "product", "competitor"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name as it is compared: `normal`, without its legal `form`, and as a `key`.

    Names that could be the same have the same key, except misspelt ones.
    """

    normal: str
    base: str
    form: str
    key: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that answers to a name."""

    record_id: str
    said: str
    implied: bool


@lru_cache(maxsize=65_536)
def spoken(said: str) -> Spoken:
    """How a name, an address (`jane@acme.com`) or a domain (`@acme.com`) is compared."""
    if said.startswith("@") or is_email(said):
        plain = said.strip().lower()
        return Spoken(plain, plain, "", plain)
    normal = normalised(said)
    words, forms = normal.split(), legal_forms()
    groups: list[str] = []
    while len(words) > 1 and (words[-1] in forms or (words[-1] in {"&", "and"} and groups)):
        group = forms.get(words.pop())
        groups += [group] if group else []
    base = " ".join(words)
    key = _APART.sub("", base) or base or said.strip()
    return Spoken(normal, base, " ".join(groups), key)


def choose(said: str, candidates: Sequence[Candidate]) -> tuple[Candidate | None, str]:
    """Which of the records with that key a name means, and how sure: see `Link.how`.

    The same name wins; then the same but for case, accents and legal form; then the same but
    for spaces and punctuation (`near`). Whoever is not alone at a step makes it `ambiguous`.
    """
    wanted = spoken(said)
    real = [one for one in candidates if not one.implied]
    alike = [(one, spoken(one.said)) for one in real]
    same = [one for one, own in alike if own.normal == wanted.normal]
    formless = [(one, own) for one, own in alike if _same_form(own, wanted)]
    based = [one for one, own in formless if own.base == wanted.base]
    spaced = [one for one, _ in formless if len(wanted.key) >= _SHORTEST]
    for how, fitting in (("name", same), ("name", based), ("near", spaced)):
        found = {one.record_id: one for one in fitting}
        if len(found) == 1:
            return next(iter(found.values())), how
        if found:
            return None, "ambiguous"
    return None, "missing"


def nearly(said: str, names: Iterable[str]) -> list[str]:
    """The names that a name is a misspelling of: one letter wrong, missing, doubled or swapped.

    Figures must agree (`GTK 500` is not `GTK 600`), and the word that differs must be long
    enough to be a misspelling rather than another word.
    """
    wanted = spoken(said)
    if len(wanted.key) < _LONG_NAME or wanted.key.startswith("@"):
        return []
    return [name for name in names if _misspelt(wanted, spoken(name))]


def _misspelt(wanted: Spoken, own: Spoken) -> bool:
    if wanted.key == own.key or OSA.distance(wanted.key, own.key, score_cutoff=1) > 1:
        return False
    if not _same_form(wanted, own) or _figures(wanted.base) != _figures(own.base):
        return False
    ours, theirs = wanted.base.split(), own.base.split()
    if len(ours) != len(theirs):
        return False
    different = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(different) == 1 and min(len(word) for word in different[0]) >= _LONG_WORD


def _same_form(one: Spoken, other: Spoken) -> bool:
    """Whether two legal forms may be the same company's: equal, or one left out."""
    return not one.form or not other.form or one.form == other.form


def _figures(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())
