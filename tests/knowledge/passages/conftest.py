"""Files as users have them, made on the spot."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.passages import Limits, Reading, read
from tests.knowledge.passages.files import Put, ReadOne, Refusal


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file under the import folder."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read_one(tmp_path: Path, put: Put) -> ReadOne:
    """Write a file and read it; it must be one document."""

    def one(name: str, content: str | bytes, limits: Limits = Limits()) -> Reading:  # noqa: B008
        (reading,) = read(put(name, content), root=tmp_path, limits=limits)
        return reading

    return one


@pytest.fixture
def refusal(tmp_path: Path, put: Put) -> Refusal:
    """Write a file that is refused; the sentence the user sees."""

    def sentence(name: str, content: str | bytes, limits: Limits = Limits()) -> str:  # noqa: B008
        path = put(name, content)
        with pytest.raises(Unreadable) as caught:
            read(path, root=tmp_path, limits=limits)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return sentence
