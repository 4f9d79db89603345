"""An account review held as a meeting: prepared, decided, closed, and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.claims import Draft
from assistant.desk import Desk
from knowledge.errors import BadInput, NotFound
from knowledge.records import Viewer
from tests.sample import copied, desk_over

ACCOUNT = "Corvane Chemicals"
_BROKEN = (
    "Broken so far: Marcus Bell has not done “Send the seal comparison to Koen Maes”, "
    "due on 14 August 2026."
)
SPRING, SUMMER = date(2026, 6, 30), date(2026, 9, 30)


@pytest.fixture(scope="module")
def desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_over(copied(sample_home, tmp_path_factory.mktemp("meetings"))) as made:
        yield made


@pytest.fixture(scope="module")
def claire(desk: Desk) -> Viewer:
    return desk.viewer("claire.okafor@varnholt.example")


def texts(draft: Draft, section: str) -> list[str]:
    found = draft.section(section)
    return [claim.text for claim in found.claims] if found else []


def test_the_first_meeting_has_no_promises_to_open_with(desk: Desk, claire: Viewer) -> None:
    draft = desk.steering.prepare(claire, ACCOUNT, date(2026, 3, 31))
    assert draft.sections[0].id == "last_promises"
    assert texts(draft, "last_promises") == ["No decisions are on record from an earlier review."]
    assert texts(draft, "ask")


def test_the_next_meeting_opens_with_what_became_of_the_last(desk: Desk, claire: Viewer) -> None:
    steering = desk.steering
    plan = {
        "Meet Ines Baert in Antwerp": date(2026, 7, 31),
        "Send the seal comparison to Koen Maes": date(2026, 8, 14),
        "Bring a reference for dual seals": date(2026, 12, 15),
    }
    made = [
        steering.decide(claire, ACCOUNT, SPRING, text=text, owner="Marcus Bell", due_on=due)
        for text, due in plan.items()
    ]
    again = steering.decide(
        claire, ACCOUNT, SPRING, text=made[0].text, owner="Marcus Bell", due_on=made[0].due_on
    )
    assert again == made[0]
    closed = steering.close(claire, ACCOUNT, SPRING)
    assert (closed.decisions, closed.next_on) == (3, date(2026, 9, 28))
    record = made[0].ref.partition(":")[2].partition("@")[0]
    now = datetime(2026, 7, 20, tzinfo=UTC)
    steering.capture.keep_promise(claire, record, done_on=date(2026, 7, 20), now=now)
    draft = steering.prepare(claire, ACCOUNT, SUMMER)
    assert sorted(texts(draft, "last_promises")) == [
        _BROKEN,
        "Kept: Marcus Bell did “Meet Ines Baert in Antwerp” on 20 July 2026.",
        "Open: Marcus Bell has until 15 December 2026 for “Bring a reference for dual seals”.",
    ]
    opening = draft.section("last_promises")
    assert opening is not None
    assert {claim.verdict for claim in opening.claims} == {"supported"}
    assert texts(draft, "next") == [
        "The next review is on 29 December 2026: the tier asks for one every 90 days."
    ]


def test_the_day_that_a_meeting_set_stands_in_the_teams_list(desk: Desk, claire: Viewer) -> None:
    view = desk.steering.team(claire, claire.email or "", SUMMER)
    line = next(line for line in view.lines if line.name == ACCOUNT)
    assert line.next_review == date(2026, 9, 28)


def test_a_decision_can_be_cited_like_any_promise(desk: Desk, claire: Viewer) -> None:
    decision = desk.steering.decide(
        claire, ACCOUNT, SUMMER, text="Call Thomas Wouters", owner="Marcus Bell", due_on=None
    )
    source, version = desk.workspace.ledger.source_text(claire, decision.ref)
    assert source.kind == "commitment"
    assert version.payload["text"] == "Call Thomas Wouters"


def test_a_decision_needs_words_and_an_account_one_may_see(desk: Desk, claire: Viewer) -> None:
    with pytest.raises(BadInput):
        desk.steering.decide(claire, ACCOUNT, SUMMER, text=" ", owner="x", due_on=None)
    stranger = desk.viewer("jonas.albrecht@varnholt.example")
    for act in (
        lambda: desk.steering.prepare(stranger, ACCOUNT, SUMMER),
        lambda: desk.steering.close(stranger, ACCOUNT, SUMMER),
        lambda: desk.steering.decide(stranger, ACCOUNT, SUMMER, text="x", owner="y", due_on=None),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_plan_that_was_taken_away_turns_stale_when_its_facts_change(
    desk: Desk, claire: Viewer
) -> None:
    steering = desk.steering

    marcus = desk.viewer("marcus.bell@varnholt.example")

    def state() -> str:
        view = steering.team(marcus, marcus.email or "", SUMMER)
        return next(line.plan for line in view.lines if line.name == ACCOUNT)

    assert state() == "none"
    plan = desk.plan(claire, ACCOUNT, SUMMER)
    steering.keep_plan(claire, plan)
    assert state() == "current"
    ines = "0035g0000000021AAA"
    assert any(f"contact:{ines}@" in ref for e in plan.sources for ref in e.refs)
    now = datetime(2026, 10, 1, tzinfo=UTC)
    steering.capture.log_role(claire, ines, stance="neutral", on=SUMMER, now=now)
    assert state() == "changed"
    review = desk.review_team(marcus, marcus.email or "", SUMMER)
    stale = next(text for text in texts(review, "plans") if ACCOUNT in text)
    assert stale.startswith(f"The plan for {ACCOUNT}, made on 30 September 2026, rests on 1 ")
    steering.keep_plan(claire, desk.plan(claire, ACCOUNT, SUMMER))
    assert state() == "current"


def test_the_team_review_tells_moves_since_the_last_one(desk: Desk, claire: Viewer) -> None:
    who = claire.email or ""
    assert desk.steering.team(claire, who, SUMMER).since == date(2026, 3, 31)
    desk.steering.close_team(claire, who, SPRING)
    assert desk.steering.team(claire, who, SUMMER).since == SPRING
    assert desk.steering.team(claire, who, SPRING).since == date(2025, 12, 31)
