"""Documents: read, kept as versions of a source, and attached to an account.

Whose a document is depends on which accounts and contacts are known, so it is decided again for
every document whenever those have changed: the order of imports makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from knowledge.errors import Unreadable
from knowledge.intake.files import Found
from knowledge.intake.keeping import WITHDRAWN
from knowledge.passages import Directory, Reading, attach, language_of, read
from knowledge.records import Database
from knowledge.records.importing import Progress, Refusal
from knowledge.records.importing.leaving_out import Met, without_the_erased
from knowledge.records.importing.unsettled import owed, settled, unsettle
from knowledge.records.landing import Arrival, Outcome, land
from knowledge.records.tables import Account, Contact, Document, Source, SourceVersion

KIND = "document"
_ATTACHMENT = "attachment"
#: Front matter that opens a document to everyone, and the folder whose files are so by custom.
_EVERYONE = "everyone"
_PRODUCT_SHEETS = "products"
_BATCH = 50


def take_documents(
    database: Database,
    files: Sequence[Found],
    now: datetime,
    progress: Progress,
    refusals: list[Refusal],
    *,
    met: Met,
) -> Counter[Outcome]:
    """Read and keep some documents; those that cannot be read are added to `refusals`.

    What is of somebody who was erased is counted in `met`, and as unchanged.
    """
    outcomes: Counter[Outcome] = Counter()
    progress.start("Reading documents", len(files))
    for first in range(0, len(files), _BATCH):
        batch = files[first : first + _BATCH]
        arrivals = [
            _arrival(reading, file) for file in batch for reading in _readings(file, refusals)
        ]
        with database.writing() as session:
            allowed = without_the_erased(session, arrivals, met)
            outcomes.update(land(session, [a for a in allowed if a is not None], now))
            outcomes["unchanged"] += allowed.count(None)
        progress.advance(len(batch))
    return outcomes


def expect_changes(session: Session) -> None:
    """Note who is known before accounts and contacts change.

    The note stays until documents were attached again: a run that is killed in between leaves it
    to the next one.
    """
    if not owed(session, _ATTACHMENT, 1):
        unsettle(session, _ATTACHMENT, {_Directories(session).fingerprint})


def attach_documents(database: Database) -> None:
    """Attach the documents that changed; all of them when accounts or contacts have changed.

    Keeps the hand of a person: what somebody attached stays where it is.
    """
    with database.writing() as session:
        directories = _Directories(session)
        noted = owed(session, _ATTACHMENT, 1)
        everything = noted != [directories.fingerprint]
        for source, version, known in _to_attach(session, everything=everything):
            if (known is not None and known.attached_by == "hand") or WITHDRAWN in version.payload:
                continue
            _keep(session, source, version, directories.of(version.payload["file"]))
        settled(session, _ATTACHMENT, noted)


def unassigned_documents(session: Session) -> list[str]:
    """The files of the documents that match no account, in order."""
    rows = session.execute(
        select(Document.file)
        .join(Source, Source.id == Document.source_id)
        .where(Source.audience == "unassigned")
        .order_by(Document.file)
    )
    return list(dict.fromkeys(file for (file,) in rows))


def _readings(file: Found, refusals: list[Refusal]) -> list[Reading]:
    try:
        return read(file.path, root=file.root)
    except Unreadable as error:
        refusals.append(Refusal(file.name, None, str(error), ""))
        return []


def _arrival(reading: Reading, file: Found) -> Arrival:
    return Arrival(
        kind=KIND,
        key=_key(reading),
        title=reading.title,
        text=reading.text,
        payload={
            "media": reading.media,
            "author": reading.author,
            "dated": reading.dated.isoformat() if reading.dated else None,
            "participants": sorted(reading.participants),
            "account_hint": reading.account_hint,
            "language_hint": reading.language_hint,
            "audience": reading.front_matter.get("audience"),
            "file": file.name,
        },
        origin=f"{file.name}:1",
        dated=reading.dated,
    )


def _key(reading: Reading) -> str:
    """A mail never changes, and its sender chooses its Message-ID: another text, another mail."""
    if reading.media != "message/rfc822":
        return reading.key
    return f"{reading.key}#{sha256(reading.text.encode()).hexdigest()[:8]}"


def _to_attach(
    session: Session, *, everything: bool
) -> Sequence[Row[Source, SourceVersion, Document | None]]:
    query = (
        select(Source, SourceVersion, Document)
        .join(
            SourceVersion,
            (SourceVersion.source_id == Source.id) & (SourceVersion.number == Source.current),
        )
        .outerjoin(Document, Document.source_id == Source.id)
        .where(Source.kind == KIND)
        .order_by(Source.id)
    )
    if not everything:
        query = query.where(Source.linked != Source.current)
    return session.execute(query).all()


def _keep(
    session: Session,
    source: Source,
    version: SourceVersion,
    directory: Directory,
) -> None:
    payload = version.payload
    everyone = _is_everyones(payload)
    found = None if everyone else attach(_reading(source, version), directory)
    source.account_id = found.account_id if found else None
    source.audience = "everyone" if everyone else "account" if found else "unassigned"
    source.linked = source.current
    session.merge(
        document_of(source, payload, version.text, attached_by=found.by if found else None)
    )


def document_of(
    source: Source, payload: Mapping[str, Any], text: str, *, attached_by: str | None
) -> Document:
    """The row of a document, from its source and what the current version of it holds."""
    return Document(
        id=source.id.removeprefix(f"{KIND}:"),
        source_id=source.id,
        version=source.current,
        account_id=source.account_id,
        title=source.title,
        file=payload["file"],
        media=payload["media"],
        language=payload["language_hint"] or language_of(text),
        dated=source.dated,
        author=payload["author"],
        attached_by=attached_by,
    )


def _is_everyones(payload: Mapping[str, Any]) -> bool:
    """Said by its front matter, or a product sheet by the folder it lies in."""
    folders = PurePosixPath(payload["file"]).parts[:-1]
    return payload["audience"] == _EVERYONE or _PRODUCT_SHEETS in folders


def _reading(source: Source, version: SourceVersion) -> Reading:
    payload = version.payload
    return Reading(
        key=source.id.removeprefix(f"{KIND}:"),
        title=source.title,
        text=version.text,
        media=payload["media"],
        participants=tuple(payload["participants"]),
        account_hint=payload["account_hint"],
    )


class _Directories:
    """One directory a folder, so that the names are prepared once."""

    def __init__(self, session: Session) -> None:
        accounts = session.scalars(select(Account)).all()
        people = session.execute(
            select(Contact.email, Contact.account_id).where(
                Contact.email.is_not(None), Contact.account_id.is_not(None)
            )
        )
        self._accounts = {account.id: account.name for account in accounts}
        self._contacts = _unshared((e.lower(), a) for e, a in people if e and a)
        domains = [(_domain(a.website), a.id) for a in accounts]
        domains += [(a.email_domain, a.id) for a in accounts]
        domains += [(email.rpartition("@")[2], a) for email, a in self._contacts.items()]
        self._domains = _unshared((domain, account) for domain, account in domains if domain)
        self._by_folder: dict[str, Directory] = {}

    @property
    def fingerprint(self) -> str:
        """Differs when anything differs that decides whose a document is."""
        known = [sorted(one.items()) for one in (self._accounts, self._contacts, self._domains)]
        return sha256(repr(known).encode()).hexdigest()

    def of(self, file: str) -> Directory:
        """What is known to the document at a path."""
        folder = PurePosixPath(file).parent.as_posix()
        folder = "" if folder == "." else folder
        if folder not in self._by_folder:
            self._by_folder[folder] = Directory(
                self._accounts, self._domains, self._contacts, folder
            )
        return self._by_folder[folder]


def _unshared(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What belongs to exactly one account."""
    owners: dict[str, set[str]] = {}
    for key, account in pairs:
        owners.setdefault(key.lower(), set()).add(account)
    return {key: next(iter(ids)) for key, ids in owners.items() if len(ids) == 1}


def _domain(website: str | None) -> str | None:
    if not website:
        return None
    host = urlsplit(website if "//" in website else f"//{website}").hostname
    return host.removeprefix("www.") if host else None
