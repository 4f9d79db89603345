"""The database: SQLite in the home folder by default, PostgreSQL through the same code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from knowledge.errors import BadInput, Unavailable

MIGRATIONS = Path(__file__).parent / "migrations"
#: Marks transactions that will write. SQLite takes its lock for them at once and waits for it: one
#: that reads first and writes later is refused if somebody else has written in between.
_WRITES = "liaison_writes"


class Database:
    """One open database, migrated to the newest schema.

    Use `reading()` for reads and `writing()` for one all-or-nothing change. A session's objects
    stay usable after it closes (nothing is loaded lazily).
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> Database:
        """Open (and create or migrate) the database at a SQLAlchemy URL.

        Raises:
            BadInput: the URL names no database this product speaks to.
            Unavailable: it does not answer, or a newer Liaison wrote it; the password never stands
                in the message.
        """
        try:
            parsed = make_url(url)
        except SQLAlchemyError as error:
            raise BadInput("LIAISON_DATABASE_URL is not a database address.") from error
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
            raise BadInput(f"“{parsed.drivername}” is not supported: use SQLite or PostgreSQL.")
        engine = create_engine(parsed)
        if parsed.get_backend_name() == "sqlite":
            _prepare_sqlite(engine)
        database = cls(engine)
        try:
            database._migrate()
        except SQLAlchemyError as error:
            database.close()
            shown = parsed.render_as_string(hide_password=True)
            raise Unavailable(f"The database {shown} does not answer: {_cause(error)}.") from error
        except Unavailable:
            database.close()
            raise
        return database

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read in; whatever it changed is dropped."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are kept together, or not at all."""
        engine = self.engine.execution_options(**{_WRITES: True})
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def rehearsing(self) -> Iterator[Session]:
        """A session in which changes can be tried: none of them is kept."""
        engine = self.engine.execution_options(**{_WRITES: True})
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    def clear_traces(self) -> None:
        """Leave nothing of deleted rows in the files: pages are written anew, the log emptied.

        On PostgreSQL space is only given free; its own `VACUUM FULL`, its log and its backups are
        for whoever runs it.

        Raises:
            Unavailable: another process reads or writes, so that the log cannot be emptied.
        """
        if self.dialect != "sqlite":
            engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.exec_driver_sql("VACUUM")
            return
        # Past SQLAlchemy, which would begin a transaction.
        with closing(self.engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
            cursor.execute("VACUUM")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Unavailable(
                f"{self.engine.url.database} is in use by another process: end it, then repeat "
                "the command to clear what deleted rows left in the file."
            )

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _migrate(self) -> None:
        found, newest = self._revision(), _newest_revision()
        if found == newest:
            return
        if found is not None and found > newest:
            raise Unavailable(
                f"{self.engine.url.render_as_string(hide_password=True)} was written by a newer "
                "Liaison than this one: use that version, or restore a backup made before it."
            )
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _revision(self) -> str | None:
        with self.engine.connect() as connection:
            if not self.engine.dialect.has_table(connection, "alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found


def _newest_revision() -> str:
    """The last migration's number: files are named `0001_name.py`, and `0001` is the revision."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, so that readers never wait for the importer; transactions begin when we say so."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we emit BEGIN ourselves
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA busy_timeout=30000")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _cause(error: SQLAlchemyError) -> str:
    first = str(getattr(error, "orig", None) or error).strip().splitlines()
    return first[0].rstrip(".") if first else type(error).__name__
