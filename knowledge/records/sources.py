"""Where every fact came from: sources, their versions, passages, vectors, links and imports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.records.base import Base


class Source(Base):
    """Something that can be cited: a record, a document or a playbook article.

    `id` is `kind:key`. `audience` is `account` (those who may see `account_id`), `everyone`
    (the playbook, product sheets), `owner` (only `owner_id`, its managers and administrators:
    a deal without an account) or `unassigned` (administrators, until somebody attaches it).

    `current` numbers the newest version; `linked` and `cut` the version its record row and its
    passages were last derived from. What lags behind is work still to do, so an import that was
    killed is finished by the next one.
    """

    __tablename__ = "sources"
    __table_args__ = (
        Index(
            "ix_sources_lagging",
            "kind",
            "id",
            sqlite_where=text("linked < current"),
            postgresql_where=text("linked < current"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    audience: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str | None] = mapped_column(index=True)
    owner_id: Mapped[str | None]
    current: Mapped[int]
    linked: Mapped[int] = mapped_column(default=0)
    cut: Mapped[int] = mapped_column(default=0)
    dated: Mapped[date | None]


class SourceVersion(Base):
    """One immutable state of a source; older ones stay citable for ever (until erasure).

    `text` is what passages and quotes point into. For a record it is one line a field; for a
    document the extracted text. `payload` holds a record's fields as they were imported.
    """

    __tablename__ = "source_versions"
    __table_args__ = (UniqueConstraint("source_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]]
    origin: Mapped[str]
    imported_at: Mapped[datetime]


class Passage(Base):
    """A span of a source version: `text == version.text[start:end]`, exactly.

    `content_hash` is the hash of what is embedded (`heading` and text), the key of its vectors.
    `language` is an ISO 639-1 code, or `und`. Only passages of current versions are kept.
    """

    __tablename__ = "passages"
    __table_args__ = (Index("ix_passages_hash", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("source_versions.id"), index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    heading: Mapped[str]
    language: Mapped[str] = mapped_column(String(3))
    content_hash: Mapped[str] = mapped_column(String(64))


class Vector(Base):
    """The embedding of a text by a model: little-endian float32, L2-normalised."""

    __tablename__ = "vectors"

    model: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    values: Mapped[bytes] = mapped_column(LargeBinary)


class Link(Base):
    """How a row's reference to another record was understood.

    `how`: `id`, `name` (the same name), `near` (a near-identical name, said to the importer),
    `implied` (only references speak of that account, so it was created from them), `ambiguous`
    or `missing` (then `target_id` is None). `said` is what people read; `said_id` and `key` are
    what a record that arrives later is looked up by, to find the references it changes.
    """

    __tablename__ = "links"
    __table_args__ = (
        Index("ix_links_key", "target_kind", "key"),
        Index("ix_links_target", "target_id", "target_kind"),
    )

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    target_kind: Mapped[str]
    said: Mapped[str]
    said_id: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    target_id: Mapped[str | None]
    how: Mapped[str] = mapped_column(index=True)


class Name(Base):
    """Derived: what a record answers to, so that references find it with one look-up.

    `form` is `name`, `email` or `domain`. `key` is what names are compared by (letters and
    digits only, without legal form); `said` is the name as written. `implied` names belong to
    records that only references speak of.
    """

    __tablename__ = "names"
    __table_args__ = (Index("ix_names_record", "kind", "record_id"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[str]
    implied: Mapped[bool] = mapped_column(default=False)


class Unsettled(Base):
    """What linking still has to derive, kept together with the change that asked for it.

    So a run that was killed is finished by the next one. `what` is `implied` (`key` is
    `kind:id`), `rights` (`key` is an account), `oversight`, or `attachment` (`key` is a
    fingerprint of the accounts and contacts that documents were last attached by).
    """

    __tablename__ = "unsettled"

    what: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)


class Grant(Base):
    """Derived: this user may see this account, and why (`owner`, `team` or `manager`)."""

    __tablename__ = "grants"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    why: Mapped[str]


class Oversight(Base):
    """Derived: this user sees what belongs to that user (to themselves, or to their reports)."""

    __tablename__ = "oversight"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[str] = mapped_column(primary_key=True)


class ImportRun(Base):
    """One import: when, what, and what became of it."""

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    paths: Mapped[list[str]]
    summary: Mapped[dict[str, Any]]


class Reject(Base):
    """A row or file that could not be taken: kept with its reason, never lost.

    `content_hash` is of file, reason and row, so that the same bad row is kept once.
    """

    __tablename__ = "rejects"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    file: Mapped[str] = mapped_column(index=True)
    line: Mapped[int | None]
    reason: Mapped[str]
    row_text: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64), unique=True)


class Snapshot(Base):
    """An immutable account review: what the findings were on a day."""

    __tablename__ = "review_snapshots"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(index=True)
    as_of: Mapped[date]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    content: Mapped[dict[str, Any]]
