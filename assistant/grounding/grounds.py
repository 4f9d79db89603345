"""What claims are checked against: source versions, resolved for one viewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from knowledge.records import Ledger, Viewer
from knowledge.records.references import Reference
from knowledge.records.tables import Source, SourceVersion

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Ground:
    """One version of a source, as a viewer may see it.

    `account_id` is None for what belongs to no account; `everyones` marks the playbook, product
    sheets and whatever else all may see. `currency` is what its amounts are in; `ours` is the
    currency drafts are written in and `rate` what one unit of `currency` is worth in it.
    """

    source: str
    title: str
    text: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    account_id: str | None = None
    everyones: bool = False
    currency: str | None = None
    ours: str | None = None
    rate: Decimal | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "payload", MappingProxyType(dict(self.payload)))

    def in_ours(self, amount: Decimal) -> Decimal | None:
        """An amount of this record in our currency, to the cent; None where it is ours already."""
        if self.rate is None or self.currency == self.ours:
            return None
        return (amount * self.rate).quantize(_CENT)


class Grounds(Protocol):
    """Resolves references for one viewer."""

    def find(self, ref: str) -> Ground | None:
        """The source version a reference cites; None if missing or not the viewer's to see."""

    def expect(self, refs: Iterable[str]) -> None:
        """These will be asked for; who reads from afar reads them together."""


class LedgerGrounds:
    """The records of the ledger for one viewer; each source version is read once.

    Make a new one for each draft: rights may change, and the cache never forgets.
    """

    def __init__(self, ledger: Ledger, viewer: Viewer) -> None:
        self._ledger = ledger
        self._viewer = viewer
        self._known: dict[str, Ground | None] = {}

    def find(self, ref: str) -> Ground | None:
        """The source version a reference cites; None if missing or not the viewer's to see."""
        parts = Reference.parse(ref)
        if parts is None:
            return None
        if parts.whole not in self._known:
            self.expect((ref,))
        return self._known[parts.whole]

    def expect(self, refs: Iterable[str]) -> None:
        """Read those of some references that are not known yet, in one go."""
        cited = {parts.whole for ref in refs if (parts := Reference.parse(ref))}
        new = cited - self._known.keys()
        if new:
            read = self._ledger.source_texts(self._viewer, new)
            self._known |= {one: self._ground(*read[one]) if one in read else None for one in new}

    def _ground(self, source: Source, version: SourceVersion) -> Ground:
        currency = version.payload.get("currency") or self._ledger.currency
        return Ground(
            source=source.id,
            title=source.title,
            text=version.text,
            payload=version.payload,
            account_id=source.account_id,
            everyones=source.audience == "everyone",
            currency=currency,
            ours=self._ledger.currency,
            rate=self._ledger.rates.get(currency),
        )
