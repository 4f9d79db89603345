"""What records answer to: looked up by references, and kept in step with the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.records.importing.names import MISSPELT, Candidate, nearly, spoken
from knowledge.records.landing import chunks
from knowledge.records.sources import Link, Name, Source

#: Kinds that are referred to by name, with the columns they are called by.
CALLED: Mapping[str, tuple[str, ...]] = {
    "user": ("name", "email"),
    "contact": ("name", "email"),
    "account": ("name", "email_domain"),
    "team": ("name",),
    "product": ("name",),
    "competitor": ("name",),
    "opportunity": ("name",),
    "policy": ("subject",),
    "value_driver": ("name",),
}
_FORMS = {"email": "email", "email_domain": "domain"}
#: Links whose answer a new name may change although it is only near.
_UNSURE = ("near", "missing", "implied", "ambiguous")
#: What references to a kind may be kept under: references of several kinds under their own.
ANY = "any"


@dataclass(frozen=True, slots=True)
class Called:
    """One name of one record."""

    key: str
    form: str
    record_id: str
    said: str
    implied: bool = False


def names_of(kind: str, record_id: str, row: Mapping[str, Any]) -> set[Called]:
    """The names a record's row answers to."""
    found: set[Called] = set()
    implied = bool(row.get("implied"))
    for column in CALLED.get(kind, ()):
        said = row.get(column)
        if said:
            said = f"@{said}" if column == "email_domain" else str(said)
            form = _FORMS.get(column, "name")
            found.add(Called(spoken(said).key, form, record_id, said, implied))
    return found


class Directory:
    """The names in the database, as seen by one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[tuple[str, str], list[Candidate]] = {}
        self._all: dict[str, dict[str, list[Candidate]]] = {}

    def look_up(self, kind: str, keys: Collection[str]) -> None:
        """Fetch in bulk who answers to these keys, so that `candidates` need not."""
        missing = sorted(key for key in set(keys) if (kind, key) not in self._found)
        for chunk in chunks(missing):
            self._found.update({(kind, key): [] for key in chunk})
            rows = self._session.execute(
                select(Name.key, Name.record_id, Name.said, Name.implied)
                .where(Name.kind == kind, Name.key.in_(chunk))
                .order_by(Name.record_id)
            )
            for key, record_id, said, implied in rows:
                self._found[kind, key].append(Candidate(record_id, said, implied))

    def candidates(self, kind: str, key: str) -> list[Candidate]:
        """Who answers to a key that was looked up."""
        return self._found.get((kind, key), [])

    def nearly(self, kind: str, said: str) -> Candidate | None:
        """The only record whose name this is a misspelling of, if there is one."""
        if kind not in MISSPELT:
            return None
        if kind not in self._all:
            self._all[kind] = self._everybody(kind)
        found = {
            one.record_id: one
            for name in nearly(said, self._all[kind])
            for one in self._all[kind][name]
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _everybody(self, kind: str) -> dict[str, list[Candidate]]:
        names: dict[str, list[Candidate]] = defaultdict(list)
        rows = self._session.execute(
            select(Name.record_id, Name.said, Name.implied).where(
                Name.kind == kind, Name.form == "name", Name.implied.is_(False)
            )
        )
        for record_id, said, implied in rows:
            names[said].append(Candidate(record_id, said, implied))
        return names


def rename(
    session: Session, kind: str, ids: Collection[str], now: set[Called], moved: Collection[str]
) -> None:
    """Write what these records answer to now, and mark the references this may change.

    `moved` are records whose account changed: with it may change who is meant among namesakes.
    """
    if kind not in CALLED:
        return
    before: set[Called] = set()
    for chunk in chunks(sorted(ids)):
        rows = session.execute(
            select(Name.key, Name.form, Name.record_id, Name.said, Name.implied).where(
                Name.kind == kind, Name.record_id.in_(chunk)
            )
        )
        before |= {Called(*row) for row in rows}
    gone, new = before - now, now - before
    for chunk in chunks(sorted({one.record_id for one in gone | new})):
        session.execute(delete(Name).where(Name.kind == kind, Name.record_id.in_(chunk)))
    touched = {one.record_id for one in gone | new}
    if rows_now := [one for one in now if one.record_id in touched]:
        session.connection().execute(insert(Name), [_row(kind, one) for one in rows_now])
    keys = {one.key for one in gone | new}
    keys |= {one.key for one in now if one.record_id in moved}
    implied_only = all(one.implied for one in gone | new)
    mark_by_key(session, kind, keys, only_missing=implied_only)
    mark_misspelt(session, kind, [one for one in gone | new if not one.implied])


def _row(kind: str, one: Called) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": one.key,
        "form": one.form,
        "record_id": one.record_id,
        "said": one.said,
        "implied": one.implied,
    }


def mark_by_key(
    session: Session, kind: str, keys: Collection[str], *, only_missing: bool = False
) -> None:
    """Mark for linking again what speaks of these names."""
    for chunk in chunks(sorted(keys)):
        here = Link.target_kind.in_((kind, ANY)) & Link.key.in_(chunk)
        here = here & (Link.how == "missing") if only_missing else here
        _mark(session, select(Link.source_id).where(here))


def mark_by_id(session: Session, ids: Collection[str]) -> None:
    """Mark for linking again what asked for records with these ids and did not find them."""
    for chunk in chunks(sorted(ids)):
        _mark(session, select(Link.source_id).where(Link.said_id.in_(chunk), Link.how != "id"))


def mark_by_target(session: Session, kind: str, ids: Collection[str]) -> None:
    """Mark for linking again what refers to these records."""
    for chunk in chunks(sorted(ids)):
        here = Link.target_id.in_(chunk) & Link.target_kind.in_((kind, ANY))
        _mark(session, select(Link.source_id).where(here))


def mark_misspelt(session: Session, kind: str, names: Collection[Called]) -> None:
    """Mark for linking again what may be, or may have been, a misspelling of these names."""
    if kind not in MISSPELT or not names:
        return
    query = select(Link.said).where(Link.target_kind == kind, Link.how.in_(_UNSURE)).distinct()
    unsure = list(session.scalars(query))
    said = {near for one in names if one.form == "name" for near in nearly(one.said, unsure)}
    mark_by_key(session, kind, {spoken(one).key for one in said})


def _mark(session: Session, sources: Any) -> None:
    session.execute(
        update(Source)
        .where(Source.id.in_(sources))
        .values(linked=0)
        .execution_options(synchronize_session=False)
    )
