"""Erasing somebody who asks to be forgotten, in one transaction.

A customer's contact goes with the record of them, their parts in deals and meetings, the mails
they wrote and the words they spoke; whatever else mentions them keeps everything but their name,
address and number. One of our own people goes with the record, their rights and all they did
here for themselves; what they wrote for the company stays, without their name.

What is committed holds nothing of them any more. `finish` derives the records again, and is done
by the next import too if it is cut short; what files of a database or an index still hold of
deleted rows is for the workspace to clear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from knowledge.errors import NotFound
from knowledge.index.backlog import forget
from knowledge.intake.cutting import cut_passages
from knowledge.intake.erasing.burying import bury
from knowledge.intake.erasing.rewriting import rewrite, survey
from knowledge.intake.erasing.sweeping import sweep
from knowledge.journal.erasing import erase_quotes
from knowledge.journal.forgetting import forget_person
from knowledge.records import Database
from knowledge.records.erasing.marks import Erasure, Mark, Marks, add_marks, keep_marks, stems_of
from knowledge.records.erasing.person import Person, find_person, marks_of, parts_of
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing import link
from knowledge.records.importing.intake import Unwatched
from knowledge.records.landing import take_turn


@dataclass(frozen=True)
class Erased:
    """What an erasure took away.

    Attributes:
        counts: how many by kind; `contact`, `document` and so on went whole, `blackened …` kept
            the rest of what they say, `conversations` and the like are rows of the journal.
        words: those of their name that are blackened wherever they stand; to be shown once to
            whoever decides, and kept nowhere.
        before: whether they had been erased before, so that only the traces are cleared again.
    """

    counts: Mapping[str, int]
    words: tuple[str, ...] = ()
    before: bool = False


def erase(session: Session, address: str, now: datetime) -> Erased:
    """Erase the person of an address from every table; the caller commits.

    Raises:
        NotFound: nothing here knows the address, now or before.
    """
    take_turn(session)
    person = find_person(session, address)
    if person is None:
        return _erased_before(session, address)
    marks = list(marks_of(session, person))
    number = keep_marks(session, marks, now.date(), ours=person.ours)
    found = survey(session, Redactor(Marks.load(session)))
    add_marks(session, session.get_one(Erasure, number), found.marks)
    redactor = Redactor(Marks.load(session))
    counts = rewrite(session, redactor, found)
    counts.update(bury(session, found, now))
    for source_id in (*found.theirs, *found.speaking):
        counts["answers and drafts"] += erase_quotes(session, source_id)
    if person.ours:
        counts.update(forget_person(session, _called(person)))
    counts.update(sweep(session, redactor, found.renamed))
    counts = Counter({kind: count for kind, count in counts.items() if count})
    return Erased(counts, _words_of(person, marks))


def finish(database: Database, administrators: Collection[str]) -> None:
    """Derive again what the erasure changed: records, rights, passages and their words."""
    link(database, administrators=administrators)
    cut_passages(database, Unwatched())
    with database.writing() as session:
        forget(session, [])  # vectors of texts that no passage has any more


def _words_of(person: Person, marks: Collection[Mark]) -> tuple[str, ...]:
    alone = {value for sort, value in marks if sort == "alone"}
    words = {part for name in person.names for part in parts_of(name)}
    return tuple(sorted(word for word in words if alone & set(stems_of(word))))


def _called(person: Person) -> set[str]:
    """What rows of the journal are kept under for one of our own people."""
    ids = {one.partition(":")[2] for one in person.records if one.startswith("user:")}
    return {*person.addresses, *person.names, *ids, *(f"user:{one}" for one in ids)}


def _erased_before(session: Session, address: str) -> Erased:
    wanted = address.strip().lower()
    if not Marks.load(session).whose("address", wanted):
        raise NotFound("person", address)
    return Erased(Counter(), before=True)
