"""What arrives of somebody who was erased: their records stay out, their name is blackened.

The export they came from still has them, and so have the mails of their colleagues. The same
rules as at the erasure decide here, so that an import that changes nothing else changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from knowledge.records.erasing.marks import NOBODY, Marks
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing.catalogue import KINDS, TARGETS
from knowledge.records.importing.keys import record_key
from knowledge.records.landing import Arrival

#: Kinds that are nothing but somebody's part in something.
_PARTS = frozenset({"opportunity_contact", "activity_contact", "account_team_member"})
_PEOPLE = frozenset({"contact", "user"})
_PARTICIPANTS = "participants"
_MAIL = "message/rfc822"


@dataclass
class Met:
    """How often an import met somebody who was erased."""

    left_out: int = 0
    blackened: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """What became of it, in words."""
        said = []
        if self.left_out:
            said.append(f"left out {self.left_out:,} of people who were erased")
        if self.blackened:
            said.append(f"blackened people who were erased in {self.blackened:,}")
        return tuple(said)


def without_the_erased(
    session: Session, arrivals: Sequence[Arrival], met: Met
) -> list[Arrival | None]:
    """The arrivals as they may be kept, None for those that may not; counted in `met`."""
    marks = Marks.load(session)
    if not marks:
        return list(arrivals)
    redactor = Redactor(marks)
    kept: list[Arrival | None] = []
    for arrival in arrivals:
        theirs = is_of_them(redactor, arrival.source_id, arrival.payload, arrival.text)
        now = None if theirs else redacted(redactor, arrival)
        met.left_out += now is None
        met.blackened += now is not None and now != arrival
        kept.append(now)
    return kept


def blackened(session: Session, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals without the names of whom was erased; what a person tells us is always kept."""
    marks = Marks.load(session)
    return [redacted(Redactor(marks), one) for one in arrivals] if marks else list(arrivals)


def is_of_them(
    redactor: Redactor, source_id: str, payload: Mapping[str, Any], text: str
) -> frozenset[int]:
    """Of whom a source is a record, a part, or a letter; nobody if it only mentions them."""
    if whose := redactor.marks.whose("key", source_id):
        return whose
    kind = source_id.partition(":")[0]
    if kind in _PEOPLE:
        return redactor.is_theirs(str(payload.get("email") or payload.get("name") or ""))
    if kind == "document":
        return _written_by(redactor, payload, text) & redactor.marks.customers
    if kind in _PARTS:
        return _referred(redactor, kind, payload)
    if kind == "activity" and payload.get("direction") == "in" and payload.get("type") == "email":
        return _referred(redactor, kind, payload) & redactor.marks.customers
    return NOBODY


def _written_by(redactor: Redactor, payload: Mapping[str, Any], text: str) -> frozenset[int]:
    """Of whom a document is: a mail tells it by its first line, with the sender's address."""
    if payload.get("media") != _MAIL:
        return redactor.is_theirs(str(payload.get("author") or ""))
    sender = text.partition("\n")[0]
    return frozenset[int]().union(*(span.persons for span in redactor.named(sender)))


def redacted(redactor: Redactor, arrival: Arrival) -> Arrival:
    """The arrival without them; the same one if it says nothing of them."""
    key = arrival.key
    return replace(
        arrival,
        key=redactor.marks.new_key(key) if redactor.named(key) else key,
        title=redactor.text(arrival.title),
        text=redactor.text(arrival.text),
        payload=redacted_payload(redactor, arrival.kind, arrival.payload),
        origin=redactor.text(arrival.origin),
    )


def redacted_payload(redactor: Redactor, kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without them: a reference to them is dropped, a name is blackened.

    Of a mail's participants the company stays, by which the mail is attached to its account.
    """
    dropped = _references_to(redactor, kind, payload)
    kept = {name: value for name, value in payload.items() if name not in dropped}
    known = {name: redactor.value(value) for name, value in kept.items()}
    if _PARTICIPANTS in known:
        known[_PARTICIPANTS] = [_participant(redactor, one) for one in kept[_PARTICIPANTS]]
    for column in (name for name in _references(kind) if name in known):
        # A record they were named in has a key without them by now.
        value = str(kept[column])
        known[column] = redactor.marks.new_key(value) if redactor.named(value) else kept[column]
    return known


def _participant(redactor: Redactor, address: str) -> str:
    if not redactor.named(address):
        return address
    return redactor.text(f"erased@{address.rpartition('@')[2]}")


def _references(kind: str) -> tuple[str, ...]:
    return KINDS[kind].references if kind in KINDS else ()


def _references_to(redactor: Redactor, kind: str, payload: Mapping[str, Any]) -> set[str]:
    """The fields of a record that refer to them, by id or by name."""
    found: set[str] = set()
    for column in _references(kind):
        name = column.removesuffix("_id")
        said_id, said = str(payload.get(column) or ""), str(payload.get(name) or "")
        people = _PEOPLE & set(TARGETS[column])
        by_id = any(_is_record(redactor, kind, said_id or record_key(said)) for kind in people)
        if by_id or (people and redactor.is_theirs(said)):
            found |= {column, name}
    return found


def _referred(redactor: Redactor, kind: str, payload: Mapping[str, Any]) -> frozenset[int]:
    """To whom of them a record refers."""
    whose: frozenset[int] = NOBODY
    for column in _references(kind):
        name = column.removesuffix("_id")
        people = _PEOPLE & set(TARGETS[column])
        for target in people:
            for said in (payload.get(column), payload.get(name)):
                key = record_key(str(said or ""))
                whose |= redactor.marks.whose("key", f"{target}:{key}")
        if people:
            whose |= redactor.is_theirs(str(payload.get(name) or ""))
    return whose


def _is_record(redactor: Redactor, kind: str, key: str) -> bool:
    return bool(redactor.marks.whose("key", f"{kind}:{key}"))
