"""The vector index: passages near a question in meaning. The only module that knows Chroma.

It is a cache of the vectors kept in the records and may be lost at any time. Embedded, Chroma is
owned by one process, because two corrupt it, and a kill while it syncs its graph to disk can make
it unreadable. So a generation is built in a folder of its own, synced, and only then adopted;
what is added later stays in Chroma's log (replayed when opened) until the next rebuild.
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import chromadb
from chromadb.config import Settings

from knowledge.errors import BadInput, IndexDead, Unavailable
from knowledge.index.blanks import blank_unused
from knowledge.index.embedding import Embedder
from knowledge.index.entries import Entry, entries_of, in_parts, keys_wanted, passage_of
from knowledge.index.folders import Generations
from knowledge.index.scope import Scope
from knowledge.records.store import Database

_COLLECTION = "passages"
_LEAST_SYNCED, _SYNC_WHILE_BUILDING, _SYNC_NEVER = 2, 1_000, 1_000_000  # entries
_MOST_LOGGED = 5_000  # entries more than the index was built with: replaying them takes seconds
_MOST_ADDED = 5_000  # entries in one call; Chroma takes 5,461
_PROBED = 32  # entries that must find themselves
_PROBE_SECONDS = 120
_PROBE = f"import sys; from {__name__} import probe; sys.exit(probe(sys.argv[1]))"
_SAME = 1e-3  # cosine distance: rounding, no more


class VectorIndex:
    """One model's vectors in Chroma; open it with `embedded` or `served`, and `close` it."""

    def __init__(self, client: Any, model: str, folders: Generations | None) -> None:
        self._client = client
        self._model = model
        self._folders = folders
        self._changing = RLock()
        self._collection: Any = None

    @classmethod
    def embedded(cls, home: Path, database: Database, embedder: Embedder) -> VectorIndex:
        """The index in `<home>/index`, rebuilt if it is missing or dead, and up to date.

        Raises:
            IndexHeld: another process owns it.
            IndexDead: it could not be rebuilt either.
        """
        folders = Generations(home, embedder.name)
        index = cls(None, embedder.name, folders)
        try:
            folder = folders.current
            if folder and _lives(folder):
                index._client, index._collection = _opened(folder)
                folders.sweep()
                index.reconcile(database)
            else:
                index.rebuild(database)
        except BaseException:
            index.close()
            raise
        return index

    @classmethod
    def served(
        cls, url: str, database: Database, embedder: Embedder, *, token: str | None = None
    ) -> VectorIndex:
        """The index on a Chroma server, shared by any number of processes, up to date.

        Raises:
            BadInput: the address is none.
            Unavailable: the server does not answer.
        """
        at = urlsplit(url)
        if at.scheme not in {"http", "https"} or not at.hostname:
            raise BadInput("LIAISON_CHROMA_URL is not the address of a server (http://host:port).")
        secure = at.scheme == "https"
        try:
            client = chromadb.HttpClient(
                host=at.hostname,
                port=at.port or (443 if secure else 8000),
                ssl=secure,
                headers={"x-chroma-token": token} if token else None,
                settings=Settings(anonymized_telemetry=False),
            )
            index = cls(client, embedder.name, None)
            index._collection = _collection(client, index._name)
            index.reconcile(database)
        except Exception as error:  # whatever the wire raises, and there is no list of it
            raise Unavailable(f"The vector index at {at.hostname} does not answer.") from error
        return index

    def nearest(self, vector: Sequence[float], scope: Scope, k: int) -> list[int]:
        """The ids of the `k` passages nearest to a vector, best first.

        They are candidates: an entry may be older than the records, so ask those again.

        Raises:
            Unavailable: Chroma failed.
        """
        if not scope.languages or k < 1:
            return []
        try:
            found = self._collection.query(
                query_embeddings=[list(vector)], n_results=k, where=scope.filter(), include=[]
            )
        except Exception as error:  # its errors are of many kinds, and none may end an answer
            raise Unavailable("The vector index does not answer; words still do.") from error
        return [passage_of(key) for key in found["ids"][0]]

    def reconcile(self, database: Database) -> int:
        """Add what is missing and remove what is gone or has moved; how many entries changed."""
        with self._changing:
            with database.reading() as session:
                wanted = keys_wanted(session, self._model)
            held = set(self._collection.get(include=[])["ids"])
            missing = [key for key in wanted if key not in held]
            if self._folders and len(wanted) - self._folders.built_with > _MOST_LOGGED:
                return self.rebuild(database)
            gone = held - wanted.keys()
            # First removed, then added: an entry that moved has both keys for no one to see.
            for some in in_parts(gone, _MOST_ADDED):
                self._collection.delete(ids=some)
            self._fill(self._collection, database, (wanted[key] for key in missing))
            return len(missing) + len(gone)

    def rebuild(self, database: Database) -> int:
        """Build the index anew from the records; nothing of the old one stays. How many entries.

        Raises:
            IndexDead: the new index cannot be written or read.
        """
        with self._changing:
            with database.reading() as session:
                wanted = keys_wanted(session, self._model)
            if self._folders is None:
                # Emptied, not replaced: other processes know the collection by its number.
                for some in in_parts(self._collection.get(include=[])["ids"], _MOST_ADDED):
                    self._collection.delete(ids=some)
                self._fill(self._collection, database, wanted.values())
                return len(wanted)
            folder = self._folders.begin()
            try:
                client = _client(folder)
                # All of it is synced once: an unsynced graph is saved again when it is opened.
                synced = max(_LEAST_SYNCED, min(len(wanted), _SYNC_WHILE_BUILDING))
                collection = _collection(client, _COLLECTION, synced)
                self._fill(collection, database, wanted.values())
                with warnings.catch_warnings():
                    # Having no embedding function of Chroma's is “legacy” to it.
                    warnings.simplefilter("ignore", DeprecationWarning)
                    collection.modify(configuration={"hnsw": {"sync_threshold": _SYNC_NEVER}})
                blank_unused(folder)
            except Exception as error:
                raise IndexDead(f"The vector index in {folder} cannot be built.") from error
            self._folders.adopt(folder, len(wanted))
            if self._client is not None:
                _close(self._client)
            self._client, self._collection = client, collection
            self._folders.sweep()
            return len(wanted)

    def close(self) -> None:
        """Let go of the index, so that another process may own it."""
        if self._client is not None:
            _close(self._client)
        if self._folders is not None:
            self._folders.release()

    @property
    def _name(self) -> str:
        return f"liaison-{self._model}"

    def _fill(self, collection: Any, database: Database, passage_ids: Iterable[int]) -> None:
        for some in in_parts(passage_ids, _MOST_ADDED):
            with database.reading() as session:
                entries = list(entries_of(session, self._model, some))
            _add(collection, entries)


def probe(folder: str) -> int:
    """Whether the index in a folder answers: 0 if entries find themselves, 1 if they do not.

    It runs in a process of its own, because a damaged index may end or hang the process.
    """
    _, collection = _opened(Path(folder))
    sample = collection.get(limit=_PROBED, include=["embeddings"])["embeddings"]
    if len(sample) == 0:
        return 0
    found = collection.query(query_embeddings=sample, n_results=1, include=["distances"])
    # By distance, not by id: equal texts stand in for each other.
    return 0 if all(near and near[0] < _SAME for near in found["distances"]) else 1


def _lives(folder: Path) -> bool:
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            [sys.executable, "-c", _PROBE, str(folder)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))


def _close(client: Any) -> None:
    """Close a client, and its connections to a server, which Chroma forgets to hang up."""
    client.close()
    for side in (client, getattr(client, "_admin_client", None)):
        connections = getattr(getattr(side, "_server", None), "_session", None)
        if connections is not None:
            connections.close()


def _opened(folder: Path) -> tuple[Any, Any]:
    client = _client(folder)
    return client, client.get_collection(_COLLECTION, embedding_function=None)


def _collection(client: Any, name: str, synced: int = _SYNC_WHILE_BUILDING) -> Any:
    return client.get_or_create_collection(
        name,
        configuration={"hnsw": {"space": "cosine", "sync_threshold": synced}},
        embedding_function=None,
    )


def _add(collection: Any, entries: list[Entry]) -> None:
    if entries:
        collection.add(
            ids=[entry.key for entry in entries],
            embeddings=[entry.values for entry in entries],
            metadatas=[dict(entry.metadata) for entry in entries],
        )
