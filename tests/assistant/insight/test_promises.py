"""The ledger of promises: kept, late, open, overdue."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.insight.promises import promises
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import TODAY, commitment, file
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()


def test_each_promise_has_its_status_and_days() -> None:
    found = promises(
        file(
            commitment("report", due_on=date(2026, 7, 10)),
            commitment("seals", due_on=date(2026, 7, 31), done_on=date(2026, 8, 19)),
            commitment("training", due_on=date(2026, 5, 29), done_on=date(2026, 5, 27)),
            commitment("sheet", due_on=date(2026, 10, 9)),
            commitment("today", due_on=TODAY),
        ),
        RULES,
    )
    ledger = {
        one.text.removeprefix("promise "): (one.status, one.days)
        for one in found.values["promises"]
    }
    assert ledger == {
        "report": ("overdue", 82),
        "seals": ("late", 19),
        "training": ("kept", 0),
        "sheet": ("open", 0),
        "today": ("open", 0),
    }
    assert found.outcome == "overdue"
    assert [found.values[s] for s in ("kept", "late", "open", "overdue")] == [1, 1, 2, 1]
    assert_sound(found)


def test_under_five_settled_promises_there_is_no_percentage() -> None:
    kept = [
        commitment(f"p{i}", due_on=date(2026, 5, 1), done_on=date(2026, 4, 30)) for i in range(5)
    ]
    few, enough = promises(file(*kept[:4]), RULES), promises(file(*kept), RULES)
    assert (few.values["settled"], few.values["kept_share"]) == (4, None)
    assert (enough.values["settled"], enough.values["kept_share"]) == (5, 100)
    assert enough.outcome == "kept"
    assert_sound(enough)


def test_an_overdue_request_is_overdue_though_every_promise_was_kept() -> None:
    kept = commitment("p", due_on=date(2026, 5, 1), done_on=date(2026, 4, 30))
    asked = commitment("r", "request", due_on=date(2026, 9, 17))
    found = promises(file(kept, asked), RULES)
    assert found.outcome == "overdue"
    assert [request.days for request in found.values["requests_overdue"]] == [13]
    assert found.against  # The kept one speaks against.


def test_a_promise_without_a_day_is_open_and_asked_about() -> None:
    found = promises(file(commitment("page", owner_name="Daniel Reyes")), RULES)
    assert found.outcome == "open"
    assert found.questions[0].whom == "Daniel Reyes"


def test_what_they_promised_and_what_we_ask_of_ourselves_is_no_promise_of_ours() -> None:
    theirs = (commitment("a", "action", "theirs"), commitment("b", "promise", "theirs"))
    found = promises(file(*theirs, commitment("c", "ask", "marketing")), RULES)
    assert found.outcome == "unknown"
    assert_sound(found)


def test_a_step_of_the_mutual_plan_that_is_ours_is_a_promise() -> None:
    late = commitment("a", "action", due_on=date(2026, 5, 29))
    found = promises(file(late), RULES)
    assert (found.outcome, found.values["overdue"]) == ("overdue", 1)
    assert [(one.type, one.days) for one in found.values["promises"]] == [("action", 124)]
    assert_sound(found)


DAYS = st.one_of(st.none(), st.integers(-100, 100))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=8))
def test_every_promise_counts_once(rows: list[tuple[int | None, int | None]]) -> None:
    made = [
        commitment(
            f"p{i}",
            due_on=None if due is None else TODAY + timedelta(days=due),
            done_on=None if done is None else TODAY - timedelta(days=abs(done)),
        )
        for i, (due, done) in enumerate(rows)
    ]
    found = promises(file(*made), RULES)
    assert sum(found.values[s] for s in ("kept", "late", "open", "overdue")) == len(rows)
    assert_sound(found)
