"""The sample's bulk is what its plots say: the same bytes whenever it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.sample import SAMPLE, bulk


def test_writing_the_bulk_again_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "EXPORT", tmp_path)
    bulk.main()
    written = sorted(tmp_path.iterdir())
    assert [path.name for path in written] == ["Event_routine.csv", "Order.csv", "Task_routine.csv"]
    for path in written:
        assert path.read_bytes() == (SAMPLE / "export" / path.name).read_bytes()
