"""What the references of a batch of records mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.records.importing.catalogue import KINDS, TARGETS
from knowledge.records.importing.directory import ANY, Directory
from knowledge.records.importing.keys import is_email, record_key
from knowledge.records.importing.names import choose, spoken
from knowledge.records.landing import chunks

#: Kinds that come into being when only references speak of them.
IMPLIED = frozenset({"account", "user", "team", "competitor"})
#: Kinds of which an account may have namesakes: the row's own account decides between them.
_NAMESAKES = frozenset({"contact", "opportunity"})


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row says in one reference column: an exported id, a name, or both."""

    column: str
    kinds: tuple[str, ...]
    said_id: str
    said: str
    implies: bool
    named: bool = True

    @property
    def key(self) -> str:
        """What the name is compared by."""
        return spoken(self.said).key


@dataclass(frozen=True, slots=True)
class Answer:
    """How a reference was understood; `kind` is the target's, `how` as in `Link`."""

    reference: Reference
    kind: str
    target_id: str | None
    how: str
    read_as: str = ""

    @property
    def kept_kind(self) -> str:
        """The kind under which the link waits for changes."""
        return self.kind if len(self.reference.kinds) == 1 else ANY


def implied_id(said: str) -> str:
    """The id of a record that only references speak of."""
    return record_key(f"named:{spoken(said).normal or said.strip()}")


def references(kind: str, payload: Mapping[str, Any]) -> Iterator[Reference]:
    """What a record refers to, the account first (it decides between namesakes)."""
    for column in sorted(KINDS[kind].references, key=lambda name: (name != "account_id", name)):
        name = column.removesuffix("_id")
        said_id, said = payload.get(column) or "", payload.get(name) or ""
        if said_id or said:
            kinds = TARGETS[column]
            implies = bool(said) and len(kinds) == 1 and kinds[0] in IMPLIED
            exported = said_id or record_key(said)
            yield Reference(column, kinds, exported, said or said_id, implies, named=bool(said))
    if kind == "contact" and not (payload.get("account_id") or payload.get("account")):
        domain = str(payload.get("email") or "").partition("@")[2].lower()
        if domain:  # a weak hint: it finds an account with that domain, and creates none
            yield Reference("account_id", ("account",), "", f"@{domain}", implies=False)


class Resolver:
    """Answers references from the records and names of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._directory = Directory(session)
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._accounts: dict[tuple[str, str], str | None] = {}

    def prepare(self, wanted: Sequence[Reference]) -> None:
        """Fetch in bulk what these references may mean."""
        ids: dict[str, set[str]] = defaultdict(set)
        keys: dict[str, set[str]] = defaultdict(set)
        for reference in wanted:
            for kind in reference.kinds:
                if reference.said_id:
                    ids[kind].add(reference.said_id)
                keys[kind].add(reference.key)
        for kind, some in ids.items():
            table = KINDS[kind].columns
            for chunk in chunks(sorted(some)):
                query = select(table.c.id).where(table.c.id.in_(chunk))
                self._ids[kind].update(self._session.scalars(query))
        for kind, some in keys.items():
            self._directory.look_up(kind, some)
        self._look_up_namesakes(keys)

    def add_ids(self, kind: str, ids: Sequence[str]) -> None:
        """Records about to be written: they may refer to each other."""
        self._ids[kind].update(ids)

    def answer(self, reference: Reference, account_id: str | None) -> Answer:
        """What a prepared reference means, for a row of that account."""
        for kind in reference.kinds:
            if reference.said_id and reference.said_id in self._ids[kind]:
                by_name = reference.named and spoken(reference.said).normal == reference.said_id
                return Answer(reference, kind, reference.said_id, "name" if by_name else "id")
        tried = [self._by_name(reference, kind, account_id) for kind in reference.kinds]
        order = ("id", "name", "near", "implied", "ambiguous", "missing")
        return min(tried, key=lambda one: order.index(one.how))

    def _by_name(self, reference: Reference, kind: str, account_id: str | None) -> Answer:
        if not reference.named:
            return Answer(reference, kind, None, "missing")
        candidates = self._directory.candidates(kind, reference.key)
        found, how = choose(reference.said, candidates)
        if how == "ambiguous" and kind in _NAMESAKES and account_id:
            here = [c for c in candidates if self._accounts.get((kind, c.record_id)) == account_id]
            found, how = choose(reference.said, here)
            how = "ambiguous" if found is None else how
        if how == "missing" and (near := self._directory.nearly(kind, reference.said)):
            found, how = near, "near"
        if found is not None:
            sure = "id" if how == "name" and is_email(reference.said) else how
            return Answer(reference, kind, found.record_id, sure, found.said)
        if how == "missing" and reference.implies:
            return Answer(reference, kind, implied_id(reference.said), "implied")
        if how == "missing" and (stand_in := self._stand_in(reference, candidates)):
            sure = "id" if "@" in reference.said else "name"
            return Answer(reference, kind, stand_in, sure, reference.said)
        return Answer(reference, kind, None, how)

    def _stand_in(self, reference: Reference, candidates: Sequence[Any]) -> str | None:
        """Somebody implied elsewhere: a reference that implies nobody may still mean them."""
        wanted = implied_id(reference.said)
        return next((wanted for one in candidates if one.record_id == wanted), None)

    def _look_up_namesakes(self, keys: Mapping[str, set[str]]) -> None:
        for kind in _NAMESAKES & keys.keys():
            several = [
                one.record_id
                for key in keys[kind]
                if len(found := self._directory.candidates(kind, key)) > 1
                for one in found
            ]
            table = KINDS[kind].columns
            for chunk in chunks(sorted(set(several))):
                query = select(table.c.id, table.c.account_id).where(table.c.id.in_(chunk))
                for record_id, account_id in self._session.execute(query):
                    self._accounts[kind, record_id] = account_id
