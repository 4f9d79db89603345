"""What a search of the vector index is confined to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_MOST_ACCOUNTS = 10_000  # in one filter; Chroma fails somewhere above


@dataclass(frozen=True)
class Scope:
    """What a search is confined to before it is ranked; the records decide again afterwards.

    `languages` are those the model reads. `account_id` asks for one account; otherwise `accounts`
    are those granted to the viewer besides what is everyone's, and None means all.
    """

    languages: frozenset[str]
    account_id: str | None = None
    accounts: frozenset[str] | None = None

    def filter(self) -> dict[str, Any] | None:
        """The scope in Chroma's terms, only of things allowed; None for who may see everything.

        Then a filter costs ten times the search and keeps nothing out: only what the model reads
        is in the index, and what is proposed is read again from the records.
        """
        if self.account_id is None and self.accounts is None:
            return None
        allowed: list[dict[str, Any]] = [{"language": {"$in": sorted(self.languages)}}]
        if self.account_id is not None:
            allowed.append({"account": self.account_id})
        elif self.accounts is not None and len(self.accounts) <= _MOST_ACCOUNTS:
            anyone = {"audience": {"$in": ["everyone", "owner"]}}
            granted = {"account": {"$in": sorted(self.accounts)}}
            allowed.append({"$or": [anyone, granted]} if self.accounts else anyone)
        return {"$and": allowed} if len(allowed) > 1 else allowed[0]
