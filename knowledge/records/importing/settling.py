"""Rows of one import that speak of the same record: which one is kept does not depend on order."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.records.importing.catalogue import KINDS
from knowledge.records.importing.preparing import Prepared, Refusal


def settle(rows: Sequence[Prepared]) -> tuple[list[Prepared], list[Refusal]]:
    """The rows to land, and those whose record another row describes otherwise.

    The later change wins; where none is dated later, the content decides (by its hash), so that
    the same files in another order give the same records.
    """
    best: dict[str, tuple[str, str]] = {}
    where: dict[str, Prepared] = {}
    for row in rows:
        for arrival, digest in zip(row.arrivals, row.hashes, strict=True):
            rank = (row.modified, digest)
            if rank > best.get(arrival.source_id, ("", "")):
                best[arrival.source_id] = rank
                where[arrival.source_id] = row
    kept: list[Prepared] = []
    refusals: list[Refusal] = []
    for row in rows:
        main = row.arrivals[0]
        if best[main.source_id][1] != row.hashes[0]:
            refusals.append(row.refused(_reason(row, where[main.source_id])))
            continue
        pairs = list(zip(row.arrivals, row.hashes, strict=True))
        pairs = [pair for pair in pairs if best[pair[0].source_id][1] == pair[1]]
        row.arrivals = [arrival for arrival, _ in pairs]
        row.hashes = [digest for _, digest in pairs]
        kept.append(row)
    return kept, refusals


def _reason(row: Prepared, other: Prepared) -> str:
    main = row.arrivals[0]
    why = "it was changed later" if other.modified > row.modified else "only one can be kept"
    label = KINDS[main.kind].label
    return (
        f"The same {label} ({main.key}) stands with other content in {other.file}:{other.line}; "
        f"that row was kept, because {why}."
    )
