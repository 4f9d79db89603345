"""The mutual plan: red when it is one-sided or stands still."""

from __future__ import annotations

from datetime import date

from assistant.insight.mutual_actions import mutual_actions
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import commitment, file
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()
LATELY = date(2026, 9, 20)


def test_a_plan_with_both_sides_that_moved_lately_is_moving() -> None:
    found = mutual_actions(
        file(
            commitment("a", "action", made_on=date(2026, 3, 17), due_on=date(2026, 10, 16)),
            commitment("b", "action", "theirs", moved_on=LATELY, due_on=date(2026, 10, 23)),
        ),
        RULES,
    )
    assert found.outcome == "moving"
    assert (found.values["ours"], found.values["theirs"]) == (1, 1)
    assert found.values["idle_days"] == 10
    assert_sound(found)


def test_a_plan_that_is_all_ours_is_red_even_if_it_moves() -> None:
    done = commitment("b", "action", "theirs", done_on=LATELY)
    found = mutual_actions(file(commitment("a", "action", made_on=LATELY), done), RULES)
    assert (found.outcome, found.values["red"]) == ("red", ("one_sided",))


def test_a_plan_that_stood_still_for_21_days_is_red() -> None:
    rows = [
        commitment(side, "action", side, made_on=date(2026, 9, 9)) for side in ("ours", "theirs")
    ]
    found = mutual_actions(file(*rows), RULES)
    assert (found.outcome, found.values["red"]) == ("red", ("idle",))
    assert found.against  # Their open action speaks against it.
    assert_sound(found)


def test_an_overdue_step_of_theirs_is_asked_about_at_its_owner() -> None:
    late = commitment("b", "action", "theirs", owner_name="Gareth Pugh", due_on=date(2026, 9, 18))
    found = mutual_actions(file(late), RULES)
    assert [action.overdue for action in found.values["overdue"]] == [12]
    assert found.questions[0].whom == "Gareth Pugh"


def test_everything_done_is_done_and_nothing_on_record_is_unknown() -> None:
    done = commitment("a", "action", done_on=date(2026, 5, 1))
    assert mutual_actions(file(done), RULES).outcome == "done"
    nothing = mutual_actions(file(commitment("p", "promise")), RULES)
    assert nothing.outcome == "unknown"
    assert_sound(nothing)
