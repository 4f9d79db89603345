"""Outside the policy: asked with a reason, decided once by somebody else, citable afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.steering import Approvals
from knowledge.journal.approvals import ApprovalRequest
from knowledge.records import Viewer
from tests.assistant.slack.house import CLAIRE, House
from tests.assistant.slack.house import house as built
from tests.doubles.slack import Message, View

SOFIA, INGRID, TOMASZ = "Sofia Lindqvist", "Ingrid Solheim", "Tomasz Wierzba"
WHY = "They sign for three years if the spare cartridges come at this price."
TERM = "11.1 % (discount) on SW-2026-114 tertiary filtration framework"


def last(house: House, name: str) -> Message:
    """What the app said to somebody last."""
    return [m for m in house.slack.answers(house.dm(name)) if not m.deleted][-1]


def form(house: House, name: str, number: int = 1) -> View:
    """The form that opened for somebody, on top of so many."""
    person = house.person(name)
    house.slack.wait_for(lambda: len(house.slack.open_views(person)) >= number)
    return house.slack.open_views(person)[-1]


def ask(house: House, why: str = WHY) -> Message:
    """Sofia drafts the plan of Stratton Water and asks for its discount; what Claire reads."""
    sofia = house.person(SOFIA)
    house.person(CLAIRE)
    house.slack.command(sofia, "/plan", "Stratton", house.dm(SOFIA))
    house.settled()
    plan = next(m for m in house.slack.answers(house.dm(SOFIA)) if "Outside the policy" in m.words)
    house.slack.click(sofia, plan, "draft.ask_approval.1")
    asking = form(house, SOFIA)
    assert TERM in asking.words
    house.slack.submit(sofia, asking, {"reason": why})
    house.settled()
    return last(house, CLAIRE)


def decide(house: House, name: str, request: Message, how: str, **answers: str) -> None:
    """Somebody decides, with a reason."""
    house.slack.click(house.person(name), request, f"approval.{how}")
    house.slack.submit(house.person(name), form(house, name), {"reason": "A one-off.", **answers})
    house.settled()


def requests(house: House) -> list[ApprovalRequest]:
    desk = house.service.desk
    return Approvals(desk.office).asked_by(desk.viewer(house.person(SOFIA).email))


def test_a_discount_is_asked_for_approved_and_can_be_cited(house: House) -> None:
    request = ask(house)
    assert "Approval needed: Stratton Water" in request.words
    assert TERM in request.words
    assert WHY in request.words
    (asked_for,) = requests(house)
    assert f"<https://crm.varnholt.example/{asked_for.opportunity_id}|" in str(request.blocks)
    assert "I have asked Claire Okafor" in last(house, SOFIA).words
    decide(house, CLAIRE, request, "approve")
    decided = last(house, CLAIRE)
    assert decided.ts == request.ts
    assert "Claire Okafor approved this" in decided.words
    assert "Approve with changes" not in decided.words
    told = last(house, SOFIA).words
    assert f"Claire Okafor has approved {TERM} for Stratton Water." in told
    assert "A one-off." in told
    (kept,) = requests(house)
    record, version = house.service.desk.workspace.ledger.source_text(
        Viewer.operator(), f"approval:request-{kept.id}@1"
    )
    assert record.account_id == kept.account_id
    assert "A one-off." in version.text


def test_what_nobody_may_allow_is_said_to_be_so_and_has_no_button(house: House) -> None:
    ask(house)
    plan = next(m for m in house.slack.answers(house.dm(SOFIA)) if "Outside the policy" in m.words)
    assert "17 % (discount)" in plan.words
    assert "nobody may allow it" in plan.words
    assert "draft.ask_approval.2" not in str(plan.blocks)


def test_another_value_is_allowed_but_none_beyond_the_limit(house: House) -> None:
    request = ask(house)
    claire = house.person(CLAIRE)
    house.slack.click(claire, request, "approval.change")
    changing = form(house, CLAIRE)
    beyond = house.slack.submit(claire, changing, {"value": "15", "reason": "Generous."})
    assert beyond.errors == {"value": "A figure between 0 and 12."}
    house.slack.submit(claire, changing, {"value": "9,5 %", "reason": "This far."})
    house.settled()
    assert "approved this with changes" in last(house, CLAIRE).words
    told = last(house, SOFIA).words
    assert f"has approved 9.5 % for Stratton Water, where you asked for {TERM}" in told
    assert [(one.status, str(one.granted)) for one in requests(house)] == [("changed", "9.50")]


def test_a_refusal_tells_the_rep_why(house: House) -> None:
    decide(house, CLAIRE, ask(house), "refuse", reason="We would train them to wait.")
    assert "Refused: Stratton Water" in last(house, CLAIRE).words
    assert "We would train them to wait." in last(house, SOFIA).words


def test_without_a_reason_nothing_is_asked_and_nothing_decided(house: House) -> None:
    request = ask(house)
    claire = house.person(CLAIRE)
    house.slack.click(claire, request, "approval.refuse")
    refused = house.slack.submit(claire, form(house, CLAIRE), {"reason": "   "})
    assert refused.errors == {
        "reason": "Give a reason: it is what the next one who asks will read."
    }
    assert [one.status for one in requests(house)] == ["open"]


def test_two_decisions_at_once_are_one_and_the_second_is_told_kindly(house: House) -> None:
    ask(house)
    (kept,) = requests(house)
    for name, decision in ((CLAIRE, "approve"), (INGRID, "refuse")):
        who = {"user": house.person(name).id, "team": house.slack.team_id}
        what = {"request": kept.id, "decision": decision, "reason": "A one-off.", "value": None}
        house.service.work.enqueue(f"decide-{name}", "approval.decide", {**who, **what})
    house.settled()
    (decided,) = requests(house)
    first, second = (CLAIRE, INGRID) if decided.status == "approved" else (INGRID, CLAIRE)
    assert "This was decided already" in last(house, second).words
    assert f"{first} {decided.status} this" in last(house, second).words
    told = [m for m in house.slack.answers(house.dm(SOFIA)) if "A one-off." in m.words]
    assert len(told) == 1


def test_nobody_decides_their_own_request_whatever_the_button_says(house: House) -> None:
    ask(house)
    (kept,) = requests(house)
    sofia = house.person(SOFIA)
    payload = {"user": sofia.id, "team": house.slack.team_id, "request": kept.id}
    what = {"decision": "approve", "reason": "It is me.", "value": None}
    house.service.work.enqueue("own-1", "approval.decide", {**payload, **what})
    house.settled()
    assert "This is your own request" in last(house, SOFIA).words
    assert [one.status for one in requests(house)] == ["open"]


def test_a_request_that_nobody_answers_lapses_once_and_the_rep_hears_of_it(house: House) -> None:
    request = ask(house)
    later = (datetime.now(UTC) + timedelta(days=8)).isoformat()
    for number in (1, 2):
        house.service.work.enqueue(f"expire-{number}", "approval.expire", {"due": later})
        house.settled()
    assert "Expired: Stratton Water" in last(house, CLAIRE).words
    assert last(house, CLAIRE).ts == request.ts
    told = [m for m in house.slack.answers(house.dm(SOFIA)) if "Nobody has decided" in m.words]
    assert len(told) == 1
    assert [one.status for one in requests(house)] == ["expired"]


def test_asked_twice_it_is_one_request(house: House) -> None:
    first = ask(house)
    second = ask(house)
    assert first.ts == second.ts
    assert len(requests(house)) == 1


@pytest.mark.parametrize("manager_is_here", [True, False])
def test_it_goes_to_the_next_who_may_decide_and_is_in_slack(
    house: House, *, manager_is_here: bool
) -> None:
    house.person(INGRID)
    if manager_is_here:
        house.person(CLAIRE)
    else:
        house.slack.workspace.person(CLAIRE, "claire@elsewhere.example")
    sofia = house.person(SOFIA)
    house.slack.command(sofia, "/plan", "Stratton", house.dm(SOFIA))
    house.settled()
    plan = next(m for m in house.slack.answers(house.dm(SOFIA)) if "Outside the policy" in m.words)
    house.slack.click(sofia, plan, "draft.ask_approval.1")
    house.slack.submit(sofia, form(house, SOFIA), {"reason": WHY})
    house.settled()
    who = CLAIRE if manager_is_here else INGRID
    assert f"I have asked {who}" in last(house, SOFIA).words
    assert "Approval needed" in last(house, who).words


def test_when_slacks_answer_is_lost_nobody_is_asked_or_told_twice(home: Path) -> None:
    with built(home) as house:
        sofia = house.person(SOFIA)
        house.person(CLAIRE)
        house.slack.command(sofia, "/plan", "Stratton", house.dm(SOFIA))
        house.settled()
        house.slack.click(sofia, last(house, SOFIA), "draft.ask_approval.1")
        asking = form(house, SOFIA)
        house.slack.faults.lose_reply("chat.postMessage", 1)
        house.slack.submit(sofia, asking, {"reason": WHY})
        house.settled(60)
        (request,) = house.slack.answers(house.dm(CLAIRE))
        house.slack.faults.lose_reply("chat.update", 1)
        decide(house, CLAIRE, request, "approve")
        house.settled(60)
        assert len(house.slack.answers(house.dm(CLAIRE))) == 1
        assert "Claire Okafor approved this" in last(house, CLAIRE).words
        told = [m for m in house.slack.answers(house.dm(SOFIA)) if "has approved" in m.words]
        assert len(told) == 1
