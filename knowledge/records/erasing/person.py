"""Who an address is: the records, names and numbers that go with it, and what marks them.

A word of a name is theirs alone if nobody else known here has it (contacts, users, companies,
products, whoever stands beside an address in a mail) and no text uses it as a common word: then
it goes wherever it stands. A name that somebody else or a company has too goes nowhere by
itself: only the address, the record and the words said under it do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session

from knowledge.records.erasing.marks import Mark, forms_of, stems_of
from knowledge.records.erasing.redacting import WORD, digits_of, name_mark
from knowledge.records.naming import normalised
from knowledge.records.tables import (
    Account,
    Competitor,
    Contact,
    Document,
    Product,
    Source,
    SourceVersion,
    Team,
    User,
)

_PEOPLE = ("contact", "user")
_SHORTEST = 3
_MOST_PARTS = 5
_PARTICLES = frozenset(
    "van von vom der den del della dos bin ibn zum ter ten and und herr frau".split()  # noqa: SIM905
)
#: `Name <address>`, as mails and lists write it.
_BESIDE = re.compile(r"([^\W\d_][^<>\n\"@;:]{1,60}?)[\"' ]*<([^<>\s@]+@[^<>\s@]+)>")
_SPEAKER = re.compile(r"^([^\W\d_][^:\n]{1,60}):", re.MULTILINE)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_AROUND = frozenset("@.~-_/")


@dataclass(frozen=True)
class Person:
    """Somebody who wants to be forgotten.

    Attributes:
        addresses: their e-mail addresses, in lower case.
        names: their names as they are written.
        phones: the digits of their numbers.
        records: the sources that are a record of them (`contact:…`, `user:…`).
        ours: whether they are one of our own people.
    """

    addresses: frozenset[str]
    names: frozenset[str]
    phones: frozenset[str]
    records: frozenset[str]
    ours: bool


def find_person(session: Session, address: str) -> Person | None:
    """Who an address is; None if nothing here knows it.

    Somebody of the same name at the same account is the same person, however often they were
    exported.
    """
    wanted = address.strip().lower()
    records = frozenset(_records_of(session, wanted))
    beside = set(_names_beside(session, wanted))
    if not records and not beside and not _is_mentioned(session, wanted):
        return None
    every = list(_payloads(session, records))
    addresses = {wanted} | {str(one["email"]).lower() for one in every if one.get("email")}
    names = {name for one in every for name in _names_in(one)}
    own = {stem for name in names or {wanted.partition("@")[0]} for stem in _stems(name)}
    names |= {name for name in beside if own & _stems(name)}
    phones = {digits_of(str(one[f])) for one in every for f in ("phone", "mobile") if one.get(f)}
    return Person(
        addresses=frozenset(addresses),
        names=frozenset(names),
        phones=frozenset(phones - {""}),
        records=records,
        ours=any(one.startswith("user:") for one in records),
    )


def marks_of(session: Session, person: Person) -> Iterator[Mark]:
    """What the person is known by from now on."""
    others = [frozenset(_stems(name)) for name in _other_names(session, person)]
    elsewhere = frozenset[str]().union(*others)
    mine = {stem for name in person.names for stem in _stems(name)}
    common = elsewhere | _common_words(session, mine)
    yield from (("address", one) for one in person.addresses)
    yield from (("phone", one) for one in person.phones - _other_phones(session, person))
    yield from (("key", one) for one in person.records)
    for name in person.names:
        yield from _marks_of_name(parts_of(name), others, common)


def _marks_of_name(
    parts: list[str], others: list[frozenset[str]], common: frozenset[str]
) -> Iterator[Mark]:
    stems = [stems_of(part) for part in parts[:_MOST_PARTS]]
    for length in range(2, len(stems) + 1):
        for some in combinations(stems, length):
            if not any(all(set(one) & other for one in some) for other in others):
                yield from (("name", name_mark(each)) for each in _each(some))
    for some in permutations(stems, 2):
        yield from (("alone", "".join(each)) for each in _each(some) if "".join(each) not in common)
    for number, one in enumerate(stems):
        for stem in one:
            yield "part", stem
            if stem not in common and (len(stem) >= _SHORTEST or not stem.isascii()):
                yield "alone", stem
            for first in (other[0][0] for at, other in enumerate(stems) if at != number):
                if not any(
                    stem in other and any(each[0] == first for each in other) for other in others
                ):
                    yield "initial", f"{first} {stem}"


def _each(some: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """One stem of each part: a name is written one way throughout."""
    return zip(*_even(tuple(some)), strict=True)


def _even(some: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    longest = max(len(one) for one in some)
    return (one + (one[0],) * (longest - len(one)) for one in some)


def parts_of(name: str) -> list[str]:
    """The words of a name that tell somebody by it, in order."""
    words = [word for word in WORD.findall(_BRACKETS.sub(" ", name)) if len(word) >= _SHORTEST]
    own = [word for word in words if word.casefold() not in _PARTICLES]
    return list(dict.fromkeys(own)) or WORD.findall(name)


def _stems(name: str) -> set[str]:
    return {stem for part in parts_of(name) for stem in stems_of(part)}


def _records_of(session: Session, address: str) -> Iterator[str]:
    """The sources of contacts and users with the address, now or before, and their doubles."""
    said = func.lower(cast(SourceVersion.payload, Text)).contains(address, autoescape=True)
    query = (
        select(SourceVersion.source_id, SourceVersion.payload)
        .join(Source, Source.id == SourceVersion.source_id)
        .where(Source.kind.in_(_PEOPLE), said)
    )
    found = {
        source_id
        for source_id, payload in session.execute(query)
        if str(payload.get("email") or "").lower() == address
    }
    for table in (Contact, User):
        mine = select(table.source_id).where(func.lower(table.email) == address)
        found |= set(session.scalars(mine))
    yield from found
    for contact in session.scalars(select(Contact).where(Contact.source_id.in_(found))).all():
        doubles = select(Contact).where(Contact.account_id == contact.account_id)
        for double in session.scalars(doubles):
            if normalised(double.name) == normalised(contact.name):
                yield double.source_id


def _payloads(session: Session, source_ids: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """What every version of these records said, and what their rows say."""
    query = select(SourceVersion.payload).where(SourceVersion.source_id.in_(source_ids))
    yield from session.scalars(query)
    for table in (Contact, User):
        rows = select(table.name, table.email).where(table.source_id.in_(source_ids))
        yield from ({"name": name, "email": email} for name, email in session.execute(rows))


def _names_in(payload: Mapping[str, Any]) -> Iterator[str]:
    both = f"{payload.get('first_name') or ''} {payload.get('last_name') or ''}".strip()
    for name in (payload.get("name"), both):
        if name and "@" not in name:
            yield str(name)


def _is_mentioned(session: Session, address: str) -> bool:
    query = select(SourceVersion.id).where(_says(address)).limit(1)
    return session.scalar(query) is not None


def _names_beside(session: Session, address: str) -> Iterator[str]:
    """The names that stand beside the address in texts."""
    for text in session.scalars(select(SourceVersion.text).where(_says(address))):
        yield from (m[1].strip() for m in _BESIDE.finditer(text) if m[2].lower() == address)


def _says(address: str) -> Any:
    return func.lower(SourceVersion.text).contains(address, autoescape=True)


def _other_names(session: Session, person: Person) -> Iterator[str]:
    """The names of everybody and everything else that is known here."""
    for table in (Contact, User, Account, Team, Product, Competitor):
        query = select(table.name).where(table.source_id.not_in(person.records))
        yield from (name for name in session.scalars(query) if name)
    mine = {stem for name in person.names for stem in _stems(name)}
    yield from (name for name in _named_in_texts(session, person) if _stems(name) - mine)


def _named_in_texts(session: Session, person: Person) -> Iterator[str]:
    """Who stands beside another address, speaks in a call, or wrote a document.

    Their own name beside an address that nobody knew is not somebody else's.
    """
    for text in session.scalars(select(SourceVersion.text).where(SourceVersion.text.contains("@"))):
        for match in _BESIDE.finditer(text):
            if match[2].lower() not in person.addresses:
                yield match[1]
    for text in session.scalars(select(SourceVersion.text).where(_is_of_a_call())):
        yield from _SPEAKER.findall(text)
    yield from (one for one in session.scalars(select(Document.author)) if one)


def _is_of_a_call() -> ColumnElement[bool]:
    calls = select(Document.source_id).where(Document.media == "text/vtt")
    return SourceVersion.source_id.in_(calls)


def _other_phones(session: Session, person: Person) -> set[str]:
    query = select(Contact.phone).where(
        Contact.source_id.not_in(person.records), Contact.phone.is_not(None)
    )
    return {digits_of(phone) for phone in session.scalars(query) if phone}


def _common_words(session: Session, stems: set[str]) -> set[str]:
    """Those of some stems that texts use as words in lower case, outside of addresses."""
    common: set[str] = set()
    seen: dict[str, set[str]] = {}
    for text in session.scalars(select(SourceVersion.text).execution_options(yield_per=500)):
        for match in WORD.finditer(text):
            word = match[0]
            if not word.islower():
                continue
            if word not in seen:
                seen[word] = stems & set(forms_of(word))
            if seen[word] - common and not _is_within(text, match):
                common |= seen[word]
    return common


def _is_within(text: str, match: re.Match[str]) -> bool:
    """Whether a word is a piece of an address or a file's name."""
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    after = text[match.end() : match.end() + 2]
    joined = bool(after) and after[0] in _AROUND and after[-1:].isalnum() and len(after) > 1
    return before in _AROUND or joined
