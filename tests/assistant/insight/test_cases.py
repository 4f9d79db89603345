"""Open complaints, and the difference between none and none known."""

from __future__ import annotations

from datetime import date

from assistant.insight.cases import cases
from assistant.thresholds import Thresholds
from tests.assistant.insight.builders import case, contact, file
from tests.assistant.insight.soundness import assert_sound

RULES = Thresholds()


def test_the_serious_complaint_comes_first_with_its_age() -> None:
    found = cases(
        file(
            contact("ralf", name="Ralf Kessler"),
            case("old", date(2026, 1, 5), priority="Low"),
            case("00417", date(2026, 6, 18), priority="High", contact_id="ralf"),
            case("solved", date(2025, 11, 1), date(2025, 11, 9), priority="High"),
        ),
        RULES,
    )
    first = found.values["open"][0]
    assert found.outcome == "serious"
    assert (first.subject, first.age, first.who) == ("Case 00417", 104, "Ralf Kessler")
    assert (found.values["open_count"], found.values["serious_count"]) == (2, 1)
    assert found.values["year_count"] == 3
    assert found.values["oldest_days"] == 268
    assert found.questions[0].whom == "Ralf Kessler"
    assert_sound(found)


def test_solved_is_clear_and_nothing_on_record_is_unknown() -> None:
    assert cases(file(case("a", date(2026, 1, 5), date(2026, 1, 9))), RULES).outcome == "clear"
    nothing = cases(file(), RULES)
    assert nothing.outcome == "unknown"
    assert_sound(nothing)


def test_complaints_that_came_by_mail_are_told_apart_in_the_count() -> None:
    found = cases(
        file(case("a1@mail.example", date(2026, 1, 5)), case("a1@post.example", date(2026, 1, 6))),
        RULES,
    )
    still = next(e for e in found.evidence if e.ref.startswith("computed:open_cases"))
    assert {given.value for given in still.inputs} == {
        "case:a1@mail.example",
        "case:a1@post.example",
    }
    assert_sound(found)
