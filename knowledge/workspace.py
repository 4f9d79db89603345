"""A workspace: one company's records, the playbook and their index, behind one façade.

It lives in a home folder: `liaison.db` (unless a PostgreSQL address is given), the vector index
beside it (unless a Chroma server is), and the list of what imports rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import func, select

from knowledge.errors import NotFound, Unavailable
from knowledge.intake import ImportReport, take_in
from knowledge.intake.articles import keep_playbook
from knowledge.intake.taking import list_rejects
from knowledge.records import Database, Ledger, Viewer
from knowledge.records.erasing.marks import Marks
from knowledge.records.erasing.redacting import Redactor
from knowledge.records.importing import Progress
from knowledge.records.importing.intake import Unwatched
from knowledge.records.tables import Passage

if TYPE_CHECKING:
    from knowledge.index.embedding import Embedder
    from knowledge.index.hits import Found
    from knowledge.index.search import Search
    from knowledge.index.vectors import VectorIndex
    from knowledge.intake.erasing import Erased
    from knowledge.records.importing import Mapping as ColumnMapping

#: Up to here every passage is compared with the question; the index is only opened beyond.
SMALL = 5_000
REJECTS, INDEX = "rejects.csv", "index"


@dataclass(frozen=True)
class Place:
    """Where a workspace is, and what its figures are told in.

    `embedder` is called once, when vectors are first needed: models are slow to load.
    """

    home: Path
    database_url: str
    embedder: Callable[[], Embedder]
    chroma_url: str | None = None
    currency: str = "EUR"
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    admins: tuple[str, ...] = ()


class Workspace:
    """An open workspace; `close` it, or use it as a context."""

    def __init__(self, place: Place) -> None:
        self.place = place
        place.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.database = Database.open(place.database_url)
        self.ledger = Ledger(self.database, currency=place.currency, rates=place.rates)
        self._vectors: VectorIndex | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the database and the index."""
        if self._vectors is not None:
            self._vectors.close()
        self.database.close()

    @cached_property
    def embedder(self) -> Embedder:
        """The model of this workspace's vectors."""
        return self.place.embedder()

    def take_in(
        self,
        paths: Sequence[Path],
        *,
        mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
        now: datetime | None = None,
    ) -> ImportReport:
        """Import exports and documents; everything is findable by words when this returns."""
        return take_in(
            self.database,
            paths,
            mapping=mapping,
            now=now or datetime.now(UTC),
            progress=progress or Unwatched(),
            administrators=self.place.admins,
            rejects_to=self.place.home / REJECTS,
        )

    def keep_playbook(self) -> Mapping[str, int]:
        """Make the shipped playbook citable; the stored version of each article by source id."""
        return keep_playbook(self.database, datetime.now(UTC))

    def awaiting_vectors(self) -> int:
        """How many passages can be found by words only, so far."""
        from knowledge.index.backlog import pending

        with self.database.reading() as session:
            return pending(session, self.embedder)

    def embed(
        self, progress: Progress | None = None, *, stop: Callable[[], bool] | None = None
    ) -> int:
        """Give every passage its vector; safe to interrupt, goes on where it stopped.

        `stop` is asked every few seconds; the work ends when it answers True.
        """
        from knowledge.index.backlog import embed_pending

        waiting = self.awaiting_vectors()
        if not waiting:
            return 0
        watch = progress or Unwatched()
        watch.start("Reading for meaning", waiting)
        return embed_pending(
            self.database, self.embedder, self._vectors, progress=watch.advance, stop=stop
        )

    def erase_vectors(self) -> None:
        """Build the vector index anew where there is one: what was deleted stays in its files.

        Raises:
            IndexHeld: another process owns the index.
        """
        if self._vectors is not None or (self.place.home / INDEX).is_dir():
            self._open_vectors().rebuild(self.database)

    def rehearse_erasing(self, viewer: Viewer, address: str) -> Erased:
        """What `erase` would take away; nothing is changed.

        Raises:
            NotFound: nothing here knows the address, or the viewer does not administer.
        """
        from knowledge.intake.erasing import erase

        _admit(viewer, address)
        with self.database.rehearsing() as session:
            return erase(session, address, datetime.now(UTC))

    def erase(self, viewer: Viewer, address: str) -> Erased:
        """Erase a person, and what files still hold of them; safe to repeat where it stopped.

        Raises:
            NotFound: nothing here knows the address, now or before, or the viewer does not
                administer.
            IndexHeld: another process owns the vector index.
            Unavailable: another process uses the database, so that its file cannot be cleared.
        """
        from knowledge.intake.erasing import erase, finish

        _admit(viewer, address)
        if self.place.chroma_url or (self.place.home / INDEX).is_dir():
            self._open_vectors()  # held before anything is gone
        with self.database.writing() as session:
            erased = erase(session, address, datetime.now(UTC))
        finish(self.database, self.place.admins)
        list_rejects(self.database, self.place.home / REJECTS)
        self.erase_vectors()
        self.database.clear_traces()
        return erased

    def redactor(self) -> Redactor:
        """Knows again whoever was erased here."""
        with self.database.reading() as session:
            return Redactor(Marks.load(session))

    def reindex(self) -> int:
        """Build the vector index anew from the records, without asking the model for anything."""
        from knowledge.index import words

        words.rebuild(self.database)
        vectors = self._open_vectors()
        return vectors.rebuild(self.database)

    def search(
        self,
        viewer: Viewer,
        query: str,
        *,
        account_id: str | None = None,
        k: int = 10,
        explain: bool = False,
    ) -> Found:
        """Passages that answer a question, of what the viewer may see."""
        return self._search.find(viewer, query, account_id=account_id, k=k, explain=explain)

    @cached_property
    def _search(self) -> Search:
        from knowledge.index.search import Search

        with self.database.reading() as session:
            many = select(func.count()).select_from(select(Passage.id).limit(SMALL + 1).subquery())
            small = (session.scalar(many) or 0) <= SMALL
        if not small:
            # Held elsewhere or dead: words still answer, and the search says so.
            with suppress(Unavailable):
                self._open_vectors()
        return Search(self.database, self.embedder, self._vectors)

    def _open_vectors(self) -> VectorIndex:
        from knowledge.index.vectors import VectorIndex

        if self._vectors is None:
            if self.place.chroma_url:
                self._vectors = VectorIndex.served(
                    self.place.chroma_url, self.database, self.embedder
                )
            else:
                self._vectors = VectorIndex.embedded(self.place.home, self.database, self.embedder)
        return self._vectors


def _admit(viewer: Viewer, address: str) -> None:
    """Only an administrator erases; to everybody else nobody of that address exists."""
    if not viewer.sees_all:
        raise NotFound("person", address)
