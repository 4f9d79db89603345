"""What claims are checked against: source versions, resolved for one viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from knowledge.errors import NotFound
from knowledge.records import Ledger, Viewer
from knowledge.records.references import Reference

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


class LedgerGrounds:
    """The records of the ledger for one viewer; each source version is read once.

    Make a new one for each draft: rights may change, and the cache never forgets.
    """

    def __init__(self, ledger: Ledger, viewer: Viewer) -> None:
        self._ledger = ledger
        self._viewer = viewer
        self._known: dict[tuple[str, int], Ground | None] = {}

    def find(self, ref: str) -> Ground | None:
        """The source version a reference cites; None if missing or not the viewer's to see."""
        parts = Reference.parse(ref)
        if parts is None:
            return None
        key = (parts.source, parts.version)
        if key not in self._known:
            self._known[key] = self._read(f"{parts.source}@{parts.version}")
        return self._known[key]

    def _read(self, ref: str) -> Ground | None:
        try:
            source, version = self._ledger.source_text(self._viewer, ref)
        except NotFound:
            return None
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
