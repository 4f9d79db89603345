"""A draft that was kept is opened again as it was: every figure, day and source."""

from __future__ import annotations

import json

from assistant.drafting.stored import restored, stored
from tests.assistant.written import Written


def test_every_draft_of_the_sample_comes_back_as_it_was_kept(written: list[Written]) -> None:
    for one in written:
        kept = json.loads(json.dumps(stored(one.draft)))
        assert restored(kept) == one.draft
