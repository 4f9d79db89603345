"""A workspace with the playbook and nobody's records in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.desk import Desk
from assistant.settings import read_settings


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over an empty workspace; every test learns under an address of its own."""
    desk = Desk.open(read_settings(tmp_path_factory.mktemp("school")))
    yield desk
    desk.close()
