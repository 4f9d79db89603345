"""The list by attention, and what makes a nudge a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims import Evidence
from assistant.desk import Desk
from assistant.insight.priorities import Priority
from assistant.steering import attention as attention_rules
from assistant.steering import nudge_key
from assistant.steering.remembering import Remembered
from knowledge.journal.meetings import Meetings
from knowledge.records import Database, Viewer
from tests.databases import new_file

DAY = date(2026, 9, 30)
MERIDIAN = "0015g0000000004AAA"
PROMISE = Evidence("record", "commitment:7@1#text", "A promise", "The drawings")


def promise(days: int, due: date = DAY, what: str = "The drawings") -> Priority:
    values = {"what": what, "due": due, "days": days}
    return Priority("keep_promise", 95, DAY, "Priya", values, (PROMISE,))


def silence(days: int, last: date = DAY) -> Priority:
    values = {"days": days, "limit": Decimal(30), "last": last}
    return Priority("break_silence", 72, DAY, "Priya", values)


@given(first=st.integers(0, 29), later=st.integers(0, 29))
def test_a_promise_that_only_grows_older_is_the_same_nudge(first: int, later: int) -> None:
    assert nudge_key("a", promise(first)) == nudge_key("a", promise(later))


@given(days=st.integers(30, 400))
def test_a_promise_overdue_for_a_month_is_told_once_more_and_then_never(days: int) -> None:
    assert nudge_key("a", promise(days)) != nudge_key("a", promise(29))
    assert nudge_key("a", promise(days)) == nudge_key("a", promise(30))


def test_another_account_record_or_due_day_makes_another_nudge_but_not_another_wording() -> None:
    known = nudge_key("a", promise(3))
    other = replace(promise(3), evidence=(replace(PROMISE, ref="commitment:8@1#text"),))
    assert known != nudge_key("b", promise(3))
    assert known != nudge_key("a", other)
    assert known != nudge_key("a", promise(3, DAY + timedelta(days=7)))
    assert known == nudge_key("a", promise(3, what="The drawings, please"))
    newer = replace(promise(3), evidence=(replace(PROMISE, ref="commitment:7@2#text"),))
    assert known == nudge_key("a", newer)


def test_a_silence_is_told_at_its_limit_at_twice_that_and_after_the_next_touch() -> None:
    assert nudge_key("a", silence(31)) == nudge_key("a", silence(60))
    assert nudge_key("a", silence(60)) != nudge_key("a", silence(61))
    assert nudge_key("a", silence(31)) != nudge_key("a", silence(31, DAY + timedelta(days=1)))


def test_what_no_record_dates_is_told_once_a_year() -> None:
    def stopped(ours: int, by: date) -> Priority:
        return Priority("revive_plan", 55, by, None, {"ours": ours, "theirs": 0})

    assert nudge_key("a", stopped(1, DAY)) == nudge_key("a", stopped(3, DAY))
    assert nudge_key("a", stopped(1, DAY)) != nudge_key("a", stopped(1, date(2027, 1, 4)))


def test_every_account_is_there_once_the_most_urgent_first(sample_desk: Desk) -> None:
    lead = sample_desk.viewer("claire.okafor@varnholt.example")
    work = sample_desk.steering.worklist(lead, DAY)
    weights = [one.weight for one in work.accounts]
    assert weights == sorted(weights, reverse=True)
    assert {one.account_id for one in work.accounts} == {
        one.id for one in sample_desk.accounts(lead, DAY)
    }
    assert work.steady == sum(not one.priorities for one in work.accounts)
    assert work.owned().accounts == ()


def test_of_accounts_of_others_only_what_carries_ones_name_is_ones_own(sample_desk: Desk) -> None:
    engineer = sample_desk.viewer("emre.yildiz@varnholt.example")
    mine = sample_desk.steering.worklist(engineer, DAY).of(engineer.name)
    for one in mine.accounts:
        assert one.owned or {priority.owner for priority in one.priorities} == {engineer.name}


def test_a_reviews_day_is_a_reason_before_and_after_it(sample_desk: Desk) -> None:
    rep = sample_desk.viewer("priya.natarajan@varnholt.example")
    account = sample_desk.office.ledger.find_account(rep, MERIDIAN)
    due = account.next_review_on
    assert due is not None

    def kinds(day: date) -> set[str]:
        found = sample_desk.steering.worklist(rep, day).account(MERIDIAN)
        assert found is not None
        return {one.kind for one in found.priorities}

    assert "review_due" in kinds(due - timedelta(days=10))
    assert "review_overdue" in kinds(due + timedelta(days=1))
    assert not {"review_due", "review_overdue"} & kinds(due - timedelta(days=60))


def test_of_very_many_accounts_only_the_largest_are_looked_through(
    sample_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention_rules, "MOST_STUDIED", 2)
    rep = sample_desk.viewer("marcus.bell@varnholt.example")
    briefs, unread = attention_rules.largest(sample_desk.office, rep, DAY)
    revenue = {one.id: one.revenue for one in sample_desk.accounts(rep, DAY)}
    read = {brief.file.account.id for brief in briefs}
    assert (len(read), unread) == (2, len(revenue) - 2)
    assert min(revenue[one] for one in read) >= max(
        revenue[one] for one in revenue if one not in read
    )


def test_a_list_is_made_again_only_after_something_has_changed(tmp_path: Path) -> None:
    database = Database.open(new_file(tmp_path))
    made: list[int] = []
    kept = Remembered(database, most=2)

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [kept.get("a", make), kept.get("a", make)] == [0, 0]
    Meetings(database).close_team(Viewer.operator(), DAY, datetime.now(UTC))
    assert kept.get("a", make) == 1
    assert [kept.get("b", make), kept.get("c", make), kept.get("a", make)] == [2, 3, 4]
    database.close()
