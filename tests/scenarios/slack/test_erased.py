"""A button posted long ago cites somebody who has been erased since."""

from __future__ import annotations

from assistant.slack.views import ids
from knowledge.records import Viewer
from tests.assistant.slack.house import House

DANIEL, BOREALIS = "Daniel Reyes", "Borealis Dairy Group"
BIRGIT = "birgit.aagaard@borealis-dairy.example"


def test_what_cited_her_says_that_she_was_erased_and_nothing_else(house: House) -> None:
    before = house.answer(house.ask(DANIEL, f"Who decides at {BOREALIS}?"))
    assert "Birgit Aagaard" in before.words
    house.service.desk.workspace.erase(Viewer.operator(), BIRGIT)
    daniel = house.person(DANIEL)
    house.slack.click(daniel, before, ids.numbered(ids.SOURCE, 1))
    [view] = house.slack.wait_for(lambda: house.slack.open_views(daniel))
    assert "This source was erased on" in view.words
    assert "Aagaard" not in view.words
    after = house.answer(house.ask(DANIEL, f"Who decides at {BOREALIS}?"))
    assert "Aagaard" not in after.words
