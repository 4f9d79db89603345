"""Different things to read rather than the best one several times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from knowledge.index.languages import words_of

_WORDS = 4  # in a row make a shingle (Broder 1997)
_SAME = 0.8  # of a text's shingles: a quoted mail, a copied paragraph

_Shingle = tuple[str, ...]


class Candidate(Protocol):
    """What is chosen among: a text and where it comes from."""

    @property
    def text(self) -> str:
        """What is read."""

    @property
    def source_id(self) -> str:
        """Where it stands."""


C = TypeVar("C", bound=Candidate)


@dataclass
class Kept(Generic[C]):
    """A candidate worth reading, and how many near-identical ones it stands for."""

    candidate: C
    repeated: int = 0


def varied(candidates: Iterable[C], k: int, per_source: int | None) -> list[Kept[C]]:
    """The first `k` of the candidates (best first) that say something the better ones do not.

    Near-identical texts collapse into the best of them, whatever source they stand in; of what
    is left at most `per_source` come from one source (None: as many as there are).
    """
    kept: list[Kept[C]] = []
    taken: Counter[str] = Counter()
    standing: dict[_Shingle, list[Kept[C]]] = defaultdict(list)
    for candidate in candidates:
        shingles = _shingles(candidate.text)
        same = _repeated(shingles, standing)
        if same:
            same.repeated += 1
        elif len(kept) < k and (per_source is None or taken[candidate.source_id] < per_source):
            taken[candidate.source_id] += 1
            kept.append(Kept(candidate))
            for shingle in shingles:
                standing[shingle].append(kept[-1])
    return kept


def _shingles(text: str) -> frozenset[_Shingle]:
    words = [word.lower() for word in words_of(text)]
    if len(words) <= _WORDS:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[at:] for at in range(_WORDS)), strict=False))


def _repeated(
    shingles: frozenset[_Shingle], standing: Mapping[_Shingle, list[Kept[C]]]
) -> Kept[C] | None:
    """The better text to which this one adds little (a longer text around it does add)."""
    shared: Counter[int] = Counter()
    found: dict[int, Kept[C]] = {}
    for shingle in shingles:
        for one in standing.get(shingle, ()):
            shared[id(one)] += 1
            found[id(one)] = one
    number, count = max(shared.items(), key=lambda item: item[1], default=(0, 0))
    return found[number] if count >= _SAME * len(shingles) and count else None
