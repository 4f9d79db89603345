"""By what somebody who was erased is known again, without keeping who it was.

Each mark is a keyed hash of an address, a telephone number, the key of a record, words of a name
or what they wrote. Nobody can read a name out of them; whoever holds the database and already
suspects one can confirm it, which no list that recognises people can avoid.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.records.base import Base

#: `part` is a word of a name, `name` several of them together, `alone` a word that only this
#: person has, `initial` a letter and a word; `key` is a source of theirs, `run` some words
#: in a row that they wrote or said.
Sort = Literal["address", "phone", "key", "part", "name", "alone", "initial", "run", "record"]
Mark = tuple[Sort, str]
NOBODY: frozenset[int] = frozenset()
_CYRILLIC = re.compile(r"[а-яё]")
_ENDINGS = 2  # letters of a Russian case ending
_SHORTEST_STEM = 4


class Erasure(Base):
    """One person who was erased, and when; `ours` if it was a colleague.

    All take over the `salt` of the first, so that a word is hashed once for all of them.
    """

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    erased_on: Mapped[date]
    ours: Mapped[bool]
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class ErasedMark(Base):
    """One mark of an erased person."""

    __tablename__ = "erased_marks"

    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    erasure_id: Mapped[int] = mapped_column(ForeignKey("erasures.id"), primary_key=True)


class Marks:
    """The marks of everybody who was erased; persons are the numbers of their erasures."""

    def __init__(
        self, salt: bytes, persons: Mapping[str, frozenset[int]], customers: frozenset[int]
    ) -> None:
        self._salt, self._persons = salt, persons
        #: Those whose own words went with them: what a colleague wrote is the company's.
        self.customers = customers

    @classmethod
    def load(cls, session: Session) -> Marks:
        """Those that are kept."""
        rows = session.execute(select(Erasure.id, Erasure.ours, Erasure.salt)).all()
        persons: dict[str, frozenset[int]] = {}
        if rows:
            for digest, erasure in session.execute(
                select(ErasedMark.digest, ErasedMark.erasure_id)
            ):
                persons[digest] = persons.get(digest, NOBODY) | {erasure}
        salt = rows[0].salt if rows else b""
        return cls(salt, persons, frozenset(row.id for row in rows if not row.ours))

    def __bool__(self) -> bool:
        return bool(self._persons)

    def whose(self, sort: Sort, value: str) -> frozenset[int]:
        """Whose mark a value is."""
        return self._persons.get(_digest(self._salt, sort, value), NOBODY)

    def new_key(self, key: str) -> str:
        """What stands for the key of a record that names somebody: always the same."""
        return f"erased-{_digest(self._salt, 'record', key)[:12]}"


def keep_marks(session: Session, marks: Iterable[Mark], on: date, *, ours: bool) -> int:
    """Keep the marks of one more person; the number of the erasure."""
    salt = session.scalar(select(Erasure.salt).order_by(Erasure.id).limit(1))
    erasure = Erasure(erased_on=on, ours=ours, salt=salt or secrets.token_bytes(32))
    session.add(erasure)
    session.flush()
    add_marks(session, erasure, marks)
    return erasure.id


def add_marks(session: Session, erasure: Erasure, marks: Iterable[Mark]) -> None:
    """Keep further marks of a person."""
    mine = ErasedMark.erasure_id == erasure.id
    known = set(session.scalars(select(ErasedMark.digest).where(mine)))
    new = {_digest(erasure.salt, sort, value) for sort, value in marks} - known
    session.add_all(ErasedMark(digest=one, erasure_id=erasure.id) for one in sorted(new))
    session.flush()


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without case and accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def forms_of(word: str) -> tuple[str, ...]:
    """The forms under which a word of a text may be that of a name: possessives, cases."""
    plain = folded(word)
    forms = [plain]
    forms += [
        plain.removesuffix(ending)
        for ending in ("'s", "’s", "s")
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM
    ]
    if _CYRILLIC.search(plain):
        longest = min(_ENDINGS, len(plain) - _SHORTEST_STEM)
        forms += [plain[:-cut] for cut in range(1, longest + 1)]
    return tuple(dict.fromkeys(forms))


def stems_of(part: str) -> tuple[str, ...]:
    """How a word of a name is kept: as it is, transcribed, and as a Russian stem."""
    plain = folded(part)
    written = part.casefold()
    for letter, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa")):
        written = written.replace(letter, two)
    stems = [plain, folded(written)]
    if _CYRILLIC.search(plain) and len(plain) > _SHORTEST_STEM and plain[-1] in "аяоийьеы":
        stems.append(plain[:-1])
    return tuple(dict.fromkeys(stems))


def _digest(salt: bytes, sort: str, value: str) -> str:
    content = f"{sort}\0{value}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, key=salt, digest_size=16).hexdigest()
