"""The next-best alternative: what this customer would do without us, and who says so.

Read from open deals first, then from spend estimates, then from deals lost. An alternative that
was deduced is a hypothesis; the evidence shows which record it stands in. Source of the idea:
Anderson, Narus & van Rossum (2006).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.claims import Evidence
from assistant.insight import buying_centre as centre
from assistant.insight.evidence import excerpt, recorded
from knowledge.records import AccountFile
from knowledge.records.naming import normalised
from knowledge.records.tables import Competitor, Opportunity, SpendEstimate

#: Where an alternative was read, the strongest first.
ORIGINS = ("open deal", "spend estimate", "lost deal")


@dataclass(frozen=True)
class Alternative:
    """A rival this customer could take, with the records that name it, the strongest first."""

    competitor_id: str
    name: str
    origins: tuple[str, ...]
    strengths: str | None
    weaknesses: str | None
    evidence: tuple[Evidence, ...]

    @property
    def named(self) -> tuple[Evidence, ...]:
        """The first two records that name it, and its own name."""
        mentions = [e for e in self.evidence if not e.ref.startswith("competitor:")][:2]
        return (*mentions, *(e for e in self.evidence if e.ref.endswith("#name")))


def alternatives(file: AccountFile) -> tuple[Alternative, ...]:
    """Every rival on record for this account; the first is the next-best alternative."""
    found: dict[str, list[tuple[str, Evidence]]] = {}
    for competitor, origin, evidence in _mentions(file):
        found.setdefault(competitor.id, []).append((origin, evidence))
    ranked = sorted(found, key=lambda key: (_ranks(found[key]), key))
    return tuple(_alternative(file.catalogue.competitors[key], found[key]) for key in ranked)


def concerns(words: str | None, alternative: Alternative, rivals: list[Competitor]) -> bool:
    """Whether a driver's own alternative is this one; one that names no rival is any of them."""
    text = f" {normalised(words or '')} "
    named = {rival.id for rival in rivals if f" {normalised(rival.name)} " in text}
    return not named or alternative.competitor_id in named


def _mentions(file: AccountFile) -> Iterator[tuple[Competitor, str, Evidence]]:
    largest = sorted(centre.open_deals(file), key=lambda deal: (-(deal.amount or 0), deal.id))
    for deal in largest:
        yield from _on_record(file, deal, ORIGINS[0])
        for rival in centre.rivals_named(file, deal.meddpicc_competition or ""):
            yield rival, ORIGINS[0], excerpt(deal, "meddpicc_competition", "status")
    for row in sorted(file.spend, key=lambda row: (-(row.high or row.low or 0), row.id)):
        yield from _on_record(file, row, ORIGINS[1])
    lost = [deal for deal in file.opportunities if deal.status == "lost"]
    for deal in sorted(lost, key=lambda deal: (str(deal.closes_on or ""), deal.id), reverse=True):
        yield from _on_record(file, deal, ORIGINS[2])


def _on_record(
    file: AccountFile, row: Opportunity | SpendEstimate, origin: str
) -> Iterator[tuple[Competitor, str, Evidence]]:
    rival = file.catalogue.competitors.get(row.competitor_id or "")
    if rival is not None:
        fields = ("competitor_id", "status") if isinstance(row, Opportunity) else ("competitor_id",)
        yield rival, origin, excerpt(row, *fields)


def _ranks(mentions: list[tuple[str, Evidence]]) -> tuple[int, ...]:
    """Open deals before estimates before losses; among equals, the more often named."""
    counts = [sum(origin == kind for origin, _ in mentions) for kind in ORIGINS]
    return tuple(-count for count in counts)


def _alternative(rival: Competitor, mentions: list[tuple[str, Evidence]]) -> Alternative:
    origins = tuple(kind for kind in ORIGINS if any(origin == kind for origin, _ in mentions))
    profile = [recorded(rival, "name")]
    profile += [recorded(rival, f) for f in ("strengths", "weaknesses") if getattr(rival, f)]
    evidence = tuple(dict.fromkeys([*(cited for _, cited in mentions), *profile]))
    return Alternative(rival.id, rival.name, origins, rival.strengths, rival.weaknesses, evidence)
