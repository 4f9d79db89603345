"""A model's sentence as a restatement: what it rests on, how sure it may be, whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.claims import Claim, ClaimKind, Evidence
from assistant.drafting.brief import Basis
from assistant.grounding import Examined, Grounds, examine

_ORDER: tuple[ClaimKind, ...] = ("unknown", "recommendation", "inference", "fact")


def restatement(text: str, kind: ClaimKind, restated: Sequence[Claim]) -> Claim:
    """A sentence on the evidence of all that it restates, as sure as the least sure of them."""
    evidence = dict.fromkeys(e for claim in restated for e in claim.evidence)
    return Claim(text, least_sure(kind, *(claim.kind for claim in restated)), tuple(evidence))


def least_sure(*kinds: ClaimKind) -> ClaimKind:
    """The kind that claims least; an unknown claims nothing."""
    return min(kinds, key=_ORDER.index)


def held(claim: Claim, basis: Basis, grounds: Grounds, words: Iterable[str]) -> Examined:
    """A sentence held against its evidence; it may use `words` besides those of its basis."""
    [examined] = examine(
        [claim],
        grounds,
        account=basis.account,
        related=basis.related,
        vocabulary=(*basis.vocabulary, *words),
        as_of=basis.as_of,
    )
    return examined


def heard_in(evidence: Iterable[Evidence]) -> list[str]:
    """What lends words besides the sentences restated: quotes, titles, the names of inputs."""
    return [
        part
        for e in evidence
        for part in (e.quote, e.title, *(given.name.replace("_", " ") for given in e.inputs))
    ]
