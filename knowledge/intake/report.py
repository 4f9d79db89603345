"""What an import did, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.records.importing import Refusal


@dataclass(frozen=True)
class ImportReport:
    """The sum of an import: rows and documents by what became of them.

    `mapping` tells for each table what its columns were taken for; `notes` what was decided on
    the way (near-identical names joined, a date order assumed); `unassigned` the documents that
    match no account; `erased` how often somebody who was erased was left out or blackened.
    """

    files: int
    outcomes: Mapping[str, int]
    mapping: Sequence[Mapping[str, Any]] = ()
    notes: Sequence[str] = ()
    refusals: Sequence[Refusal] = ()
    unassigned: Sequence[str] = ()
    rejects_file: str | None = None
    erased: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The report in the shape of the command line's contract."""
        return {
            "files": self.files,
            "created": self.outcomes.get("created", 0),
            "updated": self.outcomes.get("updated", 0),
            "unchanged": self.outcomes.get("unchanged", 0),
            "rejected": self.outcomes.get("rejected", 0),
            "mapping": list(self.mapping),
            "notes": list(self.notes),
            "rejects": [
                {"file": one.file, "line": one.line, "reason": one.reason} for one in self.refusals
            ],
            "unassigned": list(self.unassigned),
            "rejects_file": self.rejects_file,
            "erased": dict(self.erased),
        }
