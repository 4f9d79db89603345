"""What is outside the policy: asked for, decided once by somebody else, citable afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.desk import Desk
from assistant.errors import AlreadyDecided, LiaisonError, NotAllowed
from assistant.insight.policy import policy
from assistant.steering.approvals import PATIENCE, Approvals, Decision, Exceeded
from knowledge.errors import BadInput, NotFound
from knowledge.journal.approvals import ApprovalRequest
from knowledge.records import Viewer
from tests.assistant.steering.workplaces import DAY, NORTH, NOW, small_company

PEOPLE = ("mara", "piet", "rena", "otto")


both = pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(params=["sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    desk = small_company(tmp_path, url)
    yield desk
    desk.close()


@pytest.fixture
def later() -> Iterator[timedelta]:
    return (timedelta(minutes=minute) for minute in count(1))


@pytest.fixture
def approvals(desk: Desk) -> Approvals:
    return Approvals(desk.office)


def who(desk: Desk, name: str) -> Viewer:
    return desk.viewer(f"{name}@varn.example")


def exceeded(desk: Desk, viewer: Viewer, deal: str = "Chiller skid") -> Exceeded:
    file = desk.office.ledger.account_file(viewer, NORTH, DAY)
    found = Approvals(desk.office).needed(policy(file, desk.office.rules))
    return next(one for one in found if one.deal == deal)


def asked(desk: Desk, name: str = "piet") -> ApprovalRequest:
    viewer = who(desk, name)
    needed = exceeded(desk, viewer)
    return Approvals(desk.office).request(viewer, needed, why="Sander bids lower.", now=NOW)


def decided(desk: Desk, name: str, request: ApprovalRequest, how: Decision) -> ApprovalRequest:
    value = Decimal(9) if how == "change" else None
    return Approvals(desk.office).decide(
        who(desk, name), request.id, how, reason="Two years.", value=value, on=DAY, now=NOW
    )


@both
def test_a_discount_outside_policy_goes_to_the_manager_and_is_cited_once_approved(
    desk: Desk, approvals: Approvals
) -> None:
    piet, mara = who(desk, "piet"), who(desk, "mara")
    needed = exceeded(desk, piet)
    assert (needed.value, needed.inside, needed.ceiling) == tuple(map(Decimal, (10, 8, 12)))
    request = asked(desk)
    assert request.approver == mara.user_id
    assert [one.id for one in approvals.open_for(mara)] == [request.id]
    assert approvals.open_for(piet) == []
    assert decided(desk, "mara", request, "approve").status == "approved"
    file = desk.office.ledger.account_file(piet, NORTH, DAY)
    (record,) = file.approvals
    assert (record.decision, record.approver_id) == ("approved", mara.user_id)
    assert record.value == 10
    assert record.ref == f"approval:request-{request.id}@1"
    assert "Two years." in desk.office.ledger.source_text(piet, record.ref)[1].text
    rulings = policy(file, desk.office.rules).values["rulings"]
    assert {one.request.deal.name: one.status for one in rulings} == {
        "Chiller skid": "approved",
        "Cooling loop": "forbidden",
    }
    assert approvals.open_for(mara) == []


def test_the_trail_tells_who_did_what_and_is_only_added_to(
    desk: Desk, approvals: Approvals
) -> None:
    request = asked(desk)
    decided(desk, "mara", request, "change")
    with pytest.raises(AlreadyDecided, match="Mara Quist"):
        decided(desk, "otto", request, "refuse")
    trail = approvals.history(who(desk, "piet"), request.id)
    assert [(step.who, step.what) for step in trail] == [
        ("Piet Olsen", "asked"),
        ("Mara Quist", "changed"),
    ]
    assert trail[1].detail["value"] == "9"
    file = desk.office.ledger.account_file(who(desk, "piet"), NORTH, DAY)
    assert file.approvals[0].value == 9


def test_a_refusal_is_on_record_and_covers_nothing(desk: Desk) -> None:
    decided(desk, "mara", asked(desk), "refuse")
    file = desk.office.ledger.account_file(who(desk, "piet"), NORTH, DAY)
    assert file.approvals[0].decision == "refused"
    assert exceeded(desk, who(desk, "piet")).deal == "Chiller skid"


def test_a_draft_needs_approval_only_for_what_it_speaks_of(
    desk: Desk, approvals: Approvals
) -> None:
    piet = who(desk, "piet")
    file = desk.office.ledger.account_file(piet, NORTH, DAY)
    finding = policy(file, desk.office.rules)
    plan = desk.plan(piet, NORTH, DAY)
    assert {one.deal for one in approvals.needed(finding, plan)} == {"Chiller skid", "Cooling loop"}
    assert approvals.needed(finding, replace(plan, sections=())) == []


def test_a_request_made_twice_is_one_request(desk: Desk, approvals: Approvals) -> None:
    assert asked(desk).id == asked(desk).id
    assert len(approvals.asked_by(who(desk, "piet"))) == 1


def test_nobody_may_ask_for_what_is_forbidden(desk: Desk, approvals: Approvals) -> None:
    piet = who(desk, "piet")
    beyond = exceeded(desk, piet, "Cooling loop")
    assert beyond.forbidden
    with pytest.raises(NotAllowed, match="12"):
        approvals.request(piet, beyond, why="They insist.", now=NOW)


def test_a_managers_own_request_goes_above_them(desk: Desk, approvals: Approvals) -> None:
    request = asked(desk, "mara")
    assert request.approver == who(desk, "otto").user_id
    with pytest.raises(NotAllowed, match="own"):
        decided(desk, "mara", request, "approve")
    assert approvals.open_for(who(desk, "mara")) == []


def test_somebody_of_another_account_does_not_learn_of_a_request(
    desk: Desk, approvals: Approvals
) -> None:
    request = asked(desk)
    for stranger in (who(desk, "rena"), Viewer.outsider()):
        with pytest.raises(NotFound):
            approvals.history(stranger, request.id)
    with pytest.raises(NotFound):
        decided(desk, "rena", request, "approve")


def test_the_operator_of_the_machine_is_nobody_who_may_sign(
    desk: Desk, approvals: Approvals
) -> None:
    operator = Viewer.operator()
    with pytest.raises(NotAllowed):
        approvals.request(operator, exceeded(desk, operator), why="Because.", now=NOW)
    with pytest.raises(NotAllowed):
        approvals.decide(operator, asked(desk).id, "approve", reason="Yes.", on=DAY, now=NOW)


def test_a_decision_needs_a_reason_and_a_change_stays_inside_the_limit(
    desk: Desk, approvals: Approvals
) -> None:
    request, mara = asked(desk), who(desk, "mara")
    with pytest.raises(BadInput, match="reason"):
        approvals.decide(mara, request.id, "approve", reason=" ", on=DAY, now=NOW)
    for value in (None, Decimal(13), Decimal(-1)):
        with pytest.raises(BadInput, match="12"):
            approvals.decide(
                mara, request.id, "change", reason="Less.", value=value, on=DAY, now=NOW
            )


@both
def test_a_request_nobody_answers_lapses_and_can_be_made_again(
    desk: Desk, approvals: Approvals
) -> None:
    request = asked(desk)
    late = NOW + PATIENCE
    with pytest.raises(AlreadyDecided, match="lapsed"):
        approvals.decide(who(desk, "mara"), request.id, "approve", reason="Yes.", on=DAY, now=late)
    assert approvals.expire(late - timedelta(seconds=1)) == []
    assert [one.id for one in approvals.expire(late)] == [request.id]
    assert approvals.expire(late) == []
    piet = who(desk, "piet")
    again = approvals.request(piet, exceeded(desk, piet), why="Still lower.", now=late)
    assert again.id != request.id
    assert [step.what for step in approvals.history(piet, request.id)] == ["asked", "expired"]


@both
def test_of_two_decisions_at_the_same_moment_exactly_one_counts(desk: Desk) -> None:
    request = asked(desk)
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def press(name: str, how: Decision) -> Callable[[], None]:
        def run() -> None:
            start.wait(timeout=30)
            try:
                outcomes.append(decided(desk, name, request, how).status)
            except AlreadyDecided:
                outcomes.append("late")

        return run

    hands = [("mara", "approve"), ("otto", "refuse"), ("mara", "change"), ("otto", "approve")]
    people = [threading.Thread(target=press(name, how)) for name, how in hands]  # type: ignore[arg-type]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)
    assert outcomes.count("late") == 3
    assert len(outcomes) == 4
    trail = Approvals(desk.office).history(who(desk, "piet"), request.id)
    assert trail[0].what == "asked"
    assert len(trail) == 2


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asker=st.sampled_from(["piet", "mara", "otto"]),
    decider=st.sampled_from(PEOPLE),
    how=st.sampled_from(["approve", "change", "refuse"]),
)
def test_whoever_asks_never_decides(
    desk: Desk, asker: str, decider: str, how: Decision, later: Iterator[timedelta]
) -> None:
    viewer = who(desk, asker)
    needed = replace(exceeded(desk, viewer, "Cooling loop"), value=Decimal(10), forbidden=False)
    approvals = Approvals(desk.office)
    try:
        request = approvals.request(viewer, needed, why="Lower.", now=NOW + next(later))
    except NotAllowed:  # nobody stands above the only administrator
        assert asker == "otto"
        return
    able = {one.id for one in approvals.approvers(viewer, needed.policy_id)}
    assert viewer.user_id not in able
    try:
        decided(desk, decider, request, how)
    except (LiaisonError, NotFound):
        assert who(desk, decider).user_id not in able
        return
    assert who(desk, decider).user_id in able
    assert asker != decider
